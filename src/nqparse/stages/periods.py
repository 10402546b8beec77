"""A measure's words and its place → the years that it is for."""

import regex

from nqparse.models import Role
from nqparse.packs.load import Pack
from nqparse.stages.blocks import Block
from nqparse.stages.head import Head
from nqparse.stages.named import Named
from nqparse.stages.sections import Tree
from nqparse.stages.tokens import Tokens

Years = tuple[int, int]
_BEFORE = 400
_AFTER = 40
_LEADS = 80


class Periods:
    """Finds periods: in the clause, before it in the block, after the number, in the titles above, in the head."""

    def __init__(self, tree: Tree, head: Head, pack: Pack) -> None:
        self.tree = tree
        self.head = head
        self.period = pack.expression("period")
        self.not_a_period = pack.expression("not-a-period")
        self.of_title: dict[int, Years | None] = {}

    def of(self, at: int, block: Block, tokens: Tokens, named: Named) -> Years | None:
        """The first and last year of a measure in block ``at``; None where neither its words nor its place tell."""
        measure = named.measure
        first, last = named.clause
        start = tokens.starts[first] if first < len(tokens.starts) else 0
        left = block.text[start : measure.start]
        found = self._in(left)
        if found is None and not (named.inside and measure.role is Role.TARGET):
            found = self._in(block.text[max(0, measure.start - _BEFORE) : measure.start]) or self._after(
                block.text[measure.end : tokens.ends[last - 1] if last else measure.end]
            )
        return found or self.inherited(at)

    def inherited(self, at: int) -> Years | None:
        """The period of the lead-in or the titles that a block stands under, else the document's own."""
        context = self.tree.context[at]
        if context is not None and (found := self._in(context.title)) is not None:
            return found
        section = self.tree.of_block[at]
        while section is not None:
            if section not in self.of_title:
                title = self.tree.sections[section].title
                self.of_title[section] = self._in(title) if title else None
            if (found := self.of_title[section]) is not None:
                return found
            section = self.tree.sections[section].parent
        return self.head.period

    def _in(self, text: str) -> Years | None:
        """The last period in a text."""
        found = None
        for match in self.period.finditer(text):
            if not self._compares(text, match.start()):
                found = _years(match)
        return found

    def _after(self, text: str) -> Years | None:
        match = self.period.search(text[:_AFTER])
        return None if match is None or self._compares(text, match.start()) else _years(match)

    def _compares(self, text: str, start: int) -> bool:
        """Whether the words before a year tell that it is only what a number is compared with, or the year of prices."""
        return self.not_a_period.search(text, max(0, start - _LEADS), start) is not None


def _years(match: "regex.Match[str]") -> Years:
    first = int(match.group("from"))
    last = int(match.group("to") or first)
    return (first, last) if first <= last else (last, first)
