""" "kỷ luật 20 đảng viên: khiển trách 12, cảnh cáo 08 đồng chí": the bare numbers of a list → what they count."""

from collections.abc import Sequence

from nqparse.naming.filling import Filler
from nqparse.naming.named import Named
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.units import Step


class Members:
    """Completes the members of lists in one block, whose tokens are ``words``."""

    def __init__(self, words: Sequence[str], filler: Filler, pack: Pack) -> None:
        self.words = words
        self.filler = filler
        self.pack = pack

    def listed(self, named: Sequence[Named]) -> list[Named]:
        """The measures, those of a list of bare counts with its unit, and with the noun in their names."""
        out = list(named)
        at = 0
        while at < len(out):
            run = self._run(out, at)
            if len(run) > 1:
                self._complete(out, run)
            at = run[-1] + 1 if run else at + 1
        return out

    def _run(self, out: Sequence[Named], at: int) -> list[int]:
        """The members of the list that begins at ``at``: words and a number each, parted by commas."""
        run: list[int] = []
        for n in range(at, len(out)):
            if run and not self._follows(out[run[-1]], out[n]):
                break
            if not self._is_member(out[n]):
                break
            run.append(n)
            if self.filler.noun(out[n].measure):
                break
        return run

    def _follows(self, last: Named, one: Named) -> bool:
        """Whether a comma or "và" right after a number opens the member with the next one."""
        return last.clause == one.clause and self.words[last.measure.tail : last.measure.tail + 1] in ([","], ["và"])

    def _is_member(self, one: Named) -> bool:
        """Whether a number stands right after words of its own, with nothing after it but perhaps its noun."""
        measure = one.measure
        bare = measure.lead == measure.first and measure.of is None and measure.per is None
        counts = measure.family == "none" or measure.family == "count"
        return bare and counts and bool(one.prefix) and not one.rest and not one.inherited

    def _complete(self, out: list[Named], run: Sequence[int]) -> None:
        """Give the members from ``run`` their unit and noun: those of the last member, else of what they divide."""
        whole = out[run[0] - 1] if run[0] else None
        counted = whole is not None and whole.measure.family == "count" and self._divides(whole, out[run[0]])
        noun = self.filler.noun(whole.measure) if whole is not None and counted else ""
        last = out[run[-1]].measure
        unit = last.unit if self.filler.noun(last) else whole.measure.unit if whole is not None and noun else ""
        noun = noun or (self.filler.noun(last) if unit else "")
        if not unit:
            return
        for n in run:
            out[n] = self._member(out[n], unit, noun)

    def _divides(self, whole: Named, first: Named) -> bool:
        """Whether a list that begins with ``first`` stands right below a colon, a bracket or "trong đó"."""
        between = self.words[whole.measure.tail : first.measure.first]
        opens = self.pack.words("part-of").within(between, 0, len(between)) is not None
        return opens or ":" in between or "(" in between

    def _member(self, one: Named, unit: str, noun: str) -> Named:
        """A member with the list's unit and its noun: after a verb, before words that say which they are."""
        words = words_of(one.prefix)
        measure = one.measure
        if not measure.unit:
            measure = measure.but(Step("unit-of-the-list", f"unit {unit}"), unit=unit, family="count")
        if one.name != one.prefix or self.pack.nouns.after(words, 0) is not None or noun.lower() in one.prefix.lower():
            return one._replace(measure=measure)
        acts = self.pack.words("act-verbs").after(words, 0) is not None
        name = f"{one.prefix} {noun}" if acts else f"{noun} {one.prefix}"
        return one._replace(name=name, measure=measure.but(Step("name-in-its-list", f"name {name}")))
