"""Table rows → measures with names: the row says what is counted, the column when and in what role."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import regex

from nqparse.context.scope import RowAbove, Rows
from nqparse.faults import Guard
from nqparse.layout.blocks import Block
from nqparse.layout.cells import Cell, is_label
from nqparse.layout.tables import Table
from nqparse.models import Bound, Change, Role
from nqparse.naming.named import Named, Parent
from nqparse.naming.names import Name, kept, placed, printed, text_of
from nqparse.naming.naming import name_measures
from nqparse.naming.plain import UNKNOWN
from nqparse.naming.row_names import RowName, read_row_name
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.amounts import minus
from nqparse.quantity.measures import Measure, read_measures
from nqparse.quantity.numbers import Literal, as_class
from nqparse.quantity.units import Step
from nqparse.rows.columns import Column, Columns
from nqparse.rows.ledger import digits_of, in_order, left_over, unclassed
from nqparse.rows.row import (
    UNLABELLED,
    Row,
    RowMeasure,
    RowReading,
    head_with,
    joined,
    of_cell,
    plain_name,
    rank,
    rank_of,
    shifted,
    states,
)
from nqparse.rows.values import UnitReader, bounded, cell_measures, cell_numbers
from nqparse.syntax.tokens import Tokens, tokenize

_LONG_NAME, _PROSE = 8, 9
_MINUS = ("-", "–", "−")
_WORD = regex.compile(r"\p{L}+")


class TableReader:
    """Reads the rows of one table, whose columns are known; ``unit_above`` and ``caption`` are those of lines above,
    ``heads`` the cells of its headings."""

    def __init__(
        self,
        table: Table,
        pack: Pack,
        columns: Columns,
        guard: Guard,
        *,
        unit_above: str = "",
        caption: Name = (),
        heads: Sequence[Name] = (),
    ) -> None:
        self.table = table
        self.pack = pack
        self.guard = guard
        self.columns = columns
        self.unit_above = unit_above
        self.caption = caption
        self.heads = heads
        self._titles: dict[tuple[tuple[str, str], ...], Name] = {}
        self.units = UnitReader(pack)
        self.repeated = self._repeated(columns.columns)

    def read(self, rows: Rows, block: Block, at: int) -> tuple[Rows, RowReading]:
        """The measures of the row that block number ``at`` is, under ``rows``; and what is in force below it."""
        if rows.at in self.table.heads:
            numbers = as_class(cell_numbers(block.text, self.pack), "marker", "table-header")
            return rows._replace(at=rows.at + 1), RowReading((), numbers)
        row = self._row(rows, block, at)
        measures = tuple(self._measures(row))
        below = self._below(row, bool(measures))
        return below, RowReading(measures, in_order([*row.literals, *left_over(block, row.literals)]))

    def read_plainly(self, rows: Rows, block: Block, at: int) -> tuple[Rows, RowReading]:
        """A row that ``read`` fails at: its values under the words of its name's cell, and nothing else of it."""
        cells = self._cells(block, self.columns.columns)
        name = next((c for c, col in cells if col.what == "name"), Cell(0, 0, ""))
        unit = next((c.text for c, col in cells if col.what == "unit"), "")
        values = [(c, col) for c, col in cells if col.what == "value"]
        row = Row(
            RowName(),
            "",
            UNLABELLED,
            name.text,
            unit,
            None,
            values,
            [],
            None,
            rows,
            at,
            printed(name.text, name.start, at),
        )
        measures = [
            RowMeasure(one, None, column.role, column.period, rows.group, column.change)
            for cell, column in values
            for one in self._in_plain_cell(row, cell, column)
        ]
        numbers = in_order([*row.literals, *unclassed(block, row.literals)])
        return rows._replace(at=rows.at + 1), RowReading(measures, numbers)

    def _repeated(self, columns: Sequence[Column]) -> frozenset[str]:
        """The names that stand in several rows: they need their parents to be told apart."""
        at = next((n for n, column in enumerate(columns) if column.what == "name"), 0)
        seen = Counter(plain_name(row.texts()[at]) for row in self.table.rows if len(row.cells) > at)
        return frozenset(text for text, times in seen.items() if times > 1)

    # -- the parts of a row -------------------------------------------------------------------------------------------

    def _row(self, rows: Rows, block: Block, at: int) -> Row:
        cells = self._cells(block, self.columns.columns)
        label_cell = next((c for c, col in cells if col.what == "label"), None)
        name_cell = next((c for c, col in cells if col.what == "name"), None)
        if name_cell is None:
            name_cell, label_cell = next((c for c, col in cells if col.what in ("label", "group")), None), None
        group = next((c.text for c, col in cells if col.what == "group" and c is not name_cell), None)
        if group:
            rows = rows._replace(group=group, group_rank=-1)
        read = read_row_name(name_cell.text, self.pack) if name_cell else RowName()
        label = label_cell.text.strip(" .)(") if label_cell and is_label(label_cell.text) else ""
        label = label or read.label or read.bullet
        row = Row(
            read=read,
            label=label,
            rank=rank_of(read, label, rows),
            name=read.name,
            unit=next((c.text for c, col in cells if col.what == "unit"), "") or read.unit,
            name_cell=name_cell,
            values=[(c, col) for c, col in cells if col.what == "value"],
            notes=[(c, col) for c, col in cells if col.what in ("other", "group") and c is not name_cell],
            years=read.years,
            above=rows,
            at=at,
            pieces=kept(of_cell(name_cell, at), read.name) if read.name else (),
        )
        if label_cell is not None:
            row.literals += digits_of(label_cell, "marker", "table-label")
        for cell in (c for c, col in cells if col.what == "unit"):
            row.literals += digits_of(cell, "denominator", "table-unit")
        self._under(row)
        return row

    def _cells(self, block: Block, columns: Sequence[Column]) -> list[tuple[Cell, Column]]:
        """The filled cells with their columns. A row of one cell is a heading among the rows."""
        filled = [(n, cell) for n, cell in enumerate(block.cells) if cell.text]
        if len(block.cells) == 1:
            return [(cell, Column("name")) for _, cell in filled]
        return [(cell, columns[n] if n < len(columns) else Column("other")) for n, cell in filled]

    def _under(self, row: Row) -> None:
        """Take from the row above what this one leaves out: the words that make its name clear, its years, its unit."""
        above = row.above.above
        parent = next((one for one in reversed(above) if one.rank < row.rank), None)
        if self.pack.words("same-as-above").after(list(words_of(row.unit)) or [""], 0) is not None and above:
            row.unit = above[-1].unit
        if parent is None:
            return
        row.unit = row.unit or parent.unit
        row.years = row.years or parent.years
        if parent.name and not self.columns.places and self._needs(row, parent):
            name = parent.name
            if row.read.change is not Change.LEVEL:
                name = self.pack.expression("growth-words").sub("", name).strip() or name
            row.name = f"{name} {row.name}".strip()
            row.pieces = kept(parent.pieces, name) + row.pieces

    def _needs(self, row: Row, parent: RowAbove) -> bool:
        """Whether a row's own words do not say what it measures."""
        words = list(words_of(row.name))
        if not words or row.name_cell is None:
            return False
        generic = self.pack.words("generic-names").after(words, 0)
        if plain_name(row.name_cell.text) in self.repeated or (generic is not None and generic[0] == len(words)):
            return True
        bare = self.pack.words("row-bare").after(words, 0) if row.rank >= UNLABELLED else None
        if bare is not None and bare[0] == len(words):
            return True
        if row.rank <= 20 or len(words) >= _LONG_NAME:
            return False
        if row.read.part and self.pack.words("row-wholes").after(list(words_of(parent.name)), 0) is not None:
            return True
        if self.pack.words("indicator-heads").after(words, 0) is not None or words[:1] == list(
            words_of(parent.name)[:1]
        ):
            return False
        return self.pack.nouns.after(words, 0) is None or ("%" in row.unit and parent.unit in ("", row.unit))

    def _below(self, row: Row, valued: bool) -> Rows:
        """What is in force below a row: it is the group of those below it, or what they are parts of."""
        rows = row.above._replace(at=row.above.at + 1)
        dates = row.read.years is not None and not valued and not row.values
        if (not row.read.name and not dates) or (row.read.part and not valued):
            return rows
        above = tuple(one for one in rows.above if one.rank < row.rank)
        if row.rank <= rows.group_rank:
            rows = rows._replace(group=None, group_rank=-1)
        if dates:
            above = (*above, RowAbove(row.rank, "", "", row.read.years))
        if dates and not row.read.name:
            return rows._replace(above=above)
        if not valued and not row.values and self._heads_others(row):
            return rows._replace(group=row.read.name, group_rank=row.rank, above=above)
        return rows._replace(above=(*above, RowAbove(row.rank, row.name, row.unit, row.years, row.pieces)))

    def _heads_others(self, row: Row) -> bool:
        """Whether a row without values is the title of those below it: they are deeper, with labels of their own."""
        following = row.above.at + 1
        below = next(iter(self.table.rows[following : following + 1]), None)
        texts = [text for text in below.texts() if text] if below is not None else []
        if not texts:
            return False
        label = texts[0].strip(" .)(") if is_label(texts[0]) else read_row_name(texts[0], self.pack).label
        depth = rank(label)
        if depth < UNLABELLED:
            return depth > row.rank
        return row.rank in (0, 10, UNLABELLED)

    # -- measures -----------------------------------------------------------------------------------------------------

    def _measures(self, row: Row) -> Iterator[RowMeasure]:
        group = row.above.group
        for one in self._guarded(row, row.name_cell, self._in_name):
            yield RowMeasure(one, row.shown, None, row.years, group)
        for cell, column in row.values:
            period = column.period
            if period is None and not (column.role is Role.TARGET and self.columns.results):
                period = row.years
            for one in self._guarded(row, cell, partial(self._in_cell, column=column), column):
                yield RowMeasure(one, row.shown, column.role, period, group, column.change)
        for cell, _ in row.notes:
            for one in self._guarded(row, cell, self._in_note):
                yield RowMeasure(one, row.shown, None, row.years, group)

    def _guarded(
        self, row: Row, cell: Cell | None, read: Callable[[Row, Cell], Iterable[Named]], column: Column | None = None
    ) -> list[Named]:
        """The measures of a cell; where reading it fails, those of a value's cell under the row's own name."""
        if cell is None:
            return []
        known = len(row.literals)

        def plainly() -> list[Named]:
            del row.literals[known:]
            if column is None:
                row.literals.extend(digits_of(cell, None, None))
                return []
            return self._in_plain_cell(row, cell, column)

        return self.guard.or_do(plainly, lambda: list(read(row, cell)))

    def _in_plain_cell(self, row: Row, cell: Cell, column: Column) -> list[Named]:
        """The measures of a value's cell, with the unit of its row or its column, under the row's name."""
        found, numbers = cell_measures(cell.text, column, self.pack)
        row.literals += [Literal(n.start + cell.start, n.end + cell.start, n.class_, n.rule) for n in numbers.literals]
        unit = row.unit or column.unit or self.columns.unit or self.unit_above
        name, pieces = (row.name, row.pieces) if row.name else (column.title or UNKNOWN, self._title(column))
        step = Step("rule-failed", f"name {name}")
        return [Named(self.units.given(measure, unit, cell.start, step), name, pieces=pieces) for measure in found]

    def _in_name(self, row: Row, cell: Cell) -> list[Named]:
        """The measures that the cell with the name states itself; the row is then named by what they measure."""
        if not any(c.isdigit() for c in cell.text):
            return []
        numbers = cell_numbers(cell.text, self.pack)
        named: list[Named] = []
        if numbers.values:
            tokens = tokenize(cell.text)
            named = name_measures(
                tokens, read_measures(tokens, numbers, self.pack, self.guard), self.pack, guard=self.guard
            )
            named[:1] = [self._whole(one, tokens) for one in named[:1]]
        stated_here = [one for one in named if one.measure.unit]
        stated = {place for one in stated_here for place in range(one.measure.start, one.measure.end)}
        for n in numbers.literals:
            other = ("name", "table-name") if n.class_ is None and n.start not in stated else (n.class_, n.rule)
            row.literals.append(Literal(n.start + cell.start, n.end + cell.start, *other))
        own, pieces = row.name, row.pieces
        stating = [one for one in stated_here if states(one)]
        if stating and stating[0] is stated_here[0]:
            row.name, row.pieces = self._stated_name(row, cell, stating)
        return [
            shifted(one._replace(name=own, pieces=pieces) if one.inside and own else one, cell.start, row.at)
            for one in stated_here
        ]

    def _whole(self, one: Named, tokens: Tokens) -> Named:
        """A row is one indicator from its first word on: no comma in it begins another, as it might in a sentence."""
        measure = one.measure
        left = tokens.text[: tokens.starts[measure.lead]]
        if one.inside or not measure.link or not left or one.clause[0] > 0:
            return one
        name = read_row_name(left, self.pack).name
        return one._replace(name=name, pieces=kept(printed(left), name)) if name.endswith(one.name) else one

    def _stated_name(self, row: Row, cell: Cell, named: Sequence[Named]) -> tuple[str, Name]:
        """The name for the columns of a row whose name states measures: of all of the same unit, else of the first."""
        head = cell.text[: named[0].measure.start]
        if ";" in head:
            name = read_row_name(head.split(";")[0].replace("%", ""), self.pack).name
            return (name, kept(of_cell(cell, row.at), name)) if name else (row.name, row.pieces)
        unit = self.units.read(row.unit).unit
        alike: dict[tuple[int, int], Named] = {}
        for one in named:
            if one.measure.unit == unit and not one.inside:
                alike.setdefault(one.clause, one)
        names = {one.name: one.pieces for one in alike.values()} or {named[0].name: named[0].pieces}
        pieces = tuple(piece for one in names.values() for piece in placed(one, row.at, cell.start))
        return ("; ".join(names), pieces) if any(names) else (row.name, row.pieces)

    def _in_cell(self, row: Row, cell: Cell, column: Column) -> Iterator[Named]:
        """The measures of a value's cell."""
        unit = column.unit if column.unit and (column.change or column.ratio or not row.unit) else row.unit
        if "%" in (unit or self.columns.unit or self.unit_above):  # a share of thousands of percent is none
            column = replace(column, thousands=False)
        found, numbers = cell_measures(cell.text, column, self.pack)
        row.literals += [Literal(n.start + cell.start, n.end + cell.start, n.class_, n.rule) for n in numbers.literals]
        if not found:
            return
        columns = self.columns
        name, pieces = self._full_name(row, column)
        if len(_WORD.findall(cell.text)) >= _PROSE:
            tokens = tokenize(cell.text)
            for one in name_measures(tokens, found, self.pack, parent=Parent(pieces), guard=self.guard):
                yield shifted(one, cell.start, row.at)
            return
        step = Step("table-row", f"name {name}")
        for measure in found:
            negative = cell.text[: measure.start].strip().endswith(_MINUS)
            measure = self.units.given(measure, unit or columns.unit or self.unit_above, cell.start, step)
            measure = self._changed(measure, negative, row, column)
            if column.basis is not None and measure.basis is None:
                measure = measure.but(Step("column-basis", f"basis {column.basis}"), basis=column.basis)
            if row.read.bound is not None and measure.bound is Bound.EXACT:
                measure = bounded(measure, row.read.bound)
            yield Named(measure, name, pieces=pieces)

    def _changed(self, measure: Measure, negative: bool, row: Row, column: Column) -> Measure:
        """What the column, the row's name or its unit say of growth, and what a minus means."""
        if column.change:
            change = Change.DECREASE if negative or measure.change is Change.DECREASE else Change.INCREASE
            return measure.but(Step("column-of-change", f"change {change}"), change=change)
        if negative and measure.low is not None and measure.high is not None:
            measure = measure.but(Step("minus", "below nought"), low=minus(measure.low), high=minus(measure.high))
        if measure.change is not Change.LEVEL or column.ratio:
            return measure
        if row.read.change is not Change.LEVEL:
            step = Step("row-ends-in-change", f"change {row.read.change}")
            return measure.but(step, change=row.read.change, basis=measure.basis or row.read.basis)
        rate = self.pack.words("rates").after(list(words_of(row.name)), 0) is not None
        if measure.unit == "%" and measure.per == self.pack.per("per-year") and not rate:
            return measure.but(Step("growth-a-year", "change increase"), change=Change.INCREASE)
        return measure

    def _in_note(self, row: Row, cell: Cell) -> Iterator[Named]:
        """The measures that a remark states in full, with a unit; its other numbers are no measures."""
        if not any(c.isdigit() for c in cell.text):
            return
        numbers = cell_numbers(cell.text, self.pack)
        noted: list[Named] = []
        if numbers.values:
            tokens = tokenize(cell.text)
            measures = read_measures(tokens, numbers, self.pack, self.guard)
            named = name_measures(tokens, measures, self.pack, parent=Parent(row.pieces), guard=self.guard)
            noted = [one for one in named if one.measure.family in ("share", "money", "physical")]
        stated = {place for one in noted for place in range(one.measure.start, one.measure.end)}
        for n in numbers.literals:
            other = ("other", "table-note") if n.class_ is None and n.start not in stated else (n.class_, n.rule)
            row.literals.append(Literal(n.start + cell.start, n.end + cell.start, *other))
        for one in noted:
            clear = len(words_of(one.name)) > 2
            yield shifted(one if clear else one._replace(name=row.name, pieces=row.pieces), cell.start, row.at)

    def _full_name(self, row: Row, column: Column) -> tuple[str, Name]:
        """The row's name with the indicator that its column's heading, or the line above the table, names."""
        title = column.title, self._title(column)
        own = row.name, row.pieces
        if not column.title and self.caption and self.columns.places and row.name:
            return joined((text_of(self.caption), self.caption), own)
        words = list(words_of(column.title))
        first = self.columns.places or self.pack.words("indicator-heads").after(words, 0) is not None
        return joined(title, own) if first else joined(own, title)

    def _title(self, column: Column) -> Name:
        """What a column's title consists of."""
        if column.parts not in self._titles:
            found = (kept(head_with(self.heads, printed_as), said) for printed_as, said in column.parts)
            self._titles[column.parts] = tuple(piece for part in found for piece in part)
        return self._titles[column.parts]
