"""A measure's words and its place → the years that it is for."""

import regex

from nqparse.context.evidence import Evidence
from nqparse.context.period_evidence import FEATURES, TAKES, PeriodCase, printed
from nqparse.outline.head import Head
from nqparse.outline.tree import Tree
from nqparse.packs.finding import Finder, Match
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.quantity.units import Step
from nqparse.syntax.dates import Years

_BEFORE = 1200
_LEADS = 120
_LAST_WORDS = 300
_AFTER = 40
_NEAR = 11
_DIGIT = regex.compile(r"\d")
_VALUE = regex.compile(r"\d\s?%|\d\s+\p{Ll}")
_CLAUSE_END = regex.compile(r";|[.!?]\s")


class Periods:
    """Finds periods: in the clause, before it in the block, after the number, in the titles above, in the head."""

    def __init__(self, tree: Tree, head: Head, pack: Pack) -> None:
        self.tree: Tree = tree
        self.head: Head = head
        self.pack: Pack = pack
        self.period: Finder = pack.expression("period")
        self.not_a_period = pack.expression("not-a-period")
        self.opens = pack.expression("opens-with-period")
        self.heads = pack.expression("heads-the-sentence")
        self.opens_account = pack.expression("opens-the-account")
        self.as_of = pack.expression("as-of-date")
        self.shares = pack.expression("shares-period")
        self.year_follows = pack.expression("year-follows")
        self.vision = pack.expression("vision")
        self.closes = pack.expression("closes-with-period")
        self.of_next = pack.expression("year-of-the-next")
        self.figures = pack.expression("figures-in-brackets")
        self.since: Finder = pack.expression("since-a-year")
        self.sentence_end = pack.expression("sentence-end-before-capital")
        self.bracketed = pack.expression("bracketed-remark")
        self.moves = pack.expression("moved-between-years")
        self.other_level = pack.expression("compared-level")
        self.cited = pack.expression("cited-date")
        self.stage = pack.expression("closes-with-stage")
        self.term = pack.expression("since-the-term-began")
        self.row = pack.expression("years-in-a-row")
        self.decisions = pack.decisions["period"]
        self.decisions.refuse_unknown(tuple(FEATURES), TAKES)
        self.of_title: dict[int, Years | None] = {}

    def decide(self, case: "PeriodCase") -> tuple[Years | None, Measure]:
        """The first and last year of a measure, None where neither its words nor its place say it, and the measure with
        the step that decided it."""
        decision = self.decisions.first(Evidence(FEATURES, case).holds)
        years = case.years(decision.take)
        return years, case.named.measure.but(Step(decision.id, decision.sets(printed(years))))

    def moved(self, side: Match, text: str, end: int) -> Years | None:
        """ "X từ 28% năm 2010 lên 36% năm 2015; Y từ 33% lên 35%": the years of a movement are those of the next.

        ``side`` tells which end of the movement the number is.
        """
        begin = max(0, end - _BEFORE // 2)
        begin = max((cut.end() for cut in self.sentence_end.finditer(text, begin, end)), default=begin)
        last = None
        for match in self.moves.finditer(text, begin, end):
            last = match
        year = int(last.group("to" if side.group("end") else "from")) if last is not None else 0
        return (year, year) if year else None

    def of_lead_in(self, text: str, *, indicators: bool) -> Years | None:
        """The years that a line gives the list under it: those that open it ("Trong giai đoạn 2021-2025:"), or those of
        the indicators that it announces."""
        if indicators:
            return self.within_title(text[-_LAST_WORDS:])
        dated = self.period.search(text) if len(text) <= _LEADS else None
        if dated is None or self.opens.search(text, 0, dated.start()) is None:
            return None
        return self.within(text)

    def of_heading(self, at: int) -> Years | None:
        """The period of the heading without a marker that is in force at a block."""
        context = self.tree.context[at]
        return self.within_title(context.title) if context is not None else None

    def of_section(self, at: int) -> Years | None:
        """The period of the nearest title with one of the sections that a block is in."""
        section = self.tree.of_block[at]
        while section is not None:
            if section not in self.of_title:
                title = self.tree.sections[section].title
                self.of_title[section] = self.within_title(title) if title else None
            if (found := self.of_title[section]) is not None:
                return found
            section = self.tree.sections[section].parent
        return None

    def within_title(self, title: str) -> Years | None:
        """The last period in a title, not the one of an outlook beyond it ("đến năm 2025, tầm nhìn đến năm 2040")."""
        title = self.cited.sub(_blank, title)
        return self.within(self.vision.sub("", title)) or self.within(title)

    def said(self, text: str, end: int) -> Years | None:
        """The period that earlier words of the block give.

        It opens the sentence, stands in it before "trong đó", or heads an earlier one ("Năm 2022: …"); what opens an
        earlier one ("Năm 2022, …") goes on where the sentence itself says nothing.
        """
        begin = max(0, end - _BEFORE)
        told = [match for match in self.period.finditer(text, begin, end) if not self._compares(text, match.start())]
        if not told and self.as_of.search(text, begin, end) is None:
            return None
        sentence = max((cut.end() for cut in self.sentence_end.finditer(text, begin, end)), default=begin)
        shared = self.shares.search(self.bracketed.sub(_blank, text[sentence:end])) if told else None
        divided = sentence + shared.start() if shared is not None else sentence
        found = above = None
        for match in told:
            opens = self.opens.search(text, max(0, match.start() - _LEADS), match.start()) is not None
            headed = self.heads.match(text, match.end()) is not None
            in_sentence = match.start() >= sentence
            if (opens and headed) or (in_sentence and (opens or headed or match.start() < divided)):
                found = _years(match)
            if opens and self.opens_account.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR):
                above = _years(match)
        return found or self._as_of(text[sentence:end]) or above

    def closing(self, text: str, start: int, end: int) -> Years | None:
        """The year behind a number in a sentence that goes from year to year ("đạt 65% vào năm 2025 và 80% vào năm …").

        There each year closes what was reached by it, also over brackets and semicolons.
        """
        if self.closes.search(text, end, end + _BEFORE) is None:
            return None
        begin = max(0, start - _BEFORE)
        begin = max((cut.end() for cut in self.sentence_end.finditer(text, begin, start)), default=begin)
        cut = self.sentence_end.search(text, end, end + _BEFORE)
        marks = list(
            self.closes.finditer(text, begin, cut.start() if cut is not None else min(len(text), end + _BEFORE))
        )
        if len({mark.group("from") for mark in marks}) < 2 or _VALUE.search(text, begin, marks[0].start()) is None:
            return None
        return next((_years(mark) for mark in marks if mark.start() >= end), None)

    def _as_of(self, text: str) -> Years | None:
        """The year of the last date in a text up to which figures are known."""
        found = None
        for match in self.as_of.finditer(text):
            found = int(match.group("from")), int(match.group("from"))
        return found

    def before_the_bracket(self, text: str, end: int) -> Years | None:
        """The period of the clause that a bracket stands in ("năm 2025 đạt 50% (8 xã)")."""
        begin = max(0, end - _LEADS)
        clause = max((cut.end() for cut in _CLAUSE_END.finditer(text, begin, end)), default=begin)
        return self.within(text[clause:end])

    def reached_by(self, text: str) -> Years | None:
        """The year that closes a figure's clause ("dưới 10% kim ngạch vào năm 2030"), no other number between."""
        mark = self.closes.search(text, 0, _LEADS)
        if mark is None or _DIGIT.search(text, 0, mark.start()) is not None:
            return None
        return _years(mark) if mark.group("reached") else None

    def right_after(self, text: str) -> Years | None:
        found = self.behind(text)
        return found if found is not None and self.year_follows.match(text) else None

    def within(self, text: str) -> Years | None:
        """The last period in a text; years that it lists in a row are one."""
        found = None
        for match in self.period.finditer(text):
            if not self._compares(text, match.start()):
                listed = self.row.search(text, max(0, match.start() - _LEADS), match.end())
                found = _years(match if listed is None or listed.end() != match.end() else listed)
        return found

    def of_term(self, text: str) -> Years | None:
        """The years from the beginning of the term that the document is of, up to a date in a text."""
        match = self.term.search(text)
        if match is None or self.head.period is None:
            return None
        return self.head.period[0], max(self.head.period[0], int(match.group("from")))

    def of_stage(self, text: str) -> Years | None:
        """The years of a stage that closes the sentence ("…, giai đoạn thực hiện 2026 - 2027.")."""
        cut = self.sentence_end.search(text)
        match = self.stage.search(text, 0, cut.end() if cut is not None else len(text))
        return _years(match) if match is not None else None

    def behind(self, text: str) -> Years | None:
        match = self.period.search(text, 0, _LEADS)
        if (
            match is None
            or match.end("from") > _AFTER
            or self._compares(text, match.start())
            or self._is_of_the_next(text, match.start())
            or self.other_level.search(text, 0, match.start()) is not None
        ):
            return None
        return _years(match)

    def _is_of_the_next(self, text: str, start: int) -> bool:
        """Whether a year behind a figure is in a bracket with figures of its own, or heads the next one."""
        bracket = self.figures.search(text, 0, start + _LEADS)
        return self.of_next.search(text, 0, start) is not None or (bracket is not None and bracket.start() < start)

    def _compares(self, text: str, start: int) -> bool:
        """Whether the words before a year tell that a number is only compared with it, or that prices are of it."""
        return self.not_a_period.match(text, max(0, start - _LEADS), start) is not None


def _blank(match: "regex.Match[str]") -> str:
    return " " * len(match.group())


def _years(match: "regex.Match[str]") -> Years:
    first = int(match.group("from"))
    last = int(match.groupdict().get("to") or first)
    return (first, last) if first <= last else (last, first)
