"""What speaks for a measure's role: its lead, its clause, its table column, its years, and the place that it is in.

The features are named here; ``patterns/roles.toml`` has the ordered list of decisions over them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nqparse.context.movements import movement
from nqparse.models import Role
from nqparse.naming.named import Named
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens

_FAR = 700
_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a measure stands: ``given`` is the role that headings give, ``told`` the one that running text gives.

    ``issued`` is the document's year of issue, ``planned`` the years that it plans for; ``years`` are the measure's.
    """

    given: Role | None = None
    told: Role | None = None
    years: Years | None = None
    issued: int | None = None
    planned: Years | None = None

    @property
    def role(self) -> Role:
        """The role of the place by itself; a target where nothing is said."""
        return self.given or self.told or Role.TARGET


@dataclass(frozen=True, slots=True)
class RoleCase:
    """One measure whose role is asked for.

    ``column`` is the role of its table column.
    """

    tokens: Tokens
    named: Named
    measure: Measure
    place: Place
    pack: Pack
    in_table: bool = False
    column: Role | None = None

    def says(self, rule: str, text: str) -> bool:
        """Whether an expression of the pack occurs in a text."""
        return self.pack.expression(rule).search(text) is not None

    def before(self, characters: int) -> str:
        """The text before the number, up to so many characters."""
        place = self.tokens.starts[self.measure.first]
        return self.tokens.text[max(0, place - characters) : place]

    @property
    def left(self) -> str:
        """The clause before the words that lead to the number; before a movement, where the number is its end."""
        start, measure = self.named.clause[0], self.measure
        clause = self.tokens.slice(start, measure.first)
        side = movement(clause, self.pack)
        moved = clause[: side.start()] if side is not None and side.group("end") else ""
        return moved or self.tokens.slice(start, max(measure.lead, start))

    @property
    def bracket(self) -> str:
        """The words between the bracket that the number is in and the number."""
        end = self.tokens.starts[self.measure.first]
        return self.tokens.text[self.tokens.text.rfind("(", 0, end) : end]


def _is_assigned(case: RoleCase) -> bool:
    """Whether the words before a number say that somebody assigned it, and none after them tells of results."""
    before, last = case.before(_FAR), None
    for match in case.pack.expression("assigned").finditer(before):
        last = match.end()
    return last is not None and not case.says("tells-results", before[last:])


def _is_said_estimate(case: RoleCase) -> bool:
    """Whether the word for what was nearly reached stands right before the number's lead."""
    measure = case.measure
    if not any(step.rule.startswith("estimate") for step in measure.steps):
        return False
    return case.says("estimate-word", case.tokens.slice(max(0, measure.lead - 1), measure.first))


def _is_estimated_after(case: RoleCase) -> bool:
    end = case.tokens.ends[case.measure.tail - 1]
    return case.pack.expression("estimated-after").match(case.tokens.text, end) is not None


def _is_of_earlier_plan(case: RoleCase) -> bool:
    """Whether the years are an earlier stretch than the one that the document plans for."""
    years, planned = case.place.years, case.place.planned
    return years is not None and planned is not None and years[0] < years[1] <= planned[0] < planned[1]


def _is_after_issue(case: RoleCase) -> bool:
    years, issued = case.place.years, case.place.issued
    return years is not None and issued is not None and years[0] > issued


def _is_before_issue(case: RoleCase) -> bool:
    """Whether the years are over when the document is issued; the year of issue is, where it plans for a later one."""
    years, issued, planned = case.place.years, case.place.issued, case.place.planned
    if years is None or issued is None:
        return False
    return years[1] < issued or (planned is not None and planned[0] > years[1] == issued)


FEATURES: dict[str, Callable[[RoleCase], bool]] = {
    # the words that lead to the number
    **{f"lead.{role}": lambda case, role=role: case.measure.role is role for role in Role},  # type: ignore[misc]
    "lead.says-estimate": _is_said_estimate,
    # its clause and its sentence
    "in-bracket": lambda case: case.named.inside,
    "bracket.says-target": lambda case: case.says("bracket-target", case.bracket),
    "left.assigned": _is_assigned,
    "left.says-target": lambda case: case.says("says-target", case.left),
    "left.says-actual": lambda case: case.says("says-actual", case.left),
    "left.says-estimate": lambda case: case.says("says-estimate", case.left),
    "right.says-actual": lambda case: case.says("says-done", case.named.rest),
    "right.says-estimate": _is_estimated_after,
    "sentence.says-estimate": lambda case: case.says("sentence-estimated", case.before(_SENTENCE)),
    # its column
    "in-table": lambda case: case.in_table,
    **{f"column.{role}": lambda case, role=role: case.column is role for role in Role},  # type: ignore[misc]
    # its years
    "years.of-earlier-plan": _is_of_earlier_plan,
    "years.after-issue": _is_after_issue,
    "years.before-issue": _is_before_issue,
    # its place
    "place.actual": lambda case: case.place.role is Role.ACTUAL,
    "text.target": lambda case: case.place.given is None and case.place.told is Role.TARGET,
}
"""Each feature of a measure that speaks for or against a role, by its name."""
