"""Table rows → measures with names: the row says what is counted, the column when and in what role."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from nqparse.models import Change, Role
from nqparse.packs.load import Pack, words_of
from nqparse.stages.blocks import Block
from nqparse.stages.measures import Measure, Step, UnitRead, read_measures, read_unit
from nqparse.stages.naming import Named, name_measures
from nqparse.stages.numbers import BlockNumbers, Literal
from nqparse.stages.tables import Cell, Table
from nqparse.stages.tokens import Tokens, tokenize

_YEARS = regex.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-–]\s*((?:19|20)\d{2}))?(?!\d)")
_BRACKETED = regex.compile(r"\(([^()]{1,40})\)\s*$")
_LABEL = regex.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-zđĐ](?:\.\d{1,2})*|[-+*•])[.)]?$")
_BLANK = regex.compile(r"[\s\-–—x×…._]*$")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds: ``what`` is label, name, unit, value or other."""

    what: str
    role: Role | None = None
    period: tuple[int, int] | None = None
    unit: str = ""
    change: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class RowMeasure:
    """A measure of a row, with what its column says of it."""

    named: Named
    label: str | None
    role: Role | None
    period: tuple[int, int] | None
    group: str | None


class RowReading(NamedTuple):
    """The measures of one row and the numbers of its cells that are labels."""

    measures: list[RowMeasure]
    numbers: BlockNumbers


@dataclass(slots=True)
class TableReader:
    """Reads the rows of one table from top to bottom, keeping the parents and the group that they stand under."""

    table: Table
    pack: Pack
    unit_above: str = ""
    columns: list[Column] | None = None
    group: str | None = None
    parents: list[tuple[int, str]] | None = None

    def read(self, block: Block, numbers: BlockNumbers) -> RowReading:
        """The measures of a row."""
        if self.columns is None:
            self.columns = columns_of(self.table, self.pack)
            self.parents = []
        texts = tuple(cell.text for cell in block.cells)
        if texts in self.table.header or _repeats(texts, self.table.header):
            return RowReading([], _as_class(numbers, "marker", "table-header"))
        columns = self._columns_for(block)
        label, numbers = self._label(block, numbers, columns)
        name_cell = next((c for c, col in zip(block.cells, columns, strict=False) if col.what == "name" and c.text), None)
        if name_cell is None and not any(col.what == "value" and c.text for c, col in zip(block.cells, columns, strict=False)):
            filled = [c for c in block.cells if c.text]
            name_cell = filled[-1] if filled else None
        return self._row(block, numbers, columns, label, name_cell)

    def _columns_for(self, block: Block) -> list[Column]:
        columns = list(self.columns or [])
        if len(block.cells) == 1 and len(columns) > 1:
            return [Column("name")]
        return columns + [Column("other")] * (len(block.cells) - len(columns))

    def _label(self, block: Block, numbers: BlockNumbers, columns: Sequence[Column]) -> tuple[str | None, BlockNumbers]:
        for cell, column in zip(block.cells, columns, strict=False):
            if column.what == "label" and cell.text and _LABEL.match(cell.text):
                return cell.text.strip(" .)("), _classed(numbers, cell, "marker", "table-label")
        return None, numbers

    def _row(
        self, block: Block, numbers: BlockNumbers, columns: Sequence[Column], label: str | None, name_cell: Cell | None
    ) -> RowReading:
        tokens = tokenize(block.text)
        named: list[Named] = []
        trailing = Change.LEVEL
        name = ""
        rank = self._rank(label, name_cell)
        if name_cell is not None:
            inside = _within(tokens, name_cell)
            named = name_measures(inside, read_measures(inside, _of_cell(numbers, name_cell), self.pack), self.pack)
            name, trailing = self._row_name(inside, named)
        value_cells = [(c, col) for c, col in zip(block.cells, columns, strict=False) if col.what == "value" and c.text]
        own = name
        if name and not named and self._needs_parent(name, rank, name_cell):
            name = f"{self._parent(rank)} {name}".strip()
        out = [RowMeasure(n, label if label and label[0].isalnum() else None, None, None, self.group) for n in named]
        unit_text = next((c.text for c, col in zip(block.cells, columns, strict=False) if col.what == "unit" and c.text), "")
        for cell, column in value_cells:
            out += self._cell(tokens, numbers, cell, column, name, trailing, unit_text or column.unit or self.unit_above, label)
        if not out and own:
            self._maybe_group(own, label, rank, value_cells)
        if own:
            self._remember(rank, self._base(name, own))
        return RowReading(out, numbers)

    def _base(self, name: str, own: str) -> str:
        return self.pack.expression("growth-words").sub("", name).strip() or own

    def _maybe_group(self, own: str, label: str | None, rank: int, value_cells: Sequence[object]) -> None:
        if not value_cells and rank <= 2:
            self.group = own

    def _rank(self, label: str | None, cell: Cell | None) -> int:
        """How deep a row stands: roman 0, letters 1, 1 → 2, 1.1 → 3, "-" 6, "+" 7, no label 5."""
        text = label or ""
        if text in ("-", "–"):
            return 6
        if text in ("+", "*", "•"):
            return 7
        if text and text[0].isdigit():
            return 2 + text.count(".")
        if text:
            return 0 if all(c in "IVXLC" for c in text) else 1 if text[0].isupper() else 5
        first = cell.text[:1] if cell else ""
        return 6 if first in "-–" else 7 if first == "+" else 5

    def _remember(self, rank: int, name: str) -> None:
        self.parents = [p for p in self.parents or [] if p[0] < rank]
        self.parents.append((rank, name))

    def _parent(self, rank: int) -> str:
        above = [name for r, name in self.parents or [] if r < rank]
        return above[-1] if above and rank > 2 else ""

    def _needs_parent(self, name: str, rank: int, cell: Cell | None) -> bool:
        """A row under another says nothing by itself where it does not begin with the noun of an indicator."""
        if rank < 3 or cell is None:
            return False
        words = list(words_of(name))
        return self.pack.words("indicator-heads").after(words, 0) is None and self.pack.nouns.after(words, 0) is None

    def _row_name(self, tokens: Tokens, named: Sequence[Named]) -> tuple[str, Change]:
        """The row's own name, and the change that its last words leave to the columns ("tăng bình quân:")."""
        first, last = 0, len(tokens.words)
        change = Change.LEVEL
        at = last
        while at > first:
            if not tokens.words[at - 1][0].isalnum() and tokens.words[at - 1] not in ")%”\"":
                at -= 1
                continue
            lead = self.pack.leads.before(tokens.words, at)
            if lead is None or at - lead[0] < first or (lead[1].change is None and lead[1].link == "filler" and lead[1].per is None):
                break
            if lead[1].change is not None and change is Change.LEVEL:
                change = lead[1].change
            at -= lead[0]
        if named:
            return named[0].name, change
        if at <= first:
            at, change = last, Change.LEVEL
        probe = Measure(tokens.ends[at - 1], tokens.ends[at - 1], None, None, lead=at, first=at - 1, tail=at)
        ended = Tokens(tokens.text, tokens.words[:at], tokens.starts[:at], tokens.ends[:at])
        shown = name_measures(ended, [replace(probe, link="copula", family="share", unit="%")], self.pack)
        name = shown[0].name or tokens.slice(first, at)
        if change is not Change.LEVEL and self.pack.expression("growth-noun").match(name):
            change = Change.LEVEL
        return name, change

    def _cell(
        self,
        tokens: Tokens,
        numbers: BlockNumbers,
        cell: Cell,
        column: Column,
        name: str,
        trailing: Change,
        unit_text: str,
        label: str | None,
    ) -> list[RowMeasure]:
        tokens = _within(tokens, cell)
        found = read_measures(tokens, _as_values(_of_cell(numbers, cell), cell), self.pack)
        out: list[RowMeasure] = []
        for measure in found[:1]:
            measure = self._in_column(measure, tokens, cell, column, unit_text, trailing)
            title = column.title if not name or column.title and self._is_units_table() else ""
            full = f"{title} {name}".strip()
            named = Named(measure.but(Step("table-row", f"name {full}")), full)
            shown = label if label and label[0].isalnum() else None
            out.append(RowMeasure(named, shown, measure.role or column.role, column.period, self.group))
        return out

    def _is_units_table(self) -> bool:
        """Whether the rows are places and the columns indicators."""
        return bool(self.columns) and any(c.what == "name" and c.title.lower().startswith(("đơn vị", "địa phương", "tên đơn vị", "xã", "huyện")) for c in self.columns or [])

    def _in_column(
        self, measure: Measure, tokens: Tokens, cell: Cell, column: Column, unit_text: str, trailing: Change
    ) -> Measure:
        if not measure.unit:
            measure = _with_unit(measure, unit_text, self.pack)
        if column.change:
            negative = tokens.text[cell.start : measure.start].strip().endswith(("-", "–", "−", "("))
            change = Change.DECREASE if negative or measure.change is Change.DECREASE else Change.INCREASE
            return measure.but(Step("column-of-change", f"change {change}"), change=change)
        if measure.change is Change.LEVEL and trailing is not Change.LEVEL:
            measure = measure.but(Step("row-ends-in-change", f"change {trailing}"), change=trailing)
        return measure


def _with_unit(measure: Measure, unit_text: str, pack: Pack) -> Measure:
    """The unit, multiplier and denominator that the table's unit column or heading gives."""
    if not unit_text:
        return measure
    tokens = tokenize(unit_text)
    read = read_unit(tokens, 0, pack)
    per = measure.per
    if not read.unit:
        head, _, rest = unit_text.partition("/")
        read = UnitRead(0, 0, head.strip().lower(), read.factor, "count", ())
    slash = tokens.words.index("/") if "/" in tokens.words else -1
    if slash >= 0 and per is None:
        per = _per(tokens, slash, pack)
    steps = (*measure.steps, *read.steps, Step("unit-of-the-table", f"unit {read.unit}"))
    return replace(
        measure,
        unit=read.unit,
        family=read.family,
        per=per,
        low=None if measure.low is None else measure.low * read.factor,
        high=None if measure.high is None else measure.high * read.factor,
        of=None if measure.of is None else measure.of * read.factor,
        steps=steps,
    )


def _per(tokens: Tokens, slash: int, pack: Pack) -> str:
    parts = []
    at = slash
    while at + 1 < len(tokens.words) and tokens.words[at] == "/":
        found = pack.denominators.after(tokens.words, at + 1)
        if found is None:
            parts.append(tokens.slice(at + 1, len(tokens.words)).strip(") "))
            break
        parts.append(found[1].per)
        at += 1 + found[0]
    return "/".join(parts)


def _within(tokens: Tokens, cell: Cell) -> Tokens:
    """The tokens of one cell, with their places in the row's text."""
    first, last = tokens.at(cell.start), tokens.at(cell.end)
    return Tokens(tokens.text[: cell.end], tokens.words[first:last], tokens.starts[first:last], tokens.ends[first:last])


def _of_cell(numbers: BlockNumbers, cell: Cell) -> BlockNumbers:
    """The numbers of one cell."""
    literals = tuple(n for n in numbers.literals if cell.start <= n.start < cell.end)
    return BlockNumbers(literals, tuple(n.start for n in literals if n.class_ is None))


def _repeats(texts: tuple[str, ...], header: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a row is the header printed again after a page break."""
    shown = [t for t in texts if t]
    return bool(header) and len(shown) >= 3 and any(sum(t in row for t in shown) >= len(shown) - 1 for row in header)


def _as_class(numbers: BlockNumbers, class_: str, rule: str) -> BlockNumbers:
    return BlockNumbers(tuple(Literal(n.start, n.end, n.class_ or class_, n.rule or rule) for n in numbers.literals))


def _classed(numbers: BlockNumbers, cell: Cell, class_: str, rule: str) -> BlockNumbers:
    inside = lambda n: cell.start <= n.start < cell.end  # noqa: E731
    literals = tuple(Literal(n.start, n.end, class_, rule) if inside(n) else n for n in numbers.literals)
    return BlockNumbers(literals, tuple(n.start for n in literals if n.class_ is None))


def _as_values(numbers: BlockNumbers, cell: Cell) -> BlockNumbers:
    """A number alone in a value's cell is a value, though it may look like a year."""
    alone = [n for n in numbers.literals if cell.start <= n.start < cell.end]
    if len(alone) == 1 and alone[0].class_ == "year" and cell.text.strip() == cell.text and len(cell.text) <= 6:
        literals = tuple(Literal(n.start, n.end) if n is alone[0] else n for n in numbers.literals)
        return BlockNumbers(literals, tuple(n.start for n in literals if n.class_ is None))
    return numbers


def columns_of(table: Table, pack: Pack) -> list[Column]:
    """What each column holds, by the words of its heading."""
    width = max((len(row) for row in table.header), default=0)
    width = max([width, *(len(row.cells) for row in table.rows)])
    titles = _titles(table, width)
    columns: list[Column] = []
    for title in titles:
        columns.append(_column(title, pack, {c.what for c in columns}))
    if not any(c.what == "name" for c in columns) and len(columns) > 1:
        at = next((n for n, c in enumerate(columns) if c.what in ("other", "value")), 0)
        columns[at] = Column("name", title=titles[at])
    return columns


def _titles(table: Table, width: int) -> list[str]:
    """One heading per column. Heading rows with merged cells are narrower: the row that fits the table tells most."""
    full = [row for row in table.header if len(row) == width]
    if full:
        return [" ".join(dict.fromkeys(row[n] for row in full if row[n])) for n in range(width)]
    first = list(table.header[0]) if table.header else []
    if len(table.header) > 1:
        below = list(table.header[1])
        merged = len(first) - 1
        while merged >= 0 and len(first[:merged]) + len(below) < width:
            merged -= 1
        tops = first[: width - len(below)]
        return (tops + below + [""] * width)[:width]
    return (first + [""] * width)[:width]


def _column(title: str, pack: Pack, before: set[str]) -> Column:
    words = list(words_of(title))
    years = _YEARS.search(title)
    period = None
    if years:
        period = (int(years.group(1)), int(years.group(2) or years.group(1)))
    bracket = _BRACKETED.search(title)
    unit = bracket.group(1) if bracket and _is_unit(bracket.group(1), pack) else ""
    for what, rule in (("label", "column-label"), ("unit", "column-unit"), ("change", "column-change"), ("other", "column-other")):
        if pack.words(rule).after(words, 0) is not None and what not in before:
            if what == "unit" and "name" not in before:
                continue
            if what == "change":
                return Column("value", None, period, unit or ("%" if "%" in title else ""), change=True, title=title)
            return Column(what, title=title)
    if "name" not in before and pack.words("column-name").after(words, 0) is not None and not years:
        return Column("name", title=title)
    role = _role(words, pack)
    return Column("value" if title else "other", role, period, unit, title=title)


def _is_unit(text: str, pack: Pack) -> bool:
    tokens = tokenize(text)
    return bool(tokens.words) and (bool(read_unit(tokens, 0, pack).unit) or pack.multipliers.after(tokens.words, 0) is not None)


def _role(words: list[str], pack: Pack) -> Role | None:
    for role, rule in ((Role.ESTIMATE, "column-estimate"), (Role.TARGET, "column-target"), (Role.ACTUAL, "column-actual")):
        if any(pack.words(rule).after(words, at) is not None for at in range(len(words))):
            return role
    return None
