"""The name of a measure where the rules of naming fail: the words left of the number, in its clause."""

from collections.abc import Sequence

from nqparse.naming.named import Named
from nqparse.naming.names import kept, printed
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.tokens import Tokens

UNKNOWN = "?"
"""The name where there are no words either."""
_ENDS = frozenset(".;:,()")


def plain_name(tokens: Tokens, measure: Measure, body: int = 0) -> Named:
    """A measure with the words between the last sign and what leads to its number; ``body`` is the token at which the
    block's text begins.

    >>> from nqparse.syntax.tokens import tokenize
    >>> tokens = tokenize("Đến nay, số hộ nghèo còn 12 hộ")
    >>> plain_name(tokens, Measure(25, 27, None, None, first=7, lead=6, tail=8)).name
    'số hộ nghèo'
    """
    start = measure.lead
    while start > body and tokens.words[start - 1] not in _ENDS:
        start -= 1
    words = tokens.slice(start, measure.lead)
    name = words.strip() or UNKNOWN
    pieces = kept(printed(words, tokens.starts[start]), words.strip()) if words else ()
    step = Step("rule-failed", f"name {name}")
    clause = min(start, measure.first), max(measure.tail, measure.first + 1)
    return Named(measure.but(step), name, clause=clause, pieces=pieces)


def plain_names(tokens: Tokens, measures: Sequence[Measure], body: int = 0) -> list[Named]:
    """All measures of a block with such names."""
    return [plain_name(tokens, measure, body) for measure in measures]
