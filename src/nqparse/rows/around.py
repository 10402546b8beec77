"""What stands around a table: the unit and the measure that lines above it give, and the cells of its headings."""

from collections.abc import Iterator, Sequence
from itertools import islice

from nqparse.context.ancestors import Ancestors
from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.tables import Table
from nqparse.naming.names import Name, kept, printed
from nqparse.packs.load import Pack

_LONGEST_CAPTION = 140
_LONGEST_UNIT = 120


def unit_over(blocks: Sequence[Block], at: int, pack: Pack) -> str:
    """The unit that a line right above the table that begins at block ``at`` gives for all of it."""
    for block in reversed(blocks[max(0, at - 4) : at]):
        if block.kind is BlockKind.ROW:
            break
        found = pack.expression("unit-above").search(block.text) if len(block.text) < _LONGEST_UNIT else None
        if found is not None:
            return str(found.group("unit")).strip(" .)*")
    return ""


def caption_over(blocks: Sequence[Block], at: int, pack: Pack, ancestors: Ancestors) -> Name:
    """The measure that the line right above the table names for all of it; empty if it names none."""
    for n in range(at - 1, max(0, at - 3) - 1, -1):
        block = blocks[n]
        if block.kind is BlockKind.ROW:
            break
        name = pack.expression("caption-number").sub("", block.text)
        if len(name) < _LONGEST_CAPTION and (measured := ancestors.measured(kept(printed(block.text, block=n), name))):
            return measured
    return ()


def head_cells(blocks: Sequence[Block], at: int, table: Table) -> Iterator[Name]:
    """The cells of a table's headings, where its first row is block ``at``."""
    rows = (n for n in range(at, len(blocks)) if blocks[n].table is table)
    for n in islice(rows, len(table.titles)):
        yield from (printed(cell.text, cell.start, n) for cell in blocks[n].cells if cell.text)
