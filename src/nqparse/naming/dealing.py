""" "A, B và C lần lượt là 80%, 85% và 90%": the subjects listed before a run of numbers, dealt out to them."""

from collections.abc import Sequence

import regex

from nqparse.naming.judging import Judge
from nqparse.naming.named import Named
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.units import Step

_BETWEEN = frozenset(",;-–") | {"và"}
_TWO = 2
_END_OF_PART = regex.compile(r"\s*(?:,|,?\s+và)?\s*$")
_JOINS = regex.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")


class Dealer:
    """Deals out names in one block. ``words`` are its tokens."""

    def __init__(self, words: Sequence[str], judge: Judge, pack: Pack) -> None:
        self.words = words
        self.judge = judge
        self.pack = pack

    def dealt(self, named: Sequence[Named]) -> list[Named]:
        """The measures, each of those after "lần lượt" with the name of the subject in its place of the list."""
        out = list(named)
        for at, one in enumerate(out):
            if not self._deals(one):
                continue
            run = self._run(out, at)
            names = self._subjects(one.name, len(run)) if len(run) > 1 else []
            for n, name in zip(run, names, strict=False):
                step = Step("deals-out", f"name {name}")
                out[n] = out[n]._replace(name=name, measure=out[n].measure.but(step))
        return out

    def _deals(self, one: Named) -> bool:
        """Whether "lần lượt" stands in the words before a number that names something, or in those that lead to it."""
        deals = self.pack.words("deals-out")
        first = max(one.clause[0], one.measure.lead - 1)
        return bool(one.prefix) and deals.within(self.words, first, one.measure.first) is not None

    def _run(self, out: Sequence[Named], at: int) -> list[int]:
        """The numbers that follow one another from ``at`` on, with nothing but a comma or "và" in between."""
        run = [at]
        for n in range(at + 1, len(out)):
            between = self.words[out[n - 1].measure.tail : out[n].measure.first]
            if not between or any(word not in _BETWEEN for word in between):
                break
            if len({"none", out[n].measure.family, out[at].measure.family}) > _TWO:
                break
            run.append(n)
        return run

    def _subjects(self, name: str, count: int) -> list[str]:
        """As many names as numbers, by the list in the name; empty where it does not have as many parts."""
        listed = name.strip(" ,")
        cuts = [0, *(match.end() for match in _JOINS.finditer(listed))]
        if len(cuts) > count:
            head = words_of(listed)[0]
            cuts = [cut for cut in cuts if words_of(listed[cut:])[:1] == (head,)]
        if len(cuts) != count:
            return []
        ends = [*cuts[1:], len(listed)]
        first, *others = (_END_OF_PART.sub("", listed[cut:end]) for cut, end in zip(cuts, ends, strict=True))
        if not first or not all(others):
            return []
        return [first, *(self._whole(first, other) for other in others)]

    def _whole(self, first: str, other: str) -> str:
        """A later subject with the words that it shares with the first ("tỷ lệ huy động trẻ nhà trẻ, mẫu giáo")."""
        words, own = first.split(), len(words_of(other))
        same = next((n for n in range(len(words) - 1, 0, -1) if words[n].lower() == other.split()[0].lower()), None)
        if self.judge.is_indicator(other) or not (same or self.judge.is_indicator(first)):
            return other
        kept = words[:same] if same is not None else words[: max(2, len(words) - own)]
        return " ".join((*kept, other))
