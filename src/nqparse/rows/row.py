"""A row of a table while it is read: its cells by what they are for, how deep it stands, its measures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nqparse.context.scope import Rows
from nqparse.layout.cells import Cell
from nqparse.models import Role
from nqparse.naming.named import Named
from nqparse.naming.names import Name, placed, printed, text_of
from nqparse.naming.row_names import RowName
from nqparse.quantity.numbers import BlockNumbers, Literal
from nqparse.rows.columns import Column, Years

UNLABELLED = 40
"""How deep a row without a label stands."""
_YEARS_ALONE = 5


@dataclass(frozen=True, slots=True)
class RowMeasure:
    """A measure of a row, with what its row and its column say of it; ``compared``: its column is one of growth.

    ``role`` and ``period`` are those of the column, the period else that of the row."""

    named: Named
    label: str | None
    role: Role | None
    period: Years | None
    group: str | None
    compared: bool = False


class RowReading(NamedTuple):
    """The measures of one row, and the numbers of its cells with their classes."""

    measures: Sequence[RowMeasure]
    numbers: BlockNumbers


@dataclass(slots=True)
class Row:
    """A row as it is being read: its cells by what they are for, its own name, and what it takes from those above."""

    read: RowName
    label: str
    rank: int
    name: str
    unit: str
    name_cell: Cell | None
    values: list[tuple[Cell, Column]]
    notes: list[tuple[Cell, Column]]
    years: Years | None
    above: Rows
    """What is in force above it, with the group that it names itself."""
    at: int
    """The number of its block."""
    pieces: Name = ()
    """What ``name`` consists of."""
    literals: list[Literal] = field(default_factory=list)

    @property
    def shown(self) -> str | None:
        """The label, where it is a number or a letter."""
        return self.label if self.label[:1].isalnum() else None


def rank(label: str) -> int:
    """How deep a row stands: A is 0, I 10, 1 20, 1.1 21, no label 40, a 50, "-" 60, "+" 70."""
    if not label:
        return UNLABELLED
    if not label[0].isalnum():
        return 70 if label[0] in "+*•" else 60
    if label[0].isdigit():
        return 20 + min(label.count("."), 9)
    if label[0].islower():
        return 50
    roman = all(c in "IVXLC" for c in label) and (len(label) > 1 or label in "IVX")
    return 10 if roman else 0


def rank_of(read: RowName, label: str, rows: Rows) -> int:
    """How deep a row stands; one without a label that says nothing but years stands over all that have one."""
    if label:
        return rank(label)
    if read.part:
        return part_rank(rows)
    return _YEARS_ALONE if read.years is not None and not read.name else UNLABELLED


def part_rank(rows: Rows) -> int:
    """A row "trong đó" without a label stands beside the bullets that follow, or under the bullet before it."""
    return 65 if rows.above and rows.above[-1].rank == 60 else 60


def states(one: Named) -> bool:
    """Whether a number in a row's name is the row's value, and no threshold in its name ("cấp mới cho 2.000 hộ")."""
    measure = one.measure
    return not one.inside and (bool(measure.link) or measure.family == "share" or measure.lead <= one.clause[0] + 1)


def joined(first: tuple[str, Name], second: tuple[str, Name]) -> tuple[str, Name]:
    """Two names, each with what it consists of, as one."""
    return f"{first[0]} {second[0]}".strip(), first[1] + second[1]


def of_cell(cell: Cell | None, at: int) -> Name:
    return printed(cell.text, cell.start, at) if cell is not None else ()


def shifted(one: Named, shift: int, at: int) -> Named:
    """The measure in the text of the row, which is block ``at``, instead of the cell's."""
    measure = one.measure
    moved = measure._replace(start=measure.start + shift, end=measure.end + shift)
    return one._replace(measure=moved, pieces=placed(one.pieces, at, shift))


def plain_name(cell: str) -> str:
    """A row's name as names are compared: without its bullet, and whatever its capitals."""
    return cell.lstrip("-–+ ").lower()


def head_with(heads: Sequence[Name], text: str) -> Name:
    """The heading's cell with a text; all cells where it is of several."""
    alone = next((cell for cell in heads if text_of(cell) == text), None)
    return alone if alone is not None else tuple(piece for cell in heads for piece in cell)
