"""A measure's words and its place → whether it is a target, a result or an estimate."""

from nqparse.context.accounts import going_on, read_up, told_at
from nqparse.context.evidence import Evidence
from nqparse.context.role_evidence import FEATURES, Place, RoleCase
from nqparse.context.scope import Scope
from nqparse.models import DocType, Role, SectionRole
from nqparse.naming.named import Named
from nqparse.outline.head import Head
from nqparse.outline.titles import role_of
from nqparse.outline.tree import SectionSpan, Tree
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens

_TITLE_WORDS = 12
_PLANS = (SectionRole.TASKS, SectionRole.GOALS, SectionRole.IMPLEMENTATION)


class Roles:
    """Decides roles: from the words that lead to a number, those of its clause, and the section that it stands in."""

    def __init__(self, tree: Tree, head: Head, pack: Pack) -> None:
        self.tree = tree
        self.head = head
        self.pack = pack
        self.decisions = pack.decisions["role"]
        self.decisions.refuse_unknown(tuple(FEATURES), TAKES)
        self._given: dict[int | None, Role | None] = {}

    def of_section(self, section: int | None) -> Role:
        """The role that a section gives: results in an account of the situation, else targets."""
        return self.given(section) or Role.TARGET

    def given(self, section: int | None) -> Role | None:
        """The role that the headings above a section's text or the document's title give it; None if none of them."""
        if section not in self._given:
            self._given[section] = self._by_headings(section)
        return self._given[section]

    def _by_headings(self, section: int | None) -> Role | None:
        settles = self.pack.expression("settles-accounts")
        if self.head.title and settles.search(self.head.title):
            return Role.ACTUAL
        targets = False
        while section is not None:
            span = self.tree.sections[section]
            if span.role is SectionRole.SITUATION or (span.title and settles.search(span.title)):
                return Role.ACTUAL
            if (span.role in _PLANS and not self._is_field(span)) or self._plans(span.title):
                return Role.TARGET
            if span.role is SectionRole.APPENDIX and self.head.doc_type is DocType.REPORT:
                return Role.ACTUAL
            targets = targets or span.role is SectionRole.TARGETS
            section = span.parent
        if self.head.doc_type is DocType.REPORT or self._accounts():
            return Role.ACTUAL
        return Role.TARGET if targets else None

    def going_on(self, scope: Scope, text: str) -> Scope:
        """The scope after a block of running text, which tells what the headings of its section do not."""
        if self.given(scope.section) is not None:
            return scope
        return scope._replace(account=going_on(scope.account, text))

    def read_up(self, scope: Scope) -> Scope:
        """The scope in which ``told`` can be asked: with the cues of its running text, where no heading tells."""
        if scope.account.unread is None or self.given(scope.section) is not None:
            return scope
        return scope._replace(account=read_up(scope.account, self.pack))

    def _accounts(self) -> bool:
        """Whether the document's title says that it is an account of what was done."""
        if self.head.doc_type not in (DocType.NOTICE, DocType.OTHER):
            return False
        title = self.head.title or ""
        accounts = role_of(title, self.pack)[0] is SectionRole.SITUATION
        return accounts and self.pack.expression("turns-to-plans").search(title) is None

    def _is_field(self, span: SectionSpan) -> bool:
        """Whether a section of a report that reads like a task ("Xây dựng nông thôn mới") is a field of its results."""
        return self.head.doc_type is DocType.REPORT and "titles-of-tasks" in span.rules

    def _plans(self, title: str | None) -> bool:
        """Whether a section's title says that it is the plan in a document that is not all plan."""
        return title is not None and self.pack.words("titles-of-plans").after(list(words_of(title)), 0) is not None

    def of_table(self, section: int | None) -> Role:
        """The role of a table's numbers where its columns do not tell: an appendix's title says whether it assigns."""
        span = self.tree.sections[section] if section is not None else None
        if span is None or span.role is not SectionRole.APPENDIX or not span.title:
            return self.of_section(section)
        words, assigns = words_of(span.title), self.pack.words("assigns-targets")
        if assigns.within(words, 0, _TITLE_WORDS) is not None:
            return Role.TARGET
        return Role.ACTUAL if self.head.doc_type is DocType.REPORT else Role.TARGET

    def place(self, section: int | None, years: Years | None, told: Role | None = None) -> Place:
        """Where a measure with these years stands, in prose of a section."""
        return self._place(self.given(section), told, years)

    def place_of_row(self, section: int | None, years: Years | None) -> Place:
        """Where a measure of a table row with these years stands."""
        return self._place(self.of_table(section), None, years)

    def _place(self, given: Role | None, told: Role | None, years: Years | None) -> Place:
        issued = self.head.issued_on.year if self.head.issued_on is not None else None
        return Place(given, told, years, issued, self.head.period)

    def told(self, scope: Scope, tokens: Tokens, named: Named) -> Role | None:
        """What the running text around a measure tells of, where no heading says it."""
        if self.given(scope.section) is not None:
            return None
        first, last = named.clause
        place = tokens.starts[named.measure.first]
        start = min(tokens.starts[first], place) if first < len(tokens.starts) else place
        end = max(tokens.ends[last - 1], place) if last else place
        return told_at(scope.account, start, end, place)

    def decide(self, case: RoleCase) -> tuple[Role, Measure]:
        """The role of a measure, and the measure with the step that decided it."""
        decision = self.decisions.first(Evidence(FEATURES, case).holds)
        role = _taken(decision.take, case)
        return role, case.measure.but(Step(decision.id, decision.sets(role)))


def _taken(take: str, case: RoleCase) -> Role:
    """The role that a decision takes: one by its name, or that of the lead, the column or the place."""
    found = {"lead": case.measure.role, "column": case.column, "place": case.place.role}
    return found[take] or case.place.role if take in found else Role(take)


TAKES = (*Role, "lead", "column", "place")
