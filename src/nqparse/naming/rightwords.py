"""The words after a number → those that belong to its name, through a bracket or the next count where they go on."""

from collections.abc import Sequence

from nqparse.naming.carrying import Carrier
from nqparse.naming.filling import Filler
from nqparse.naming.wording import Wording
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import Tokens


class RightWords:
    """Reads what follows the numbers of one block."""

    def __init__(
        self,
        tokens: Tokens,
        measures: Sequence[Measure],
        clauses: Clauses,
        wording: Wording,
        filler: Filler,
        carrier: Carrier,
        pack: Pack,
    ) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.measures = measures
        self.clauses = clauses
        self.wording = wording
        self.filler = filler
        self.carrier = carrier
        self.pack = pack

    def of(self, at: int, measure: Measure, following: Measure | None, clause: tuple[int, int]) -> str:
        """The words after a number: also the predicate after a bracket ("100% số xã (24 xã) được công nhận")."""
        if following is not None and self.carrier.counts_those_reaching(measure, following):
            return self.wording.phrase(measure.tail, following.tail)
        right = self.wording.right(measure, following, clause)
        if (
            following is not None
            and following.family in ("count", "none")
            and self.carrier.counts_on(measure, following)
        ):
            return self._with_count(at, measure, following, clause)
        depth = self.clauses.opened[following.first] if following is not None else -1
        if not right or depth < measure.tail or measure.family not in ("share", "count"):
            return right
        after = self.clauses.closes.get(depth, len(self.words)) + 1
        if after >= clause[1] or self.pack.words("predicates").after(self.words, after) is None:
            return right
        outside = next((one for one in self.measures[at + 1 :] if one.first > after), None)
        predicate = self.wording.right(measure._replace(tail=after), outside, clause)
        return f"{right} {predicate}".strip()

    def _with_count(self, at: int, measure: Measure, following: Measure, clause: tuple[int, int]) -> str:
        """The words after a number through those of the count that they lead to; money goes to whom, not how many."""
        third = self.measures[at + 2] if at + 2 < len(self.measures) else None
        number = "" if measure.family == "money" else self.tokens.slice(following.first, following.unit_from)
        counted = f"{self.filler.noun(following)} {self.wording.right(following, third, clause)}"
        return " ".join(f"{self.tokens.slice(measure.tail, following.lead)} {number} {counted}".split())
