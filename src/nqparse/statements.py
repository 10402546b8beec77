"""Named measures → statements in context: role, period, label, group, and whether a list of indicators has them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from nqparse.context.ancestors import Ancestors
from nqparse.context.lead_ins import LeadIns
from nqparse.context.membership import Member, Membership
from nqparse.context.notes import note_number, references
from nqparse.context.period_evidence import PeriodCase
from nqparse.context.periods import Periods
from nqparse.context.role_evidence import RoleCase
from nqparse.context.roles import Roles
from nqparse.context.scope import Antecedent, Scope
from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.tables import Table
from nqparse.models import Change, Role
from nqparse.naming.named import Named, Parent
from nqparse.naming.names import Name, kept, placed, text_of
from nqparse.naming.naming import name_measures
from nqparse.naming.plain import UNKNOWN
from nqparse.outline.acts import Act
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure, ends_proper_name, read_measures, storable
from nqparse.quantity.numbers import TOO_LARGE, BlockNumbers, as_class, unexplained
from nqparse.quantity.units import Step
from nqparse.rows.around import caption_over, head_cells, unit_over
from nqparse.rows.columns import columns_of, plain_columns
from nqparse.rows.reader import TableReader
from nqparse.rows.row import RowMeasure, RowReading
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens, tokenize

_NEAR = 160
_RECENT = 500
_NO_TOKENS = tokenize("")


@dataclass(frozen=True, slots=True)
class Statement:
    """A measure with all that its words and its place say of it. Offsets are those of its block's text.

    ``pieces`` are what its name consists of, each with the block that it stands in.
    """

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
    pieces: Name = ()


class BlockReading(NamedTuple):
    """The statements of one block, and its numbers with the classes that were settled."""

    statements: Sequence[Statement]
    numbers: BlockNumbers


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of a stretch of blocks in reading order, and the numbers of each of its blocks, the first of which
    is the document's block ``first``, with the classes that the tables settled."""

    statements: tuple[Statement, ...]
    numbers: tuple[BlockNumbers, ...]
    first: int = 0


class Stater:
    """Names the measures of a document and puts them in context, block by block.

    ``read`` takes the scope in which a block begins and gives the one after it; whatever else is kept here follows from
    the document as a whole.
    """

    def __init__(
        self,
        text: str,
        blocks: Sequence[Block],
        numbers: Sequence[BlockNumbers],
        tree: Tree,
        pack: Pack,
        guard: Guard = RAISING,
    ) -> None:
        self.blocks = blocks
        self.numbers = numbers
        self.tree = tree
        self.pack = pack
        self.guard = guard
        self.ancestors = Ancestors(tree, blocks, pack)
        self.text = text
        self.table: TableReader | None = None
        self._enter(tree.act_of(0))

    def read_stretch(self, scope: Scope, stretch: range) -> tuple[Scope, Stated]:
        """The statements of a stretch of blocks that begins in ``scope``, and the scope after it."""
        statements: list[Statement] = []
        numbers: list[BlockNumbers] = []
        for at in stretch:
            scope, found = self.read(scope, at)
            found = _storable(found)
            statements += found.statements
            numbers.append(found.numbers)
        return scope, Stated(tuple(statements), tuple(numbers), stretch.start)

    def read(self, scope: Scope, at: int) -> tuple[Scope, BlockReading]:
        """The statements of block ``at``, which begins in ``scope``, and the scope after it.

        A block that cannot be read has its numbers, and leaves the scope of before.
        """
        block = self.blocks[at]
        self.guard.place = block
        if (act := self.tree.act_of(at)) is not self.act:
            self._enter(act)
        if at and at == act.start:
            scope = Scope()
        if block.kind is BlockKind.ROW:
            return self._row(scope, at, block)
        if self.tree.is_signature(at):
            return scope, BlockReading((), as_class(self.numbers[at], "signature", "closing"))
        if block.kind is BlockKind.FURNITURE:
            return scope, BlockReading((), self.numbers[at])
        scope = self._entered(scope, at, block)
        nothing = (scope, BlockReading((), self.numbers[at]))
        return self.guard.or_else(nothing, self._prose, scope, at, block)

    def _enter(self, act: Act) -> None:
        """Turn to an act: what is planned, and for which years, is read from its own head."""
        self.act, self.head = act, act.head
        self.roles = Roles(self.tree, act.head, self.pack)
        self.periods = Periods(self.tree, act.head, self.pack)
        self.membership = Membership(self.numbers, self.tree, act.head, self.pack)
        self.lead_ins = LeadIns(self.tree, self.periods, self.pack)

    def _past(self, scope: Scope, statements: Sequence[Statement]) -> Scope:
        """The scope after these statements."""
        if not statements:
            return scope
        found = (
            Antecedent(one.block, one.measure.end, one.pieces, one.measure.unit, one.role)
            for one in statements[-_RECENT:]
        )
        return scope._replace(antecedents=(*scope.antecedents, *found)[-_RECENT:])

    # -- table rows -------------------------------------------------------------------------------------------------

    def _row(self, scope: Scope, at: int, block: Block) -> tuple[Scope, BlockReading]:
        if block.table is None:
            return scope, BlockReading((), self.numbers[at])
        scope = scope.of_table(block.table)
        reader = self._reader(at, block, block.table)
        nothing = (scope.past_row().rows, RowReading((), unexplained(self.numbers[at])))
        rows, reading = self.guard.or_do(
            lambda: self.guard.or_else(nothing, reader.read_plainly, scope.rows, block, at),
            reader.read, scope.rows, block, at,
        )  # fmt: skip
        scope = scope._replace(rows=rows)
        section = self.tree.of_block[at]
        statements = [
            one
            for row in reading.measures
            if (one := self.guard.or_else(None, self._of_row, scope, at, block, section, row)) is not None
        ]
        return self._past(scope, statements), BlockReading(tuple(statements), reading.numbers)

    def _reader(self, at: int, block: Block, table: Table) -> TableReader:
        """What reads the rows of a table; it is kept till another table begins."""
        if self.table is None or self.table.table is not table:
            columns = self.guard.or_do(lambda: plain_columns(table), columns_of, table, self.pack)
            unit = self.guard.or_else("", unit_over, self.blocks, at, self.pack)
            caption: Name = self.guard.or_else((), caption_over, self.blocks, at, self.pack, self.ancestors)
            heads: tuple[Name, ...] = self.guard.or_else((), lambda: tuple(head_cells(self.blocks, at, table)))
            self.table = TableReader(
                table, self.pack, columns, self.guard, unit_above=unit, caption=caption, heads=heads
            )
        return self.table

    def _of_row(self, scope: Scope, at: int, block: Block, section: int | None, row: RowMeasure) -> Statement | None:
        measure = row.named.measure
        if not row.compared:
            measure = self._settled(row.named)
        place = self.roles.place_of_row(section, row.period)
        case = RoleCase(_NO_TOKENS, row.named, measure, place, self.pack, in_table=True, column=row.role)
        role, measure = self.guard.or_else((measure.role or Role.TARGET, measure), self.roles.decide, case)
        timed = PeriodCase(
            self.periods,
            scope,
            at,
            block,
            _NO_TOKENS,
            row.named._replace(measure=measure),
            in_table=True,
            row=row.period,
        )
        period, measure = self.guard.or_else((row.period, measure), self.periods.decide, timed)
        name, measure = self._cleaned(row.named.name, measure)
        core, label, measure = self.membership.of_row(at, block, row.label, measure)
        group, pieces = row.group or self.membership.group(section), kept(placed(row.named.pieces, at), name)
        return Statement(at, measure, name, 0, len(block.text), role, label, group, period, core, section, pieces)

    # -- prose, bullets, footnotes ----------------------------------------------------------------------------------

    def _entered(self, scope: Scope, at: int, block: Block) -> Scope:
        """The scope with what a block of running text says of those after it: its section, years, what it tells of."""
        scope = scope.of_section(self.tree.of_block[at])
        has_values = bool(self.numbers[at].values)
        lead_in = self.guard.or_else(None, lambda: self.lead_ins.of(at, block, scope.lead_in, has_values=has_values))
        if lead_in != scope.lead_in:
            scope = scope._replace(lead_in=lead_in)
        return self.guard.or_else(scope, self.roles.going_on, scope, block.text)

    def _prose(self, scope: Scope, at: int, block: Block) -> tuple[Scope, BlockReading]:
        numbers, guard = self.numbers[at], self.guard
        rank = guard.or_else(0, self.ancestors.rank, scope, at, block)
        if not numbers.values:
            below = guard.or_else(scope, self.ancestors.under_heading, scope, rank, at)
            return below, BlockReading((), numbers)
        tokens = tokenize(block.text)
        measures = read_measures(tokens, numbers, self.pack, guard)
        marks = {one.start for one in measures if guard.or_else(False, ends_proper_name, tokens, one, self.pack)}
        if marks:
            measures = [one for one in measures if one.start not in marks]
            numbers = as_class(numbers, "name", "proper-name", marks)
        body = self._body(at, block, scope.section)
        parent = guard.or_else(Parent(), self._parent, scope, rank, block, body)
        named = name_measures(tokens, measures, self.pack, body=tokens.at(body), parent=parent, guard=guard)
        scope = guard.or_else(scope, self.roles.read_up, scope)
        statements = self._statements(scope, at, block, tokens, named)
        below = self._past(scope, statements)
        if statements:
            below = guard.or_else(below, self._under, below, rank, statements, tokens)
            if below.lead_in is not None or block.text.rstrip().endswith(":"):
                below = below._replace(lead_in=self.lead_ins.dated(block, below.lead_in, statements[-1].period))
        return below, BlockReading(tuple(statements), numbers)

    def _parent(self, scope: Scope, rank: int, block: Block, body: int) -> Parent:
        """What a block belongs to."""
        noted = block.kind is BlockKind.NOTE
        parent = self._noted(scope, block) if noted else self.ancestors.parent(scope, rank)
        if block.marker is not None and body > block.marker.end:
            parent = parent._replace(heading=self._heading(scope.section))
        return parent

    def _statements(
        self, scope: Scope, at: int, block: Block, tokens: Tokens, named: Sequence[Named]
    ) -> list[Statement]:
        """The statements of a block."""
        told = [one for one in named if not self._says_nothing(one)]
        return [self._statement(scope, at, block, tokens, one) for one in told]

    def _under(self, scope: Scope, rank: int, statements: Sequence[Statement], tokens: Tokens) -> Scope:
        """The scope below a block with these statements."""
        first, last = statements[0], statements[-1]
        scope = self.ancestors.under_measure(scope, rank, first.pieces, first.measure.unit)
        if rank == 0 and self._divides(tokens):
            scope = self.ancestors.under_measure(scope, 1, last.pieces, last.measure.unit)
        return scope

    def _divides(self, tokens: Tokens) -> bool:
        """Whether a paragraph ends in "gồm:", after which bullets divide the quantity that it stated last."""
        words = tokens.words
        return words[-1] == ":" and self.pack.words("part-of").before(words, len(words) - 1) is not None

    def _body(self, at: int, block: Block, section: int | None) -> int:
        """Where the text of a block begins: after its marker and, where no value stands in it, its title."""
        body = block.marker.end if block.marker is not None else 0
        if (numbered := self.pack.expression("names-its-number").match(block.text)) is not None:
            body = max(body, numbered.end())
        span = self.tree.sections[section] if section is not None else None
        if span is None or span.first != at or not span.title or self.numbers[at].values[0] < span.body:
            return body
        return max(body, min(span.body, len(block.text)))

    def _noted(self, scope: Scope, block: Block) -> Parent:
        """What a footnote is a note to: the measure right before its mark in the text."""
        place = block.origin(0)
        printed = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        number = note_number(printed)
        marks = self._references.get(number, [])
        before = bisect_left(marks, place - len(printed)) - 1
        if before < 0:
            return Parent()
        for one in reversed(scope.antecedents):
            end = self.blocks[one.block].origin(one.end - 1)
            if end < marks[before]:
                return Parent(topic=one.name, note=True) if marks[before] - end < _NEAR else Parent()
        return Parent()

    @cached_property
    def _references(self) -> dict[str, list[int]]:
        return references(self.text, self.pack)

    def _statement(self, scope: Scope, at: int, block: Block, tokens: Tokens, named: Named) -> Statement:
        guard, section = self.guard, scope.section
        measure = guard.or_else(named.measure, self._settled, named)
        start, end = guard.or_else((0, len(block.text)), self._clause, block, tokens, named)
        name, measure = guard.or_else((named.name or UNKNOWN, measure), self._cleaned, named.name, measure)
        timed = PeriodCase(self.periods, scope, at, block, tokens, named._replace(measure=measure))
        untimed: tuple[Years | None, Measure] = (None, measure)
        period, measure = guard.or_else(untimed, self.periods.decide, timed)
        plain = (measure.role or Role.TARGET, measure)
        role, measure = guard.or_else(plain, self._role, scope, tokens, named, measure, period)
        alone = Member(False, None, measure)
        core, label, measure = guard.or_else(alone, self.membership.of, scope, at, block, measure, role)
        group = guard.or_else(None, self.membership.group, section)
        pieces: Name = guard.or_else((), lambda: kept(placed(named.pieces, at), name))
        return Statement(at, measure, name, start, end, role, label, group, period, core, section, pieces)

    def _role(
        self, scope: Scope, tokens: Tokens, named: Named, measure: Measure, period: Years | None
    ) -> tuple[Role, Measure]:
        """The role of a measure in running text, and the measure with the step that decided it."""
        place = self.roles.place(scope.section, period, self.roles.told(scope, tokens, named))
        return self.roles.decide(RoleCase(tokens, named, measure, place, self.pack))

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
                measure = measure.but(
                    Step("yearly-in-name", f"per {found.group('per').lower()}"), per=found.group("per").lower()
                )
        every_year = measure.per == self.pack.per("per-year") and any(
            step.rule == "average-a-year" for step in measure.steps
        )
        level_share = measure.family == "share" and measure.change is Change.LEVEL
        if every_year and level_share and not grows:
            measure = measure.but(Step("share-of-every-year", "per none"), per=None)
        return measure

    def _cleaned(self, name: str, measure: Measure) -> tuple[str, Measure]:
        name = self.pack.expression("assigned-by").sub("", " ".join(name.split())).strip(" ,;:.-–")
        return name or UNKNOWN, measure

    def _clause(self, block: Block, tokens: Tokens, named: Named) -> tuple[int, int]:
        first, last = named.clause
        if (block.kind is BlockKind.BULLET and len(block.text) <= 300) or last <= first:
            return 0, len(block.text)
        start = min(tokens.starts[first], named.measure.start)
        return start, max(tokens.ends[last - 1], named.measure.end)

    def _heading(self, section: int | None) -> Name:
        title = self.ancestors.title(section)
        return kept(title, text_of(title).strip(" :"))


def _storable(found: BlockReading) -> BlockReading:
    """The reading with values as the tables hold them; numbers that are too large for them are no measures."""
    measures = [storable(one.measure) for one in found.statements]
    if all(fitted is one.measure for fitted, one in zip(measures, found.statements, strict=True)):
        return found
    kept: list[Statement] = []
    large: set[int] = set()
    for fitted, one in zip(measures, found.statements, strict=True):
        if fitted is None:
            span = range(one.measure.start, one.measure.end)
            large |= {number.start for number in found.numbers.literals if number.start in span}
        else:
            kept.append(replace(one, measure=fitted))
    return BlockReading(tuple(kept), as_class(found.numbers, "unexplained", TOO_LARGE, large))
