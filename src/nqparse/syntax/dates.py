"""Years in a text."""

from nqparse.packs.load import Pack

Years = tuple[int, int]
"""A stretch of years, first and last; of one year both are that."""


def years_in(text: str, pack: Pack) -> Years | None:
    """The last year or span of years that a text is for, not those of prices or of what it compares with."""
    found = None
    for match in pack.expression("period").finditer(text):
        if pack.expression("not-a-period").match(text[: match.start()]) is None:
            first, last = int(match.group("from")), int(match.group("to") or match.group("from"))
            found = (min(first, last), max(first, last))
    return found
