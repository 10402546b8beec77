"""A block's measures in their clauses: which words each may take, and what stands around them."""

from functools import cached_property

from nqparse.naming.named import Parent
from nqparse.naming.names import Stretch
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.lexicon import Tags
from nqparse.syntax.tokens import Tokens
from nqparse.syntax.trimming import Trimmer


class Scene:
    """One block as naming sees it: tokens, tags, clauses, measures, and the token ``body`` at which its text begins."""

    def __init__(self, tokens: Tokens, measures: list[Measure], pack: Pack, body: int, parent: Parent) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.measures = measures
        self.pack = pack
        self.body = body
        self.parent = parent
        self.tags = Tags(tokens.words, pack.lexicon)
        self.clauses = Clauses(tokens, pack)
        self.trimmer = Trimmer(tokens, self.clauses, self.tags, pack)
        self.totals: dict[int, int] = {}
        """For the items of a list with counts in brackets, the measure that they are parts of."""
        self.lefts: dict[tuple[int, int], list[tuple[Stretch, dict[str, bool]]]] = {}
        """The candidates for the words before a number, by where they may begin and end; features that are known."""

    def places(self) -> list["Place"]:
        return [Place(self, at) for at in range(len(self.measures))]


class Place:
    """Where the measure with index ``at`` stands in its block.

    ``next`` is the measure that follows in the block, ``depth`` the bracket that the number stands in (-1 for none),
    ``opens`` the first token that may be of the words before the number, and ``before`` the index of the measure before
    it in its clause, or right before the bracket that it stands in.
    """

    def __init__(self, scene: Scene, at: int) -> None:
        self.scene = scene
        self.at = at
        self.measure = measure = scene.measures[at]
        self.next = scene.measures[at + 1] if at + 1 < len(scene.measures) else None
        self.depth = scene.clauses.opened[measure.first]
        self.clause = scene.clauses.clause(measure.lead, max(measure.tail, measure.lead + 1))
        self.opens, self.before = self._left()

    def _left(self) -> tuple[int, int | None]:
        """Where the words before the number begin, and the index of the measure before it in its clause."""
        clauses, opens = self.scene.clauses, max(self.clause[0], self.scene.body)
        depth, start = clauses.opened[self.measure.lead], opens
        for at in range(self.at - 1, -1, -1):
            earlier = self.scene.measures[at]
            if earlier.tail <= self.clause[0] and earlier.first < self.clause[0]:
                break
            other = clauses.opened[earlier.first]
            if other == depth:
                return min(max(start, earlier.tail), self.measure.lead), at
            if other < depth:
                break
            start = max(start, clauses.close_of(other, depth) + 1)
        return min(start, self.measure.lead), self._before_bracket(depth)

    def _before_bracket(self, depth: int) -> int | None:
        if depth < 0:
            return None
        for at in range(self.at - 1, -1, -1):
            if self.scene.measures[at].first < depth:
                return at if self._in_one_clause(self.scene.measures[at], depth) else None
        return None

    def _in_one_clause(self, earlier: Measure, depth: int) -> bool:
        """Whether no indicator of its own stands between a measure and a bracket."""
        start = self.scene.clauses.clause(depth, depth + 1)[0]
        if earlier.first >= start:
            return True
        first, last = self.scene.trimmer.trim(max(start, self.scene.body), depth)
        return not self.scene.trimmer.begins_word("indicator-heads", first, last)

    @cached_property
    def outer(self) -> int | None:
        """The index of the measure right before the bracket that this one stands in."""
        return self._before_bracket(self.depth)

    @cached_property
    def colon(self) -> int | None:
        """The last colon among the words before the number."""
        scene, depth = self.scene, self.scene.clauses.opened[self.measure.lead]
        run = range(self.measure.lead - 1, self.opens - 1, -1)
        return next((n for n in run if scene.words[n] == ":" and scene.clauses.opened[n] == depth), None)

    @cached_property
    def noun(self) -> tuple[int, int]:
        """The tokens of the counted noun; none of a measure that counts nothing."""
        measure = self.measure
        if measure.family != "count" or measure.unit_to <= measure.unit_from:
            return 0, 0
        first = measure.unit_from
        while size := self.scene.tags.begins(first, "multiplier"):
            first += size
        return first, measure.unit_to

    @cached_property
    def printed_per(self) -> tuple[int, int]:
        """The tokens of "/1 vạn dân" behind a counted noun: people that a rate is for are part of its name."""
        at, end = self.measure.unit_to, self.measure.tail
        if self.noun[1] == 0 or at + 1 >= end or not self._divides(at):
            return 0, 0
        return (at, end) if self.scene.tags.within(at, end, "per-people") is not None else (0, 0)

    def _divides(self, at: int) -> bool:
        """Whether a slash, or a word that stands for one, leads to what a rate is for."""
        return self.scene.words[at] == "/" or self.scene.tags.begins(at, "range-leads") > 0
