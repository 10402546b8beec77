"""A measure's name, unit and change → its code, the alias that gave it, its dimension; no code where that is unsure.

A name is one of an entry where it has all the words that one of the entry's aliases needs, and no other words than the
alias allows, in any order, once abbreviations are spelled out and words that tell nothing apart are dropped. An open
alias, one that ends in ``*``, allows any words but those that the entry forbids. The alias that needs the most words
decides. The unit has its say first: an entry of another dimension is no candidate. Likeness decides nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from nqparse.catalogue.aliases import OPEN, Form, forms
from nqparse.catalogue.dimensions import GROWTH, PERCENT, SHARE, Dimensions, Kind, Sort, kind_of
from nqparse.catalogue.normal import Normal, normal, numbered
from nqparse.errors import PatternError
from nqparse.packs.load import Pack
from nqparse.packs.schema import CatalogueEntry, Dimension, NameWord

GROWS, FALLS, PER_PEOPLE = "+", "−", "‱"
"""What is put in comparable names for words of growth, of decline, and for "per ten thousand people"."""
_SIGNS = frozenset({GROWS, FALLS, PER_PEOPLE})
_MOST_CODED = 1 << 14
_CODERS = 4

Bag = frozenset[str]


class Coded(NamedTuple):
    """What the catalogue says of a measure."""

    code: str | None = None
    rule: str | None = None
    dimension: str | None = None


class _Alias(NamedTuple):
    entry: CatalogueEntry
    alias: str
    form: Form
    forbidden: Bag

    def names(self, bag: Bag) -> bool:
        """Whether a name with these words is one of the entry's."""
        if not self.form.must <= bag:
            return False
        if self.alias.endswith(OPEN):
            return not bag & self.forbidden
        return bag <= self.form.must | self.form.may | _SIGNS


class Coder:
    """The catalogue of a pack, ready to be asked."""

    def __init__(self, entries: Sequence[CatalogueEntry], words: Iterable[NameWord], dimensions: Dimensions) -> None:
        self.normal: Normal = normal(words)
        self.dimensions = dimensions
        aliases = [one for entry in entries for one in self._aliases(entry)]
        often = Counter(word for one in aliases for word in one.form.must)
        self._by_word: dict[str, list[_Alias]] = {}
        for one in aliases:
            self._by_word.setdefault(min(one.form.must, key=lambda word: (often[word], word)), []).append(one)
        self.code = lru_cache(_MOST_CODED)(self._code)

    def _aliases(self, entry: CatalogueEntry) -> Iterator[_Alias]:
        forbidden = frozenset(word for form in entry.forbids for word in self.normal(form))
        for alias in entry.aliases:
            try:
                yield from (
                    _Alias(entry, alias, form, forbidden) for form in forms(alias.removesuffix(OPEN), self.normal)
                )
            except PatternError as error:
                raise PatternError(f"indicator {entry.id}: {error}") from error

    def bag(self, name: str) -> Bag:
        """The comparable words of a name."""
        return numbered(self.normal(name))

    def _code(self, name: str, sort: Sort) -> Coded:
        """The code of a measure with that name; the dimension is known for any measure with a unit."""
        bag = self.bag(name)
        own = self.dimensions.of(sort.unit, sort.per, per_people=PER_PEOPLE in bag)
        if own is None:
            return Coded()
        best = self._best(bag, own, sort)
        if len(best) == 1:
            return next(iter(best.values()))
        return Coded(dimension=GROWTH if GROWS in bag and own == SHARE else own)

    def _best(self, bag: Bag, own: str, sort: Sort) -> dict[str, Coded]:
        """What the aliases that need the most words say, by entry; one of the same dimension goes first."""
        best: dict[str, Coded] = {}
        most = 0, False
        for one in self._candidates(bag):
            weight = len(one.form.must), one.entry.dimension == own
            if weight >= most and (coded := self._fits(one, own, sort, bag)) is not None:
                if weight > most:
                    best, most = {}, weight
                best.setdefault(one.entry.id, coded)
        return best

    def _candidates(self, bag: Bag) -> Iterator[_Alias]:
        return (one for word in sorted(bag) for one in self._by_word.get(word, ()) if one.names(bag))

    @staticmethod
    def _fits(one: _Alias, own: str, sort: Sort, bag: Bag) -> Coded | None:
        """The code of a measure by an alias, if its dimension allows that."""
        entry = one.entry
        grows = GROWS in bag and not (entry.dimension in PERCENT and GROWS in one.form.must | one.form.may)
        fits, kind = kind_of(entry.dimension, own, sort, grows=grows, falls=FALLS in bag)
        if not fits:
            return None
        code = entry.id if kind is None else f"{entry.id}/{kind}"
        return Coded(code, one.alias, GROWTH if kind is Kind.GROWTH else _dimension(entry, own, kind))


def _dimension(entry: CatalogueEntry, own: str, kind: Kind | None) -> str:
    return own if kind in (Kind.FULFILMENT, Kind.EXCESS) else entry.dimension


_known: dict[int, tuple[object, Coder]] = {}


def coder_of(pack: Pack) -> Coder:
    """The coder of a pack's catalogue, made once. Raises PatternError for an alias that is written wrongly."""
    known = _known.get(id(pack.rules))
    if known is not None:
        return known[1]
    rules = [located.rule for located in pack.rules]
    coder = Coder(
        [rule for rule in rules if isinstance(rule, CatalogueEntry)],
        [rule for rule in rules if isinstance(rule, NameWord)],
        Dimensions(rule for rule in rules if isinstance(rule, Dimension)),
    )
    if len(_known) >= _CODERS:
        _known.clear()
    _known[id(pack.rules)] = pack.rules, coder
    return coder
