"""Lines that hold a cell of a table each, with nothing between the cells → the rows that they make."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import regex

from nqparse.layout.cells import Row, cell_lines, is_label, is_value
from nqparse.layout.lines import Line
from nqparse.packs.finding import Finder
from nqparse.packs.load import Pack, words_of

_MOST_HEADS = 9
_LEAST_HEADS = 4
_LONG_HEAD = 70
_LONG_NAME = 220
_LONG_VALUE = 32
_LONGEST_NUMBER = 9
_MOST_BLANKS = 12
_MOST_ROWS = 2000
_AHEAD = 8
_OPENING_LENGTH = 10
_HEADING = regex.compile(r"(?:[IVX]{1,5}|\p{Lu}|\d{1,2})\s?[.)/\-–]\s*\p{Lu}\p{L}+ ")
_THOUSANDS = regex.compile(r"\d{1,3}(?:\.\d{3})+$")
_NOTHING = regex.compile(r"[-–_x/….]{1,4}$")


class Stack(NamedTuple):
    """Rows, the first of which holds the headings, and the line after the last of them."""

    rows: tuple[Row, ...]
    end: int


class _Cell(NamedTuple):
    """A filled line, its number, and what its text is."""

    at: int
    line: Line
    text: str
    value: bool
    label: bool


class _Plan(NamedTuple):
    """Which columns hold the names, the units (-1 for none), the values and other words."""

    width: int
    unit: int
    values: tuple[int, ...]
    others: tuple[int, ...]


def opens_stack(line: Line, pack: Pack) -> bool:
    """Whether a line says no more than "STT"."""
    if not 0 < len(line.text) <= _OPENING_LENGTH or line.text[0] not in "Ss#Tt":
        return False
    found = pack.words("column-label").after(list(words_of(line.text)), 0)
    return found is not None and found[0] == len(words_of(line.text))


def stacked(lines: list[Line], pack: Pack) -> frozenset[int]:
    """The lines that are cells of such tables."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at not in found and opens_stack(line, pack):
            stack = read_stack(lines, at, pack)
            found.update(range(at, stack.end) if stack is not None else ())
    return frozenset(found)


def read_stack(lines: list[Line], at: int, pack: Pack) -> Stack | None:
    """The rows of a table from the line on that says "STT"; None where what follows keeps to no columns."""
    cells = _cells(lines, at, pack)
    heads = next((n for n, cell in enumerate(cells[: _MOST_HEADS + 1]) if cell.label), 0)
    if heads < _LEAST_HEADS or any(len(cell.text) > _LONG_HEAD or cell.value for cell in cells[:heads]):
        return None
    body = _after_numbers(cells, heads)
    single, merged = [(cell,) for cell in cells[:heads]], _merged(cells[:heads], pack.expression("stacked-year"))
    for titles in (single, merged) if merged != single else (single,):
        plan = _plan([title[-1].text for title in titles], pack)
        rows, end = _Reader(plan, cells, pack).read(body) if plan.values else ([], body)
        whole = sum(all(row.cells[n] for n in plan.values) for row in rows)
        valued = sum(any(row.cells[n] for n in plan.values) for row in rows)
        if whole >= 2 and whole * 5 >= valued * 3:
            head = Row(cells[0].line.start, tuple(tuple(cell.line for cell in title) for title in titles))
            return Stack((head, *rows), cells[end - 1].at + 1)
    return None


def _merged(heads: Sequence[_Cell], year: Finder) -> list[tuple[_Cell, ...]]:
    """The headings of the columns, where one that stands before years alone is a cell merged over them."""
    titles: list[tuple[_Cell, ...]] = []
    over: tuple[_Cell, ...] = ()
    for n, cell in enumerate(heads):
        if year.fullmatch(cell.text):
            titles.append((*over, cell))
        elif n > 1 and len(heads) > n + 2 and all(year.fullmatch(one.text) for one in heads[n + 1 : n + 3]):
            over = (cell,)
        else:
            titles.append((cell,))
    return titles


def _cells(lines: list[Line], at: int, pack: Pack) -> list[_Cell]:
    """The filled lines up to one that can be no cell, or that opens the next table."""
    cells: list[_Cell] = []
    bounded = pack.expression("stacked-value")
    last = at
    for n in range(at, min(len(lines), at + _MOST_ROWS)):
        raw = lines[n].raw
        if lines[n].blank:
            if n - last > _MOST_BLANKS:
                break
            continue
        if "|" in raw or "\t" in raw or len(raw) > _LONG_NAME or (n > at and opens_stack(lines[n], pack)):
            break
        last = n
        for line in islice(cell_lines([lines[n]]), 1):
            label = is_label(line.text)
            value = len(line.text) <= _LONG_VALUE and not (label and line.text[-1] in ".)")
            value = value and bool(is_value(line.text) or bounded.match(line.text))
            cells.append(_Cell(n, line, line.text, value, label))
    return cells


def _plan(heads: Sequence[str], pack: Pack) -> _Plan:
    def begins(text: str, rule: str) -> bool:
        return pack.words(rule).after(list(words_of(text)), 0) is not None

    unit = next((n for n, text in enumerate(heads) if n > 1 and begins(text, "column-unit")), -1)
    others = tuple(n for n, text in enumerate(heads) if n > 1 and n != unit and begins(text, "column-other"))
    values = tuple(n for n in range(2, len(heads)) if n != unit and n not in others)
    return _Plan(len(heads), unit, values, others)


def _after_numbers(cells: Sequence[_Cell], heads: int) -> int:
    """Where the rows begin: after the numbers of the columns, where they are printed."""
    numbers = [cell.text.strip("()") for cell in cells[heads : 2 * heads]]
    return 2 * heads if numbers == [str(n) for n in range(1, heads + 1)] else heads


class _Reader:
    """Deals cells out to rows in the order in which they are printed; an empty cell leaves no line."""

    def __init__(self, plan: _Plan, cells: Sequence[_Cell], pack: Pack) -> None:
        self.plan = plan
        self.cells = cells
        self.pack = pack
        self.rows: list[Row] = []
        self.row: list[list[Line]] = []
        self.label = ""

    def read(self, at: int) -> tuple[list[Row], int]:
        """The rows from cell ``at`` on, and the cell after the last of them."""
        end = at
        while at < len(self.cells):
            if self._opens(at):
                if not self._goes_on(at):
                    break
                self._close()
            self._deal(at)
            at += 1
            end = at
        self._close()
        return self.rows, end

    def _filled(self) -> int:
        return sum(bool(self.row[n]) for n in self.plan.values) if self.row else 0

    def _opens(self, at: int) -> bool:
        """Whether a new row begins with a cell."""
        cell = self.cells[at]
        if not self.row:
            return True
        if not self.row[1]:
            return False
        if cell.label and not self._is_value(at):
            return True
        if cell.value or _NOTHING.match(cell.text):
            return self._filled() == len(self.plan.values) and cell.label
        return self._filled() > 0 and self._names_a_row(at)

    def _is_value(self, at: int) -> bool:
        """Whether a cell that could be a label or a value is a value here: no name follows it."""
        following = self.cells[at + 1] if at + 1 < len(self.cells) else None
        named = following is not None and not following.value and not _NOTHING.match(following.text)
        if not self.cells[at].value or (named and self._heads_a_group(at)):
            return False
        full = self._filled() == len(self.plan.values)
        return not full and not (named and self._succeeds(self.cells[at].text))

    def _heads_a_group(self, at: int) -> bool:
        """Whether the row is a group ("II", "Giáo dục"), after which a number before a name is the next row's own."""
        label = "".join(line.text for line in self.row[0]).strip(" .)")
        alone = not self._filled() and len(self.plan.values) > 1 and not self.cells[at + 1].label
        return bool(label) and not label[0].isdigit() and alone

    def _succeeds(self, text: str) -> bool:
        """Whether a number is the one that the next row should have."""
        number = text.strip(" .)")
        if not _counts(number):
            return not _THOUSANDS.match(number) and number.partition(".")[0] == self.label
        return int(number) == (int(self.label) + 1 if self.label else 1) or (not self._filled() and number == "1")

    def _names_a_row(self, at: int) -> bool:
        """Whether words after values name a new row: values follow, or a column of words is filled already."""
        cell = self.cells[at]
        if cell.text.startswith("("):
            return False
        if _HEADING.match(cell.text):
            return True
        following = self.cells[at + 1 : at + 3]
        spare = [n for n in (*self.plan.others, *self.plan.values) if not self.row[n]]
        if not spare or len(cell.text) > _LONG_NAME // 2:
            return True
        if following and following[0].label and not (following[0].value and not self._numbered(at + 1)):
            return False
        if following and self.plan.unit > 0 and len(following[0].text) <= _LONG_VALUE and not following[0].value:
            return following[-1].value
        return bool(following) and following[0].value

    def _numbered(self, at: int) -> bool:
        named = at + 1 < len(self.cells) and not self.cells[at + 1].value
        return named and self._succeeds(self.cells[at].text)

    def _goes_on(self, at: int) -> bool:
        """Whether the table goes on with the row that a cell opens: values follow soon."""
        return (
            any(cell.value and not cell.label for cell in self.cells[at : at + _AHEAD])
            or sum(cell.value for cell in self.cells[at : at + _AHEAD]) > 1
        )

    def _deal(self, at: int) -> None:
        """Put a cell into the column that it belongs to."""
        cell = self.cells[at]
        if not self.row:
            self.row = [[] for _ in range(self.plan.width)]
            if cell.label:
                self.row[0].append(cell.line)
                label = cell.text.strip(" .)")
                self.label = label if _counts(label) else self.label
                return
        column = self._column(at)
        self.row[column].append(cell.line)

    def _column(self, at: int) -> int:
        cell, plan = self.cells[at], self.plan
        if not self.row[1]:
            return 1
        free = [n for n in plan.values if not self.row[n]]
        if cell.value or _NOTHING.match(cell.text):
            return free[0] if free else plan.width - 1
        if not self._filled():
            return plan.unit if self._is_unit(at) else 1
        if cell.text.startswith("("):
            return next(n for n in reversed(plan.values) if self.row[n])
        spare = [n for n in plan.others if not self.row[n]]
        if free and at + 1 < len(self.cells) and not self.cells[at + 1].label and not self.cells[at + 1].value:
            return free[0]
        return spare[0] if spare else (free[0] if free else plan.width - 1)

    def _is_unit(self, at: int) -> bool:
        """Whether a cell after a name holds the unit: a value follows it."""
        if self.plan.unit < 0 or self.row[self.plan.unit] or len(self.cells[at].text) > _LONG_VALUE:
            return False
        following = self.cells[at + 1 : at + 2]
        return bool(following) and (following[0].value or bool(_NOTHING.match(following[0].text)))

    def _close(self) -> None:
        if self.row:
            start = next(cell[0].start for cell in self.row if cell)
            self.rows.append(Row(start, tuple(tuple(cell) for cell in self.row)))
        self.row = []


def _counts(text: str) -> bool:
    """Whether a text is a number that may count rows."""
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER
