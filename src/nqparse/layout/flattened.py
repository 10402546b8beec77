"""Tables flattened to a cell a line, between lines that hold nothing but a bar → rows."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from nqparse.layout.cells import Row, cell_lines, is_label, is_value
from nqparse.layout.lines import Line

_MOST_COLUMNS = 16
_CELL_LINES = 14
_EMPTY_COSTS = 3


class Flattened(NamedTuple):
    """The rows, how many columns they have (0 where they keep to none), and the line after the last of them."""

    rows: tuple[Row, ...]
    width: int
    end: int


def read_flattened(lines: list[Line], at: int) -> Flattened:
    """The rows of a table from line ``at`` on, which holds nothing but a bar."""
    bars = [at]
    n = end = at + 1
    while n < len(lines) and n - bars[-1] <= _CELL_LINES:
        raw = lines[n].raw.strip()
        if raw == "|":
            bars.append(n)
            end = n + 1
        elif n == end and (not raw or (lines[n].page_top and not _fills_cell(lines, n))):
            break
        n += 1
    cells = [tuple(cell_lines(lines[a + 1 : b])) for a, b in pairwise(bars)]
    width = _columns(cells)
    if not width:
        return Flattened((), 0, end)
    spans = [(a, b) for a, b in _aligned_rows(cells, width) if any(cells[a:b])]
    rows = [Row(lines[bars[a]].start, _on_grid(cells[a:b], width)) for a, b in spans]
    return Flattened(tuple(rows), width, end)


def _fills_cell(lines: list[Line], at: int) -> bool:
    """Whether the lines from ``at`` on, after the end of a page, go on with the table: a bar ends them, no blank."""
    for line in lines[at : at + _CELL_LINES]:
        if not line.raw.strip() or line.raw.strip() == "|":
            return bool(line.raw.strip())
    return False


def _gaps(cells: list[tuple[Line, ...]]) -> list[int]:
    """For each cell, and for the end, the first empty cell from there on; the end where there is none."""
    gaps = [len(cells)] * (len(cells) + 1)
    for n in range(len(cells) - 1, -1, -1):
        gaps[n] = gaps[n + 1] if cells[n] else n
    return gaps


def _columns(cells: list[tuple[Line, ...]]) -> int:
    """How many columns a flattened table has: the least with which filled rows cover about the most cells."""
    gaps, empty = _gaps(cells), list(accumulate((not cell for cell in cells), initial=0))
    covered = {width: _covered(gaps, empty, width) for width in range(2, _MOST_COLUMNS)}
    most = max(covered.values())
    return next(width for width, count in covered.items() if count >= 0.95 * most) if 4 * most >= len(cells) else 0


def _covered(gaps: list[int], empty: list[int], width: int) -> int:
    """How many cells whole rows of a width cover, less what they leave empty: a gap inside a row speaks against it.

    ``empty`` says how many empty cells stand before each."""
    covered = rows = 0
    for a, b in _flat_rows(gaps, width):
        if b - a == width and gaps[b] == b:
            rows += 1
            covered += max(0, width + 1 - _EMPTY_COSTS * (empty[b] - empty[a]))
    return covered if rows > 1 else 0


def _flat_rows(gaps: list[int], width: int) -> Iterator[tuple[int, int]]:
    """First and last of each row's cells. An empty gap stands between rows; merged cells make it come earlier."""
    at, last = 0, len(gaps) - 1
    while at < last:
        end = min(at + width, last)
        if gaps[end] != end:
            end = min(end, gaps[at + 1])
        yield at, end
        at = end if gaps[end] != end else end + 1


def _aligned_rows(cells: list[tuple[Line, ...]], width: int) -> list[tuple[int, int]]:
    """First and last of each row's cells, so that most rows begin with a filled cell and few have gaps inside.

    An empty cell stands between rows. A row of merged cells is shorter, and an empty cell of the next row may stand
    where it would end if it were whole; so all ways are weighed.
    """
    gaps, last = _gaps(cells), len(cells)
    best: list[tuple[int, int, int]] = [(0, last, last)] * (last + 2)
    for at in range(last - 1, -1, -1):
        best[at] = min(
            (_strain(cells[at:end], width, gapped=end == last or not cells[end]) + best[after][0], end, after)
            for end, after in _ends(gaps, at, width)
        )
    rows = []
    at = 0
    while at < last:
        rows.append((at, best[at][1]))
        at = best[at][2]
    return rows


def _ends(gaps: list[int], at: int, width: int) -> Iterator[tuple[int, int]]:
    """Where a row may end that begins at a cell, and where the next begins: whole, or at the first gap."""
    last = len(gaps) - 1
    whole, gap = min(at + width, last), gaps[at + 1]
    yield whole, min(whole + (gaps[whole] == whole), last)
    if gap < whole:
        yield gap, gap + 1


def _strain(row: Sequence[tuple[Line, ...]], width: int, *, gapped: bool) -> int:
    """How badly some cells make a row: a first cell that is empty, gaps inside, most of all before what would label the
    next row, a row that is short or ends in no gap."""
    filled = [n for n, cell in enumerate(row) if cell]
    if not filled:
        return 0
    gaps = [b for a, b in pairwise(filled) if b - a > 1]
    labels = sum(is_label(row[n][0].text) and not is_value(row[n][0].text) for n in gaps)
    return _EMPTY_COSTS * bool(filled[0]) + len(gaps) + 2 * (labels + (len(row) < width)) + 4 * (not gapped)


def _on_grid(cells: list[tuple[Line, ...]], width: int) -> tuple[tuple[Line, ...], ...]:
    """The cells of a row; one that merged cells make short keeps its numbers on the right."""
    numbers = 0
    while numbers < len(cells) and cells[-1 - numbers] and is_value(cells[-1 - numbers][-1].text):
        numbers += 1
    if not numbers or len(cells) == width:
        return tuple(cells)
    words = len(cells) - numbers
    return (*cells[:words], *[()] * (width - len(cells)), *cells[words:])
