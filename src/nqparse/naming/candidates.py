"""The words of a number's own: where those before it may begin, and where those behind it may end."""

from collections.abc import Iterator

from nqparse.naming.names import Stretch
from nqparse.naming.places import Place

_LEFT_SIGNS = ',:;-–)"”+/'
_LEFT_AFTER = (
    "joint-and", "joint-with", "joint-for", "empty-name", "clause-breaks", "part-of", "adversatives",
    "takes-indicator", "before-name", "act-verbs", "prior-statement", "opens-list",
)  # fmt: skip
_LEFT_BEFORE = (
    "indicator-heads", "act-verbs", "attributes", "giving-verbs", "predicates", "noun", "sectors", "contrasts",
    "member-kinds", "fund-sources", "projects", "joint-for",
)  # fmt: skip
_RIGHT_SIGNS = "()[]:,;/"
_RIGHT_BEFORE = ("ends-predicate", "ends-clause", "joint-and", "clause-verbs")


def lefts_of(place: Place) -> list[tuple[Stretch, dict[str, bool]]]:
    """The stretches before a number, each with what is known of its words: a measure is completed and then named by
    the same ones."""
    key = (place.opens, place.measure.lead)
    found = place.scene.lefts.get(key)
    if found is None:
        found = place.scene.lefts[key] = [(one, {}) for one in lefts(place)]
    return found


def lefts(place: Place) -> Iterator[Stretch]:
    """The stretches that end at the words that lead to the number, the longest first."""
    scene, measure = place.scene, place.measure
    tags, words, depth = scene.tags, scene.words, scene.clauses.opened[measure.lead]
    for at in range(place.opens, measure.lead):
        if scene.clauses.opened[at] != depth or words[at] in _LEFT_SIGNS:
            continue
        opens = at == place.opens or words[at - 1] in _LEFT_SIGNS
        inside = any(tags.begins(at - n, "before-name", "part-of") > n for n in (1, 2) if at - n >= place.opens)
        if inside and not opens:
            continue
        if opens or tags.ends(at, *_LEFT_AFTER) or tags.begins(at, *_LEFT_BEFORE):
            first, last = scene.trimmer.trim(at, measure.lead)
            last = _before_comma(place, first, last)
            first = _after_agent(place, first, last)
            if first < last:
                yield Stretch(words, tags, first, last, at)


def _after_agent(place: Place, first: int, last: int) -> int:
    """ "Ban Thường vụ Thành ủy đã quyết định bổ nhiệm": who does it, and that it is done, is no part of a name."""
    if first >= last:
        return first
    tokens = place.scene.tokens
    match = place.scene.pack.expression("agent").match(tokens.text[tokens.starts[first] : tokens.ends[last - 1]])
    return first if match is None else min(last, tokens.at(tokens.starts[first] + match.end()))


def _before_comma(place: Place, first: int, last: int) -> int:
    """A comma right before the number parts a clause off: its subject ends where the clause's verb begins."""
    scene, lead = place.scene, place.measure.lead
    if scene.words[lead - 1] != ",":
        return last
    depth = scene.clauses.opened[lead]
    commas = (n for n in range(first, last) if scene.words[n] == "," and scene.clauses.opened[n] == depth)
    last = next(commas, last)
    found = scene.tags.within(first, last, "clause-verbs")
    return found[0] if found is not None and found[0] > first else last


def right_limit(place: Place, begun: int) -> int:
    """Where the words after the number end at the latest: at the clause's end, or where the next measure's begin."""
    return min(place.clause[1], begun)


def rights(place: Place, limit: int) -> Iterator[Stretch]:
    """The stretches that begin behind the number, the shortest first; ``border`` is where each was cut off."""
    scene, start = place.scene, place.measure.tail
    for at in range(start, limit + 1):
        if at < limit:
            sign = scene.words[at] in _RIGHT_SIGNS
            if (
                at > start
                and scene.tags.begins(
                    at - 1, "topic-prepositions", "ends-predicate", "ends-clause", "predicate-goes-on"
                )
                > 1
            ):
                continue
            if not sign and not scene.tags.begins(at, *_RIGHT_BEFORE):
                continue
        first, last = scene.trimmer.trim_right(start, at)
        joined = start < first < last and scene.words[start] == ","
        yield Stretch(scene.words, scene.tags, start if joined else first, last, at)
