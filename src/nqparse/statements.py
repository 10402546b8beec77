"""Named measures → statements in context: role, period, label, group, and whether a list of indicators has them."""

import unicodedata
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from nqparse.context.ancestors import Standing
from nqparse.context.periods import Periods
from nqparse.context.role_evidence import RoleCase
from nqparse.context.roles import Roles
from nqparse.layout.blocks import Block, BlockKind
from nqparse.models import Change, Role, SectionRole
from nqparse.naming.named import Named, Parent
from nqparse.naming.naming import name_measures
from nqparse.outline.head import Head
from nqparse.outline.sections import Tree
from nqparse.outline.titles import role_of
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure, ends_proper_name, read_measures
from nqparse.quantity.numbers import BlockNumbers, as_class
from nqparse.quantity.units import Step
from nqparse.rows.reader import TableReader
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens, tokenize

_NEAR = 160
_LONGEST_CAPTION = 140
_RECENT = 500
_NO_TOKENS = tokenize("")


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure with all that its words and its place say of it. Offsets are those of its block's text."""

    block: int
    measure: Measure
    name: str
    start: int
    end: int
    role: Role
    label: str | None
    group: str | None
    period: Years | None
    core: bool
    section: int | None


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of a stretch of blocks in reading order, and the numbers of each of its blocks, the first of which
    is the document's block ``first``, with the classes that the tables settled."""

    statements: tuple[Statement, ...]
    numbers: tuple[BlockNumbers, ...]
    first: int = 0


def references(text: str, pack: Pack) -> dict[str, list[int]]:
    """The footnote marks in running text: the places of each number's marks, in order."""
    found: dict[str, list[int]] = {}
    for match in pack.expression("note-reference").finditer(text):
        found.setdefault(note_number(match.group()), []).append(match.start())
    return found


def note_number(mark: str) -> str:
    """The number of a footnote's mark.

    >>> note_number("¹²"), note_number("[3]"), note_number("<sup>3</sup>")
    ('12', '3', '3')
    """
    return "".join(str(unicodedata.digit(c)) for c in mark if c.isdigit())


class Stater:
    """Names the measures and puts them in context: of the whole document, or of one stretch of it after the other.

    It goes over the blocks once, keeping what rows and bullets stand under.
    """

    def __init__(
        self, text: str, blocks: Sequence[Block], numbers: Sequence[BlockNumbers], tree: Tree, head: Head, pack: Pack
    ) -> None:
        self.blocks = blocks
        self.numbers = numbers
        self.tree = tree
        self.head = head
        self.pack = pack
        self.settled: dict[int, BlockNumbers] = {}
        self.out: list[Statement] = []
        self.recent: deque[Statement] = deque(maxlen=_RECENT)
        self.tables: dict[int, TableReader] = {}
        self.standing = Standing(tree, pack)
        self.text = text
        self.items: tuple[int, list[tuple[int, str]]] = (-1, [])
        self.roles = Roles(tree, head, pack)
        self.periods = Periods(tree, head, pack)

    def read(self, stretch: range) -> Stated:
        """The statements of the next stretch of blocks."""
        for at in stretch:
            block = self.blocks[at]
            if block.kind is BlockKind.ROW:
                self._row(at, block)
            elif at >= self.tree.closed and self.tree.of_block[at] is None:
                self.settled[at] = as_class(self.numbers[at], "signature", "closing")
            elif block.kind is not BlockKind.FURNITURE:
                self._prose(at, block)
        statements, numbers = tuple(self.out), tuple(self.settled.get(at) or self.numbers[at] for at in stretch)
        self.out.clear()
        self.settled.clear()
        return Stated(statements, numbers, stretch.start)

    def _add(self, statement: Statement) -> None:
        self.out.append(statement)
        self.recent.append(statement)

    # -- table rows -------------------------------------------------------------------------------------------------

    def _row(self, at: int, block: Block) -> None:
        if block.table is None:
            return
        reader = self.tables.get(id(block.table))
        if reader is None:
            reader = self.tables[id(block.table)] = TableReader(
                block.table, self.pack, self._unit_over(at), self._caption_over(at)
            )
        reading = reader.read(block)
        self.settled[at] = reading.numbers
        if not reading.measures:
            return
        section = self.tree.of_block[at]
        core = self._table_core(section)
        for row in reading.measures:
            measure = row.named.measure
            if not row.compared:
                measure = self._settled(row.named)
            place = self.roles.place_of_row(section, row.period)
            case = RoleCase(_NO_TOKENS, row.named, measure, place, self.pack, in_table=True, column=row.role)
            role, measure = self.roles.decide(case)
            period = row.period or self.periods.inherited(at)
            name, measure = self._cleaned(row.named.name, measure)
            group = row.group or self._group(section)
            self._add(Statement(at, measure, name, 0, len(block.text), role, row.label, group, period, core, section))

    def _unit_over(self, at: int) -> str:
        """The unit that a line right above a table gives for all of it."""
        for block in reversed(self.blocks[max(0, at - 4) : at]):
            if block.kind is BlockKind.ROW:
                break
            found = self.pack.expression("unit-above").search(block.text) if len(block.text) < 120 else None
            if found is not None:
                return str(found.group("unit")).strip(" .)*")
        return ""

    def _caption_over(self, at: int) -> str:
        """The measure that the line right above a table names for all of it; empty if it names none."""
        for block in reversed(self.blocks[max(0, at - 3) : at]):
            if block.kind is BlockKind.ROW:
                break
            name = self.pack.expression("caption-number").sub("", block.text)
            if len(name) < _LONGEST_CAPTION and (measured := self.standing.measured(name)):
                return measured
        return ""

    def _table_core(self, section: int | None) -> bool:
        role = self.tree.sections[section].role if section is not None else None
        return role not in (SectionRole.TASKS, SectionRole.IMPLEMENTATION)

    # -- prose, bullets, footnotes ----------------------------------------------------------------------------------

    def _prose(self, at: int, block: Block) -> None:
        section = self.tree.of_block[at]
        self.standing.enter(section)
        numbers = self.numbers[at]
        rank = self.standing.rank(at, block)
        self.periods.leads_in(block, lists=not numbers.values)
        self.roles.hear(block.text, section)
        if not numbers.values:
            self.standing.heading(rank, block.text)
            return
        tokens = tokenize(block.text)
        body = self._body(at, block, section)
        parent = self._noted(block) if block.kind is BlockKind.NOTE else self.standing.parent(rank)
        if block.marker is not None and body > block.marker.end:
            parent = parent._replace(heading=(self._title(section) or "").strip(" :"))
        measures = read_measures(tokens, numbers, self.pack)
        marks = {one.start for one in measures if ends_proper_name(tokens, one, self.pack)}
        if marks:
            measures = [one for one in measures if one.start not in marks]
            self.settled[at] = as_class(numbers, "name", "proper-name", marks)
        named = name_measures(tokens, measures, self.pack, body=tokens.at(body), parent=parent)
        first: Statement | None = None
        for one in named:
            if self._says_nothing(one):
                continue
            statement = self._statement(at, block, tokens, one, section)
            self._add(statement)
            first = first or statement
        if first is not None:
            self.standing.measure(rank, first.name, first.measure.unit)
            if rank == 0 and self._divides(tokens):
                self.standing.measure(1, self.recent[-1].name, self.recent[-1].measure.unit)

    def _divides(self, tokens: Tokens) -> bool:
        """Whether a paragraph ends in "gồm:", after which bullets divide the quantity that it stated last."""
        words = tokens.words
        return words[-1] == ":" and self.pack.words("sub-openers").before(words, len(words) - 1) is not None

    def _body(self, at: int, block: Block, section: int | None) -> int:
        """Where the text of a block begins: after its marker and, where no value stands in it, its title."""
        body = block.marker.end if block.marker is not None else 0
        span = self.tree.sections[section] if section is not None else None
        if span is None or span.first != at or not span.title or self.numbers[at].values[0] < span.body:
            return body
        return max(body, min(span.body, len(block.text)))

    def _noted(self, block: Block) -> Parent:
        """What a footnote is a note to: the measure that stands right before its mark in the text."""
        place = block.origin(0)
        printed = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        number = note_number(printed)
        marks = self._references.get(number, [])
        before = bisect_left(marks, place - len(printed)) - 1
        if before < 0:
            return Parent()
        for statement in reversed(self.recent):
            end = self.blocks[statement.block].origin(statement.measure.end - 1)
            if end < marks[before]:
                return Parent(topic=statement.name, note=True) if marks[before] - end < _NEAR else Parent()
        return Parent()

    @cached_property
    def _references(self) -> dict[str, list[int]]:
        return references(self.text, self.pack)

    def _statement(self, at: int, block: Block, tokens: Tokens, named: Named, section: int | None) -> Statement:
        measure = self._settled(named)
        start, end = self._clause(block, tokens, named)
        name, measure = self._cleaned(named.name, measure)
        period = self.periods.of(at, block, tokens, named)
        place = self.roles.place(section, period, self.roles.told(tokens, named, section))
        role, measure = self.roles.decide(RoleCase(tokens, named, measure, place, self.pack))
        core = self._core(at, block, section)
        label = self._label(at, block, measure, core or (role is Role.TARGET and self._lists(at, block, section)))
        return Statement(at, measure, name, start, end, role, label, self._group(section), period, core, section)

    def _says_nothing(self, named: Named) -> bool:
        """A number without a unit and without words of its own is no measure that anybody could use."""
        return not named.measure.unit and not named.prefix and not named.rest and (named.inherited or not named.name)

    def _settled(self, named: Named) -> Measure:
        """Growth as the indicator itself is a level, and a rate's denominator may stand in its name."""
        measure, name = named.measure, named.name
        grows = self.pack.expression("growth-noun").match(name) is not None
        goes_on = named.inherited and measure.basis is not None
        own = named.prefix and self.pack.expression("growth-noun").match(named.prefix) is None
        if measure.change is Change.INCREASE and grows and not goes_on and not own:
            measure = measure.but(Step("growth-noun", "change level"), change=Change.LEVEL)
        if measure.per is None and measure.family != "share":
            found = self.pack.expression("per-in-name").search(name)
            if found is not None:
                known = self.pack.denominators.after(words_of(found.group("per")), 0)
                per = known[1].per if known is not None else found.group("per").lower()
                measure = measure.but(Step("per-in-name", f"per {per}"), per=per)
        if measure.per is None and (grows or measure.family != "share" or measure.change is not Change.LEVEL):
            found = self.pack.expression("yearly-in-name").search(named.prefix)
            if found is not None:
                measure = measure.but(Step("yearly-in-name", "per năm"), per=found.group("per").lower())
        every_year = measure.per == "năm" and any(step.rule == "average-a-year" for step in measure.steps)
        level_share = measure.family == "share" and measure.change is Change.LEVEL
        if every_year and level_share and not grows:
            measure = measure.but(Step("share-of-every-year", "per none"), per=None)
        return measure

    def _cleaned(self, name: str, measure: Measure) -> tuple[str, Measure]:
        name = self.pack.expression("assigned-by").sub("", " ".join(name.split())).strip(" ,;:.-–")
        return name or "?", measure

    def _clause(self, block: Block, tokens: Tokens, named: Named) -> tuple[int, int]:
        first, last = named.clause
        if (block.kind is BlockKind.BULLET and len(block.text) <= 300) or last <= first:
            return 0, len(block.text)
        start = min(tokens.starts[first], named.measure.start)
        return start, max(tokens.ends[last - 1], named.measure.end)

    # -- label, group, core -----------------------------------------------------------------------------------------

    def _label(self, at: int, block: Block, measure: Measure, listed: bool) -> str | None:
        if block.kind is BlockKind.NOTE:
            return None
        label = None
        if block.marker is not None and (at in self.tree.rows or self._is_item(block)):
            stands_alone = self.tree.of_block[at] is None and self._is_item(block)
            label = block.marker.label if listed or stands_alone or at in self.tree.rows else None
        if not listed:
            return label
        items = self._items(at, block)
        before = bisect_left(items, (measure.start, "")) - 1
        return items[before][1] if before >= 0 else label

    def _items(self, at: int, block: Block) -> list[tuple[int, str]]:
        """The markers of items within a paragraph, "(5)", with their places."""
        if self.items[0] != at:
            found = (n for n in self.numbers[at].literals if n.rule == "item-marker")
            self.items = (at, [(n.start, block.text[n.start : n.end]) for n in found])
        return self.items[1]

    def _is_item(self, block: Block) -> bool:
        return block.marker is not None and all(r.rule.id == "marker-item" for r in block.marker.readings)

    def _lists(self, at: int, block: Block, section: int | None) -> bool:
        """Whether a block may list indicators: it stands among goals, or in no section and has several items."""
        if section is None:
            return len(self._items(at, block)) > 1
        return self.tree.sections[section].role is SectionRole.GOALS

    def _group(self, section: int | None) -> str | None:
        while section is not None:
            span = self.tree.sections[section]
            if span.role is SectionRole.TARGETS:
                return span.title
            section = span.parent
        return None

    def _core(self, at: int, block: Block, section: int | None) -> bool:
        if block.kind is BlockKind.NOTE:
            return False
        context = self.tree.context[at]
        if context is not None and context.role is not None:
            return context.role is SectionRole.TARGETS
        if section is None:
            return self._context_core(at) or (context is None and self._is_list())
        role = self.tree.sections[section].role
        if role is SectionRole.GOALS:
            return block.kind is BlockKind.BULLET or at in self.tree.rows
        return role is SectionRole.TARGETS

    def _is_list(self) -> bool:
        """Whether the document's title says that the whole of it lists indicators ("Một số chỉ tiêu chủ yếu …")."""
        return self.head.title is not None and role_of(self.head.title, self.pack)[0] is SectionRole.TARGETS

    def _context_core(self, at: int) -> bool:
        context = self.tree.context[at]
        return context is not None and self.pack.expression("says-indicators").search(context.title) is not None

    def _title(self, section: int | None) -> str | None:
        return self.tree.sections[section].title if section is not None else None
