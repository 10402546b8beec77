"""A measure's words and its place → whether it is a target, a result or an estimate."""

from nqparse.context.accounts import Telling
from nqparse.context.periods import movement
from nqparse.models import DocType, Role, SectionRole
from nqparse.naming.named import Named
from nqparse.outline.head import Head
from nqparse.outline.sections import SectionSpan, Tree
from nqparse.outline.titles import role_of
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens

_FAR = 700
_SENTENCE = 400
_TITLE_WORDS = 12
_PLANS = (SectionRole.TASKS, SectionRole.GOALS, SectionRole.IMPLEMENTATION)


class Roles:
    """Decides roles: from the words that lead to a number, those of its clause, and the section that it stands in."""

    def __init__(self, tree: Tree, head: Head, pack: Pack) -> None:
        self.tree = tree
        self.head = head
        self.pack = pack
        self.telling = Telling(pack)
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

    def hear(self, text: str, section: int | None) -> None:
        """Take in a block of running text, which tells what its headings do not."""
        if self.given(section) is None:
            self.telling.hear(text)

    def _told(self, tokens: Tokens, named: Named, measure: Measure) -> Role | None:
        """What the text around a measure tells of."""
        first, last = named.clause
        place = tokens.starts[measure.first]
        start = min(tokens.starts[first], place) if first < len(tokens.starts) else place
        end = max(tokens.ends[last - 1], place) if last else place
        return self.telling.at(start, end, place)

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

    def by_year(self, years: Years | None, default: Role) -> Role:
        """The role of a column that is headed by a year alone: past years are results, those to come are targets."""
        if years is None or self.head.issued_on is None:
            return default
        issued = self.head.issued_on.year
        if years[0] > issued:
            return Role.TARGET
        plans_later = self.head.period is not None and self.head.period[0] > years[1]
        return Role.ACTUAL if years[1] < issued or (plans_later and years[1] == issued) else default

    def of(self, tokens: Tokens, named: Named, measure: Measure, section: int | None) -> tuple[Role, Measure]:
        """The role of a measure in running text, and the measure with the step that decided."""
        given = self.given(section)
        told = self._told(tokens, named, measure) if given is None else None
        default = given or told or Role.TARGET
        if measure.role is not None:
            if told is Role.TARGET and measure.role is Role.ESTIMATE:
                return told, measure
            return (default if self._goes_with_section(tokens, named, measure, default) else measure.role), measure
        found = self._said(tokens, named, measure, default)
        if found is None:
            return default, measure.but(Step("tells-results-or-plans", f"role {told}")) if told is not None else measure
        role, rule = found
        return role, measure.but(Step(rule, f"role {role}"))

    def _goes_with_section(self, tokens: Tokens, named: Named, measure: Measure, default: Role) -> bool:
        """Whether the words that lead to a number say less of its role than its section does."""
        if measure.role is Role.ESTIMATE and default is Role.TARGET:
            return not self._is_estimated(tokens, measure)
        bare = measure.role is Role.TARGET and not named.inside and measure.lead == measure.first
        return bare and default is Role.ACTUAL

    def _is_estimated(self, tokens: Tokens, measure: Measure) -> bool:
        """ "ước" right before a number: what was nearly reached, also in a section of targets."""
        said = "ước" in tokens.words[max(0, measure.lead - 1) : measure.first]
        return said and any(step.rule.startswith("estimate") for step in measure.steps)

    def _said(self, tokens: Tokens, named: Named, measure: Measure, default: Role) -> tuple[Role, str] | None:
        """The role that the words before a number say against the section, and the rule that knows them."""
        place = tokens.starts[measure.first]
        if named.inside and self._says(_in_bracket(tokens, measure), "bracket-target"):
            return Role.TARGET, "bracket-target"
        if default is Role.ACTUAL and self._is_assigned(tokens.text[max(0, place - _FAR) : place]):
            return Role.TARGET, "assigned"
        start = named.clause[0]
        left = self._before_movement(tokens.slice(start, measure.first)) or tokens.slice(
            start, max(measure.lead, start)
        )
        if default is not Role.TARGET and self._says(left, "says-target"):
            return Role.TARGET, "says-target"
        if default is not Role.ACTUAL and (self._says(left, "says-actual") or self._says(named.rest, "says-done")):
            return Role.ACTUAL, "says-actual"
        if self._says(left, "says-estimate"):
            return Role.ESTIMATE, "says-estimate"
        far = tokens.text[max(0, place - _SENTENCE) : place]
        if "Ước" in far and self._says(far, "sentence-estimated"):
            return Role.ESTIMATE, "sentence-estimated"
        behind = default is Role.ACTUAL and self.pack.expression("estimated-after").match(
            tokens.text, tokens.ends[measure.tail - 1]
        )
        return (Role.ESTIMATE, "estimated-after") if behind else None

    def _before_movement(self, left: str) -> str:
        """ "giảm từ 15% hiện nay xuống còn": the words before where a movement begins, if a number is its end."""
        side = movement(left, self.pack)
        return left[: side.start()] if side is not None and side.group("end") else ""

    def _is_assigned(self, before: str) -> bool:
        """Whether the words before a number say that somebody assigned it, and none after them tells of results."""
        last = None
        for match in self.pack.expression("assigned").finditer(before):
            last = match.end()
        return last is not None and not self._says(before[last:], "tells-results")

    def _says(self, text: str, rule: str) -> bool:
        return self.pack.expression(rule).search(text) is not None


def _in_bracket(tokens: Tokens, measure: Measure) -> str:
    """The words between the bracket that a number is in and the number."""
    end = tokens.starts[measure.first]
    return tokens.text[max(tokens.text.rfind("(", max(0, end - 300), end), 0) : end]
