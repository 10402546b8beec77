"""A measure's words and its place → the years that it is for."""

import regex

from nqparse.context.scope import Scope
from nqparse.layout.blocks import Block
from nqparse.models import Role
from nqparse.naming.named import Named
from nqparse.outline.head import Head
from nqparse.outline.sections import Tree
from nqparse.packs.finding import Match
from nqparse.packs.load import Pack
from nqparse.syntax.dates import Years
from nqparse.syntax.tokens import Tokens

_BEFORE = 1200
_LEADS = 120
_AFTER = 40
_NEAR = 11
_DIGIT = regex.compile(r"\d")
_VALUE = regex.compile(r"\d\s?%|\d\s+\p{Ll}")
_CLAUSE_END = regex.compile(r";|[.!?]\s")


class Periods:
    """Finds periods: in the clause, before it in the block, after the number, in the titles above, in the head."""

    def __init__(self, tree: Tree, head: Head, pack: Pack) -> None:
        self.tree = tree
        self.head = head
        self.pack = pack
        self.period = pack.expression("period")
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
        self.since = pack.expression("since-a-year")
        self.sentence_end = pack.expression("sentence-end-before-capital")
        self.bracketed = pack.expression("bracketed-remark")
        self.moved = pack.expression("moved-between-years")
        self.of_title: dict[int, Years | None] = {}

    def of(self, scope: Scope, at: int, block: Block, tokens: Tokens, named: Named) -> Years | None:
        """The first and last year of a measure in block ``at``; None where neither its words nor its place tell."""
        measure = named.measure
        first, last = named.clause
        start = tokens.starts[first] if first < len(tokens.starts) else 0
        rules = {step.rule for step in measure.steps}
        end = tokens.ends[measure.tail - 1] if "times-of" in rules else measure.end
        left = block.text[start : measure.start]
        after = block.text[end : tokens.ends[last - 1] if last else end]
        if "compared-level" in rules:
            dated = self.period.search(after[:_LEADS])
            return _years(dated) if dated is not None else self._in(left) or self.inherited(scope, at)
        if (closed := self._closing(block.text, measure.start, measure.end)) is not None:
            return closed
        if named.inside and measure.role is Role.TARGET and "plan-before-bracket" not in rules:
            return self._in(left) or self.inherited(scope, at)
        side = movement(left, self.pack)
        before = left[: side.start()] if side is not None and side.group("end") else left
        found = self._right_after(after) or self._in(before)
        if found is None or self.since.search(left, max(0, len(left) - _BEFORE)) is not None:
            found = self._reached_by(after) or found
        if found is None and named.inside:
            found = self._before_the_bracket(block.text, measure.start)
        if found is None and side is not None:
            found = self._moved(side, block.text, measure.start)
        return found or self._said(block.text, start + len(before)) or self._after(after) or self.inherited(scope, at)

    def _moved(self, side: Match, text: str, end: int) -> Years | None:
        """ "X từ 28% năm 2010 lên 36% năm 2015; Y từ 33% lên 35%": the years of a movement are those of the next.

        ``side`` tells which end of the movement the number is.
        """
        begin = max(0, end - _BEFORE // 2)
        begin = max((cut.end() for cut in self.sentence_end.finditer(text, begin, end)), default=begin)
        last = None
        for match in self.moved.finditer(text, begin, end):
            last = match
        year = int(last.group("to" if side.group("end") else "from")) if last is not None else 0
        return (year, year) if year else None

    def of_lead_in(self, text: str) -> Years | None:
        """The years that a line gives the list under it ("Trong giai đoạn 2021-2025:")."""
        dated = self.period.search(text) if len(text) <= _LEADS else None
        if dated is None or self.opens.search(text, 0, dated.start()) is None:
            return None
        return self._in(text)

    def inherited(self, scope: Scope, at: int) -> Years | None:
        """The period of the lead-in or the titles that a block is under, else the document's own."""
        if scope.lead_in is not None and scope.lead_in.years is not None:
            return scope.lead_in.years
        context = self.tree.context[at]
        if context is not None and (found := self._in_title(context.title)) is not None:
            return found
        section = self.tree.of_block[at]
        while section is not None:
            if section not in self.of_title:
                title = self.tree.sections[section].title
                self.of_title[section] = self._in_title(title) if title else None
            if (found := self.of_title[section]) is not None:
                return found
            section = self.tree.sections[section].parent
        return self.head.period

    def _in_title(self, title: str) -> Years | None:
        """The last period in a title, not the one of an outlook beyond it ("đến năm 2025, tầm nhìn đến năm 2040")."""
        return self._in(self.vision.sub("", title)) or self._in(title)

    def _said(self, text: str, end: int) -> Years | None:
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

    def _closing(self, text: str, start: int, end: int) -> Years | None:
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

    def _before_the_bracket(self, text: str, end: int) -> Years | None:
        """The period of the clause that a bracket stands in ("năm 2025 đạt 50% (8 xã)")."""
        begin = max(0, end - _LEADS)
        clause = max((cut.end() for cut in _CLAUSE_END.finditer(text, begin, end)), default=begin)
        return self._in(text[clause:end])

    def _reached_by(self, text: str) -> Years | None:
        """The year that closes a figure's clause ("dưới 10% kim ngạch vào năm 2030"), no other number between."""
        mark = self.closes.search(text, 0, _LEADS)
        if mark is None or _DIGIT.search(text, 0, mark.start()) is not None:
            return None
        return _years(mark) if mark.group("reached") else None

    def _right_after(self, text: str) -> Years | None:
        found = self._after(text)
        return found if found is not None and self.year_follows.match(text) else None

    def _in(self, text: str) -> Years | None:
        """The last period in a text."""
        found = None
        for match in self.period.finditer(text):
            if not self._compares(text, match.start()):
                found = _years(match)
        return found

    def _after(self, text: str) -> Years | None:
        match = self.period.search(text, 0, _LEADS)
        if (
            match is None
            or match.end("from") > _AFTER
            or self._compares(text, match.start())
            or self._is_of_the_next(text, match.start())
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


def movement(left: str, pack: Pack) -> Match | None:
    """Which end of a movement a number behind ``left`` is; the match, which begins where the movement does, has a group
    ``end`` where it is the second. None if it is neither."""
    return pack.expression("moves-from-to").search(left, max(0, len(left) - _LEADS))


def _blank(match: "regex.Match[str]") -> str:
    return " " * len(match.group())


def _years(match: "regex.Match[str]") -> Years:
    first = int(match.group("from"))
    last = int(match.groupdict().get("to") or first)
    return (first, last) if first <= last else (last, first)
