"""Blocks → every number in them, with the class that a rule gives it; what no rule takes may be a quantity."""

import re
from collections.abc import Collection, Sequence
from functools import partial
from typing import NamedTuple, overload

from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block, BlockKind
from nqparse.packs.load import Pack
from nqparse.packs.numbers import Found

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
LITERAL = re.compile(r"\d+(?:[.,]\d+)*")
"""A number as printed, with its points and commas."""

TOO_LARGE = "value-too-large"
"""What explains why a number with a value is no measure: the tables do not hold it."""


class Literal(NamedTuple):
    """A number in a block's text. ``class_`` and ``rule`` are None where it may be a quantity."""

    start: int
    end: int
    class_: str | None = None
    rule: str | None = None


class BlockNumbers(NamedTuple):
    """The numbers of one block in order, and the starts of those that may be quantities."""

    literals: tuple[Literal, ...] = ()
    values: tuple[int, ...] = ()


_NONE = BlockNumbers()
_MOST_KEPT = 1 << 17


class Candidates(Sequence[BlockNumbers]):
    """The numbers of each block; those of a table's rows are left for the table to class, cell by cell.

    They are found when they are asked for, and kept while they are few: a text of nothing but numbers has more of them
    than fit in memory, and finding them again is cheap.
    """

    def __init__(self, blocks: Sequence[Block], pack: Pack, guard: Guard = RAISING) -> None:
        self._blocks = blocks
        self._pack = pack
        self._guard = guard
        self._kept: dict[int, BlockNumbers] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, at: int) -> BlockNumbers: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[BlockNumbers, ...]: ...

    def __getitem__(self, at: int | slice) -> BlockNumbers | tuple[BlockNumbers, ...]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        found = self._kept.get(at)
        if found is None:
            block = self._blocks[at]
            read = self._guard.or_do(partial(_unclassed, block), _of_block, block, self._pack, place=block)
            found = self._keep(at, read)
        return found

    def _keep(self, at: int, found: BlockNumbers) -> BlockNumbers:
        if found.literals:
            if self._size >= _MOST_KEPT:
                self._kept.clear()
                self._size = 0
            self._size += len(found.literals)
        self._kept[at] = found
        return found


def _of_block(block: Block, pack: Pack) -> BlockNumbers:
    if not _DIGIT.search(block.text):
        return _NONE
    if block.kind is BlockKind.FURNITURE:
        return BlockNumbers(tuple(Literal(m.start(), m.end(), "page", "page") for m in LITERAL.finditer(block.text)))
    if block.kind is BlockKind.ROW:
        bare = tuple(Literal(m.start(), m.end()) for m in LITERAL.finditer(block.text))
        return BlockNumbers(bare, tuple(number.start for number in bare))
    literals: list[Literal] = []
    body = block.marker.end if block.marker is not None else 0
    literals.extend(Literal(m.start(), m.end(), "marker", "marker") for m in LITERAL.finditer(block.text, 0, body))
    for found in pack.numbers.finditer(block.text, body):
        literals += [Literal(start, end, found.class_, found.rule) for start, end in parts_of(found, block.text)]
    return BlockNumbers(tuple(literals), tuple(number.start for number in literals if number.class_ is None))


def unexplained(numbers: BlockNumbers) -> BlockNumbers:
    """The numbers of a block that could not be read: none of them is known to be a quantity, or anything else."""
    return BlockNumbers(tuple(Literal(n.start, n.end) for n in numbers.literals))


def _unclassed(block: Block) -> BlockNumbers:
    """The numbers of a block at which a rule failed: all but those of its marker, and bare years, may be quantities."""
    body = block.marker.end if block.marker is not None else 0
    literals: list[Literal] = []
    for match in LITERAL.finditer(block.text):
        class_ = "marker" if match.start() < body else "year" if _YEAR.fullmatch(match.group()) else None
        literals.append(Literal(*match.span(), class_, class_ and "rule-failed"))
    return BlockNumbers(tuple(literals), tuple(number.start for number in literals if number.class_ is None))


def parts_of(found: Found, text: str) -> list[tuple[int, int]]:
    """The places of the runs of digits in a number that was found: one, unless several may stand there."""
    if not found.several:
        return [(found.start, found.end)]
    return [match.span() for match in LITERAL.finditer(text, found.start, found.end)]


def as_class(numbers: BlockNumbers, class_: str, rule: str, starts: Collection[int] | None = None) -> BlockNumbers:
    """The numbers of a block in which none is a quantity, or none at ``starts``: those that no rule took are of this
    class."""
    literals = tuple(
        n._replace(class_=n.class_ or class_, rule=n.rule or rule) if starts is None or n.start in starts else n
        for n in numbers.literals
    )
    return BlockNumbers(literals, () if starts is None else tuple(at for at in numbers.values if at not in starts))
