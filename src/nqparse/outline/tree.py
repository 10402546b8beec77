"""The tree of sections: what the blocks of a document stand in."""

from dataclasses import dataclass
from typing import NamedTuple

from nqparse.models import SectionKind, SectionRole
from nqparse.outline.acts import Act, ActKind, Acts


class SectionSpan(NamedTuple):
    """A section over the blocks ``first`` to ``last`` (exclusive); its text begins at ``body`` of the first."""

    kind: SectionKind
    marker: str
    label: str
    path: str
    title: str | None
    role: SectionRole
    depth: int
    parent: int | None
    first: int
    last: int
    body: int
    rules: tuple[str, ...]
    title_block: int | None = None


@dataclass(frozen=True, slots=True)
class Numbering:
    """A fault in the numbering: a gap, or a label that comes twice."""

    code: str
    section: int
    message: str


@dataclass(frozen=True, slots=True)
class Context:
    """A heading without a marker, in force over the blocks after it: its title and the role that its words give."""

    title: str
    role: SectionRole | None
    block: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The sections in reading order, the section of each block (None outside of all), the unnumbered heading in force
    there, the numbered lines that are rows, faults of the numbering, and the acts of the file."""

    sections: tuple[SectionSpan, ...]
    of_block: tuple[int | None, ...]
    context: tuple[Context | None, ...]
    rows: frozenset[int]
    faults: tuple[Numbering, ...]
    acts: Acts

    def act_of(self, block: int) -> Act:
        """The act that a block stands in."""
        return self.acts.at(block)

    def is_signature(self, block: int) -> bool:
        """Whether a block belongs to the recipients or the signature of an act."""
        return self.acts.in_tail(block)


def flat_tree(count: int) -> Tree:
    """The tree of so many blocks in which no section was found."""
    return Tree((), (None,) * count, (None,) * count, frozenset(), (), whole_act(count))


def whole_act(count: int) -> Acts:
    """One act over so many blocks."""
    return Acts((Act(ActKind.OWN, 0, count),))
