"""The kinds of disguise by their names."""

from collections.abc import Iterator
from random import Random

from nqparse.testing import encodings, layout, letters, markup
from nqparse.testing.draft import Disguised, Maker, UnfitError


def _makers() -> Iterator[tuple[str, Maker]]:
    yield from encodings.MAKERS.items()
    yield from letters.MAKERS.items()
    yield from layout.MAKERS.items()
    yield from markup.MAKERS.items()


_MAKERS = dict(_makers())
KINDS = tuple(_MAKERS)
"""The names of all disguises."""
SLIPS = "slips"
"""The one disguise that destroys what was written; of the others all records are to be the same."""


def disguise(text: str, kind: str, seed: int = 0) -> Disguised:
    """``text`` in the disguise ``kind`` (one of KINDS); the same for the same seed.

    >>> disguise("hòa", "tone-marks").text, disguise("tỷ lệ", "tcvn3").data
    ('hoà', b't\\xfb l\\xd6')

    Raises UnfitError where the text has characters that the disguise cannot write, KeyError for an unknown kind.
    """
    made = _MAKERS[kind](Disguised(text), Random(f"{kind}/{seed}"))
    try:
        made.data.decode(made.encoding)
    except UnicodeError as error:
        raise UnfitError(f"{kind}: the text does not fit {made.encoding}") from error
    return made
