"""Cases drawn from many texts, and the share of them that are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from nqparse.testing.paraphrase.cases import Case, cases
from nqparse.testing.paraphrase.drawing import paraphrase

_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A text to draw from; ``misread``: the starts of measures not read as gold has them, None without gold."""

    name: str
    text: str
    misread: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A case of a text; ``counts``: its plain statement is read as gold has it, so that its records must follow."""

    name: str
    case: Case
    counts: bool


def drawn(texts: Sequence[Text], cases_wanted: int, seed: int = 0) -> list[Tried]:
    """So many cases that count, and those drawn with them that do not; the same for the same texts and seed.

    Fewer where the texts do not have as many.
    """
    found: list[Tried] = []
    for turn in count():
        more = [tried for text in texts for tried in _tried(text, f"{seed}/{turn}")]
        found += more
        if not more or turn == _ROUNDS or sum(tried.counts for tried in found) >= cases_wanted:
            break
    counting = [at for at, tried in enumerate(found) if tried.counts]
    kept = set(Random(seed).sample(counting, min(cases_wanted, len(counting))))
    return [tried for at, tried in enumerate(found) if at in kept or not tried.counts]


def _tried(text: Text, seed: str) -> Iterator[Tried]:
    for case in cases(paraphrase(text.text, f"{seed}/{text.name}")):
        known = text.misread is not None and not any(case.start <= at < case.end for at in text.misread)
        yield Tried(text.name, case, known)


def share(tried: Sequence[Tried]) -> float:
    """The share of cases whose records changed in just the words exchanged; 1 of none."""
    return sum(one.case.right for one in tried) / len(tried) if tried else 1.0
