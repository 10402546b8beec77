"""What speaks for the years that a measure is for: its clause, its sentence, the lines and titles above it, its act.

Each source of years is found when it is first asked for. The features are named here; ``patterns/periods.toml`` has the
ordered list of decisions over them.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from nqparse.context.movements import movement
from nqparse.context.scope import Scope
from nqparse.layout.blocks import Block
from nqparse.models import DocType, Role, SectionRole
from nqparse.naming.named import Named
from nqparse.packs.finding import Match
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens

if TYPE_CHECKING:
    from nqparse.context.periods import Periods

_FAR = 1200
_LEADS = 120
_PLANS = (DocType.PLAN, DocType.PROGRAM, DocType.DECISION, DocType.RESOLUTION, DocType.DIRECTIVE)


class PeriodCase:
    """One measure whose years are asked for, in block ``at``; ``row`` are those that its table's column or row gives.

    ``left`` is what stands before the number in its clause, ``before`` the part of that before a movement that the
    number ends, ``after`` what stands behind the measure.
    """

    def __init__(
        self, periods: "Periods", scope: Scope, at: int, block: Block, tokens: Tokens, named: Named,
        *, in_table: bool = False, row: Years | None = None,
    ) -> None:  # fmt: skip
        self.periods, self.scope, self.at, self.block, self.named = periods, scope, at, block, named
        self.in_table = in_table
        self.rules = frozenset(step.rule for step in named.measure.steps)
        self._known: dict[str, Years | None] = {"row": row, "none": None}
        self._tokens = tokens

    @cached_property
    def start(self) -> int:
        """Where the clause begins."""
        first, starts = self.named.clause[0], self._tokens.starts
        return starts[first] if first < len(starts) else 0

    @cached_property
    def left(self) -> str:
        return self.block.text[self.start : self.named.measure.start]

    @cached_property
    def after(self) -> str:
        end, last = self._end, self.named.clause[1]
        return self.block.text[end : self._tokens.ends[last - 1] if last else end]

    @cached_property
    def side(self) -> Match | None:
        return movement(self.left, self.periods.pack)

    @cached_property
    def before(self) -> str:
        return self.left[: self.side.start()] if self.side is not None and self.side.group("end") else self.left

    @property
    def _end(self) -> int:
        measure = self.named.measure
        return self._tokens.ends[measure.tail - 1] if "times-of" in self.rules else measure.end

    @property
    def says_now(self) -> bool:
        """Whether the clause says that there is now what it counts."""
        return self.periods.pack.expression("says-now").search(self.left) is not None

    @property
    def is_plan(self) -> bool:
        return self.periods.head.doc_type in _PLANS

    @property
    def tells_of_results(self) -> bool:
        """Whether a section around the block gives an account of the situation."""
        tree, section = self.periods.tree, self.periods.tree.of_block[self.at]
        while section is not None:
            if tree.sections[section].role is SectionRole.SITUATION:
                return True
            section = tree.sections[section].parent
        return False

    def years(self, source: str) -> Years | None:
        """The years that a source gives."""
        if source not in self._known:
            self._known[source] = SOURCES[source](self)
        return self._known[source]

    def inherited(self) -> Years | None:
        """The years of the lead-in or the titles that the block is under, else the document's own."""
        return next((found for one in _ABOVE if (found := self.years(one)) is not None), None)

    def compared(self) -> Years | None:
        """The year that a level is of with which another is compared ("so với 45 % năm 2020")."""
        dated = self.periods.period.search(self.after[:_LEADS])
        return self.periods.within(dated.group()) if dated is not None else None

    def moved(self) -> Years | None:
        """The year of the end of a movement that the number is."""
        if self.side is None:
            return None
        return self.periods.moved(self.side, self.block.text, self.named.measure.start)

    def year_before(self) -> Years | None:
        """The year before the one that the place gives."""
        found = self.inherited()
        return (found[0] - 1, found[0] - 1) if found is not None and found[0] == found[1] else None


_ABOVE = ("lead-in", "heading", "section", "document")

SOURCES: dict[str, Callable[[PeriodCase], Years | None]] = {
    # the clause and its sentence
    "compared": PeriodCase.compared,
    "left": lambda case: case.periods.within(case.left),
    "clause": lambda case: case.periods.within(case.before),
    "closing": lambda case: case.periods.closing(case.block.text, case.named.measure.start, case.named.measure.end),
    "right": lambda case: case.periods.right_after(case.after),
    "reached": lambda case: case.periods.reached_by(case.after),
    "bracket": lambda case: case.periods.before_the_bracket(case.block.text, case.named.measure.start),
    "movement": PeriodCase.moved,
    "term": lambda case: case.periods.of_term(case.block.text[: case.named.measure.start]),
    "sentence": lambda case: case.periods.said(case.block.text, case.start + len(case.before)),
    "behind": lambda case: case.periods.behind(case.after),
    "stage": lambda case: case.periods.of_stage(case.block.text[case.named.measure.end :][:_FAR]),
    # what is above it
    "lead-in": lambda case: case.scope.lead_in.years if case.scope.lead_in is not None else None,
    "heading": lambda case: case.periods.of_heading(case.at),
    "section": lambda case: case.periods.of_section(case.at),
    "document": lambda case: case.periods.head.period,
    "above": PeriodCase.inherited,
    "year-before": PeriodCase.year_before,
}
"""Where years may be printed, by the name that decisions take them by; "row" is the table's row or column."""

TAKES = (*SOURCES, "row", "none")


def _dated(source: str) -> Callable[[PeriodCase], bool]:
    return lambda case: case.years(source) is not None


FEATURES: dict[str, Callable[[PeriodCase], bool]] = {
    **{f"{source}.dated": _dated(source) for source in (*SOURCES, "row") if source != "above"},
    # the number
    "in-table": lambda case: case.in_table,
    "in-bracket": lambda case: case.named.inside,
    "compared-level": lambda case: "compared-level" in case.rules,
    "plan-in-bracket": lambda case: (
        case.named.inside and case.named.measure.role is Role.TARGET and "plan-before-bracket" not in case.rules
    ),
    # its clause
    "left.says-since": lambda case: case.periods.since.search(case.left, max(0, len(case.left) - _FAR)) is not None,
    "left.says-now": lambda case: case.says_now,
    "left.says-same-period": lambda case: (
        case.periods.pack.expression("same-period-before").search(case.left) is not None
    ),
    # its place
    "place.of-results": lambda case: case.tells_of_results,
    "act.plans": lambda case: case.is_plan,
}
"""Each feature that speaks for or against a source of years, by its name."""


def printed(years: Years | None) -> str:
    """Years as they are shown.

    >>> printed((2021, 2025)), printed((2024, 2024)), printed(None)
    ('2021-2025', '2024', 'none')
    """
    if years is None:
        return "none"
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"
