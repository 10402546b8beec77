"""Names of a list → the same with what its members share: a predicate, an object, a noun, a denominator, subjects."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nqparse.models import Change
from nqparse.naming.borrowing import Done, phrase, words_between
from nqparse.naming.names import Name, Stretch, stretch_of
from nqparse.naming.places import Scene

_BRIEF = 4
_MEASURED = ("count", "physical")
_SIGNS = (",", ";", "-", "–")


class Coordination:
    """Completes the names of the measures of one block."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.words = scene.words
        self.tags = scene.tags

    def completed(self, done: Sequence[Done]) -> list[Done]:
        """The measures with what they share; the last member of a list is asked first."""
        out = list(done)
        for at in range(len(out) - 2, -1, -1):
            one, two = out[at], out[at + 1]
            shared = self._shared(one, two)
            if shared:
                out[at] = replace(one, name=one.name + shared, rules=(*one.rules, "shared-by-the-list"))
        return self._members(self._dealt(out))

    def _shared(self, one: Done, two: Done) -> Name:
        if one.place.clause != two.place.clause or one.place.depth != two.place.depth:
            return ()
        return self._object(one, two) or self._predicate(one, two) or self._denominator(one, two)

    def _joint(self, at: int) -> bool:
        return at > 0 and (self.words[at - 1] == "," or self.tags.ends(at, "joint-and") > 0)

    def _predicate(self, one: Done, two: Done) -> Name:
        """ "92% hộ gia đình, 95% thôn đạt chuẩn": the last member's predicate belongs to all."""
        first, second = one.measure, two.measure
        bare = first.family == "count" and second.lead - first.tail == 1 and self._joint(second.lead)
        if one.left or two.left or not (one.right or bare) or not two.right or first.family != second.family:
            return ()
        changed = second.change is not Change.LEVEL and second.lead < second.first
        own = stretch_of(one.right, self.scene.pack)
        if changed or not self._joint(second.lead) or own.begins("topic-prepositions"):
            return ()
        counts = first.family == "count"
        if own.has("predicates", skip=0 if counts else 1):
            return ()
        if counts and own.size() > 1 and not own.begins("levels"):
            return ()
        found = stretch_of(two.name, self.scene.pack)
        place = found.place("predicates", skip=1)
        return () if place is None else words_between(two.name, place, found.last)

    def _object(self, one: Done, two: Done) -> Name:
        """ "xây mới 35 căn và sửa chữa 41 căn nhà tình nghĩa": what the last of two verbs takes is of both."""
        first, second = one.measure, two.measure
        lacks = first.family in _MEASURED and first.basis is None and first.change is Change.LEVEL
        lacks = lacks and first.link in ("", "filler") and bool(one.left) and not one.right and not one.inherited
        if not lacks or first.unit != second.unit or not two.left or not two.right or first.tail >= second.lead:
            return ()
        joint = self.tags.begins(first.tail, "joint-and") > 0
        joint = joint or (first.family == "physical" and self.words[first.tail] == ",")
        acts = stretch_of(one.left, self.scene.pack).begins("act-verbs") > 0
        return two.right if joint and acts and second.change is Change.LEVEL else ()

    def _denominator(self, one: Done, two: Done) -> Name:
        """ "10 bác sĩ và 30 giường bệnh/1 vạn dân": the people that a rate is for are of both."""
        between = self.words[one.measure.tail : two.measure.lead]
        counts = (
            one.measure.family == two.measure.family == "count"
            and two.measure.per is not None
            and one.measure.per in (None, two.measure.per)
        )
        brief = 0 < len(between) <= _BRIEF and self._joint(two.measure.lead)
        printed = two.place.printed_per
        return phrase(two.place, *printed) if counts and brief and one.place.printed_per == (0, 0) else ()

    def _members(self, done: list[Done]) -> list[Done]:
        """ "kỷ luật 20 đảng viên: khiển trách 12, cảnh cáo 08 đồng chí": bare numbers of a list with its noun."""
        out = list(done)
        at = 0
        while at < len(out):
            run = list(self._run(out, at))
            for n in run if len(run) > 1 else ():
                out[n] = self._member(out, run, n)
            at = run[-1] + 1 if run else at + 1
        return out

    def _run(self, done: Sequence[Done], at: int) -> Iterator[int]:
        """The members of the list that begins at ``at``: words and a number each, parted by commas."""
        for n in range(at, len(done)):
            one = done[n]
            if n > at and not self._follows(done[n - 1], one):
                return
            measure = one.measure
            bare = measure.lead == measure.first and measure.of is None and measure.per is None
            if not bare or measure.family not in ("none", "count") or not one.left or one.right or one.inherited:
                return
            yield n
            if one.place.noun[1]:
                return

    def _follows(self, last: Done, one: Done) -> bool:
        tail = last.measure.tail
        joint = tail < len(self.words) and (self.words[tail] == "," or self.tags.begins(tail, "joint-and") > 0)
        return last.place.clause == one.place.clause and joint

    def _member(self, done: Sequence[Done], run: Sequence[int], at: int) -> Done:
        """A member with the list's noun: after a verb, before words that say which they are."""
        one, last = done[at], done[run[-1]].place
        whole = done[run[0] - 1].place if run[0] else None
        noun = phrase(whole, *whole.noun) if whole is not None and self._divides(whole.measure.tail, run, done) else ()
        noun = noun or phrase(last, *last.noun)
        own = stretch_of(one.left, self.scene.pack)
        if not noun or one.name != one.left or own.begins("noun"):
            return one
        counted = stretch_of(noun, self.scene.pack).words
        if any(own.words[n : n + len(counted)] == counted for n in range(own.last)):
            return one
        name = one.left + noun if own.begins("act-verbs") else noun + one.left
        return replace(one, name=name, rules=(*one.rules, "noun-of-the-list"))

    def _divides(self, tail: int, run: Sequence[int], done: Sequence[Done]) -> bool:
        """Whether a list stands right below a colon, a bracket or "trong đó"."""
        first = done[run[0]].measure.first
        opens = self.tags.within(tail, first, "part-of") is not None
        return opens or ":" in self.words[tail:first] or "(" in self.words[tail:first]

    def _dealt(self, done: list[Done]) -> list[Done]:
        """ "A, B và C lần lượt là 80%, 85% và 90%": each number with the name in its place of the list."""
        out = list(done)
        for at, one in enumerate(out):
            lead = max(one.place.clause[0], one.measure.lead - 1)
            if not one.left or self.tags.within(lead, one.measure.first, "deals-out") is None:
                continue
            run = list(self._numbers(out, at))
            names = self._subjects(one.name, len(run)) if len(run) > 1 else []
            for n, name in zip(run, names, strict=False):
                out[n] = replace(out[n], name=name, rules=(*out[n].rules, "dealt-out"))
        return out

    def _numbers(self, done: Sequence[Done], at: int) -> Iterator[int]:
        """The numbers that follow one another from ``at`` on, with nothing but a comma or "và" in between."""
        yield at
        for n in range(at + 1, len(done)):
            between = range(done[n - 1].measure.tail, done[n].measure.first)
            joints = all(self.words[w] in _SIGNS or self.tags.begins(w, "joint-and") for w in between)
            alike = len({"none", done[n].measure.family, done[at].measure.family}) <= 2
            if not between or not joints or not alike:
                return
            yield n

    def _subjects(self, name: Name, count: int) -> list[Name]:
        """As many names as numbers, by the list in the name; empty where it does not have as many parts."""
        listed = stretch_of(name, self.scene.pack)
        cuts = [0, *(n + 1 for n in range(listed.last) if self._parts(listed, n) and n + 1 < listed.last)]
        if len(cuts) > count:
            cuts = [cut for cut in cuts if listed.words[cut] == listed.words[0]]
        if len(cuts) != count:
            return []
        ends = [*(cut - 1 for cut in cuts[1:]), listed.last]
        parts = list(zip(cuts, ends, strict=True))
        return [self._whole(name, listed, parts[0], part) for part in parts]

    def _parts(self, listed: Stretch, at: int) -> bool:
        return listed.words[at] == "," or listed.tags.begins(at, "joint-and") > 0

    def _whole(self, name: Name, listed: Stretch, first: tuple[int, int], part: tuple[int, int]) -> Name:
        """A later subject with the words that it shares with the first ("tỷ lệ huy động trẻ nhà trẻ, mẫu giáo")."""
        own = words_between(name, *part)
        if part == first or listed.tags.begins(part[0], "indicator-heads"):
            return own
        same = [n for n in range(1, first[1]) if listed.words[n] == listed.words[part[0]]]
        if not same and not listed.tags.begins(0, "indicator-heads"):
            return own
        kept = same[-1] if same else max(2, first[1] - (part[1] - part[0]))
        return words_between(name, 0, kept) + own
