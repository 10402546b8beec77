"""The numbers of a row's cells → its lines in the ledger, also of those that no part of the row took."""

from collections.abc import Iterator, Sequence

from nqparse.layout.blocks import Block
from nqparse.layout.cells import Cell
from nqparse.quantity.numbers import LITERAL, BlockNumbers, Literal


def digits_of(cell: Cell, class_: str | None, rule: str | None) -> list[Literal]:
    """The numbers of a cell, all of one class."""
    found = LITERAL.finditer(cell.text)
    return [Literal(cell.start + match.start(), cell.start + match.end(), class_, rule) for match in found]


def left_over(block: Block, taken: Sequence[Literal]) -> Iterator[Literal]:
    """The numbers of cells that no part of the row took, as where a table has two columns for labels."""
    starts = {n.start for n in taken}
    for match in LITERAL.finditer(block.text):
        if match.start() not in starts and not any(n.start < match.end() and match.start() < n.end for n in taken):
            yield Literal(match.start(), match.end(), "other", "table-note")


def unclassed(block: Block, taken: Sequence[Literal]) -> Iterator[Literal]:
    """The numbers of a row that could not be read, but for those that were: what they are is not known."""
    return (literal._replace(class_=None, rule=None) for literal in left_over(block, taken))


def in_order(literals: list[Literal]) -> BlockNumbers:
    """A row's numbers in the order of its text, those without a class apart."""
    ordered = tuple(sorted(literals, key=lambda n: n.start))
    return BlockNumbers(ordered, tuple(n.start for n in ordered if n.class_ is None))
