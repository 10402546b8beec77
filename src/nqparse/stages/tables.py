"""Lines → tables: rows and cells of tab-separated tables, of markdown pipe tables, and of those flattened to a cell a line."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nqparse.packs.load import Pack, words_of
from nqparse.stages.lines import Line
from nqparse.text import OffsetMap

_RULE_CELL = regex.compile(r"\s*:?-{2,}:?\s*$")
_PIPE_LINE = regex.compile(r"\s*\|.*\|\s*$")
_MOST_COLUMNS = 16
_CELL_LINES = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a block's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row as lines: each cell is the lines (or parts of lines) that it is printed on."""

    start: int
    cells: tuple[tuple[Line, ...], ...]

    def texts(self) -> list[str]:
        """The cells' texts."""
        return [" ".join(line.text for line in cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows (header rows included), how many of them are header, and the line after its last."""

    rows: tuple[Row, ...]
    header: tuple[tuple[str, ...], ...]
    end: int


def find_tables(lines: list[Line], pack: Pack) -> dict[int, Table]:
    """Tables by the number of the line that they begin at."""
    tables: dict[int, Table] = {}
    at = 0
    while at < len(lines):
        table = None
        raw = lines[at].raw
        if raw.strip() == "|":
            table = _flattened(lines, at, pack)
        elif "|" in raw and _PIPE_LINE.match(raw):
            table = _piped(lines, at, pack)
        elif "\t" in raw:
            table = _tabbed(lines, at, pack)
        if table is None:
            at += 1
        else:
            tables[at] = table
            at = table.end
    return tables


def header_score(texts: list[str] | tuple[str, ...], pack: Pack) -> int:
    """How many of a row's cells read like a column's heading."""
    known = pack.words("table-header")
    return sum(bool(text) and known.after(list(words_of(text)), 0) is not None for text in texts)


def _with_header(rows: list[Row], end: int, pack: Pack) -> Table | None:
    """The table that the rows make, if they have a header or enough columns of numbers to do without."""
    header: list[tuple[str, ...]] = []
    for row in rows[:6]:
        texts = row.texts()
        if header_score(texts, pack) >= (2 if not header else 1) or (header and not _has_value(texts)):
            header.append(tuple(texts))
        else:
            break
    return Table(tuple(rows), tuple(header), end) if header else None


def _has_value(texts: list[str]) -> bool:
    """Whether a cell after the first is a number: a row of content, not of headings or of column numbers."""
    digits = [text for text in texts[1:] if text[:1].isdigit() and not (len(text) == 4 and text.startswith(("19", "20")))]
    numbered = [int(text) for text in digits if text.isdigit()]
    return bool(digits) and not (len(numbered) >= 3 and numbered == list(range(numbered[0], numbered[0] + len(numbered))))


def _part(line: Line, start: int, end: int) -> Line:
    """The part of a line's raw text from ``start`` to ``end`` as a line of its own."""
    from nqparse.stages.lines import _read_line

    part = _read_line(line.raw[start:end], line.start + start)
    if not part.bullet:
        return part
    text = line.raw[start:end]
    lead = len(text) - len(text.lstrip())
    return Line(part.start, part.end, text.strip(), OffsetMap((0,), (line.start + start + lead,)), raw=text)


def _split(line: Line, sign: str) -> tuple[tuple[Line, ...], ...]:
    cells = []
    start = 0
    for text in line.raw.split(sign):
        part = _part(line, start, start + len(text))
        cells.append((part,) if part.text else ())
        start += len(text) + 1
    return tuple(cells)


def _tabbed(lines: list[Line], at: int, pack: Pack) -> Table | None:
    first = _split(lines[at], "\t")
    if len(first) < 3 or header_score([" ".join(part.text for part in cell) for cell in first], pack) < 2:
        return None
    rows: list[Row] = []
    end = at
    blank = 0
    for n in range(at, len(lines)):
        line = lines[n]
        if "\t" in line.raw and not line.furniture:
            rows.append(Row(line.start, _split(line, "\t")))
            end, blank = n + 1, 0
        elif line.blank or line.furniture:
            blank += 1
            if blank > 4:
                break
        elif rows and not blank and _wraps(rows[-1], line):
            rows[-1] = _wrapped(rows[-1], line)
            end = n + 1
        elif not (n + 1 < len(lines) and "\t" in lines[n + 1].raw and len(line.text) < 120 and blank == 0):
            break
        else:
            rows.append(Row(line.start, ((line,),)))
            end = n + 1
    return _with_header(rows, end, pack)


def _wraps(row: Row, line: Line) -> bool:
    """Whether a line without tabs goes on with the last cell of the row above."""
    last = row.cells[-1]
    return bool(last) and (line.text[0].islower() or line.text[0] == "(")


def _wrapped(row: Row, line: Line) -> Row:
    return Row(row.start, (*row.cells[:-1], (*row.cells[-1], line)))


def _piped(lines: list[Line], at: int, pack: Pack) -> Table | None:
    rows: list[Row] = []
    end = at
    while end < len(lines) and _PIPE_LINE.match(lines[end].raw):
        cells = _split(lines[end], "|")[1:-1]
        if not all(_RULE_CELL.match(text) for text in lines[end].raw.strip().strip("|").split("|")):
            rows.append(Row(lines[end].start, cells))
        end += 1
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return None
    return _with_header(rows, end, pack) or Table(tuple(rows), (tuple(rows[0].texts()),), end)


def _flattened(lines: list[Line], at: int, pack: Pack) -> Table | None:
    """A table whose every cell stands on lines of its own, between lines that hold nothing but a bar."""
    groups: list[list[Line]] = []
    starts: list[int] = []
    n = end = at
    while n < len(lines):
        if lines[n].raw.strip() == "|":
            groups.append([])
            starts.append(n)
            end = n + 1
        elif n == end and not lines[n].raw.strip():
            break
        elif n - starts[-1] > _CELL_LINES:
            break
        else:
            groups[-1].append(lines[n])
        n += 1
    cells = [tuple(line for line in group if line.text) for group in groups[:-1]]
    shape = _columns(cells)
    if shape is None:
        return None
    rows = list(_flat_rows(cells, starts, lines, *shape))
    return _with_header(rows, end, pack)


def _columns(cells: list[tuple[Line, ...]]) -> tuple[int, int] | None:
    """How many columns a flattened table has, and the cell that its first regular row begins at.

    Between two rows stands an empty gap, so the right number of columns is the step at which, from the table's end
    upwards, all gaps are empty. Heading rows with merged cells stand above the regular rows.
    """
    best, most = None, 0
    for columns in range(2, _MOST_COLUMNS):
        step = columns + 1
        gap = len(cells) - step
        while gap >= 0 and not cells[gap]:
            gap -= step
        first = max(0, gap + step + 1)
        covered = len(cells) - first
        filled = sum(1 for cell in cells[first:] if cell)
        if covered > most * 1.2 and covered >= 2 * columns and filled * 3 >= covered:
            best, most = (columns, 0 if gap < 0 else first), covered
    return best


def _flat_rows(cells: list[tuple[Line, ...]], starts: list[int], lines: list[Line], columns: int, first: int) -> Iterator[Row]:
    at = 0
    while at < first:
        width = 1
        while at + width < first and cells[at + width]:
            width += 1
        if any(cells[at : at + width]):
            yield Row(lines[starts[at]].start, tuple(cells[at : at + width]))
        at += width + 1
    at = first
    while at < len(cells):
        yield Row(lines[starts[at]].start, tuple(cells[at : at + columns]))
        at += columns + 1
