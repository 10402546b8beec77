"""The catalogue's own proof: the names beside its entries, and the pairs of names beside the words of names."""

import re
from collections.abc import Iterator

from nqparse.catalogue.dimensions import Sort
from nqparse.catalogue.matching import Coder, coder_of
from nqparse.models import Change
from nqparse.packs.load import Located, Pack
from nqparse.packs.schema import CatalogueEntry, NameWord

_MEASURE = re.compile(r"(?P<name>.+) \[(?P<unit>[^\]/]*)(?:/(?P<per>[^\]]+))?\](?P<change> [+-])?")
_CHANGES = {None: Change.LEVEL, " +": Change.INCREASE, " -": Change.DECREASE}


def faults_of(pack: Pack, located: Located) -> Iterator[str]:
    """What is wrong with a rule of the catalogue: names that it should code and does not, or the other way round."""
    coder = coder_of(pack)
    match located.rule:
        case CatalogueEntry() as entry:
            yield from _faults_of_entry(coder, entry)
            if entry.parent is not None and all(one.rule.id != entry.parent for one in pack.rules):
                yield f"its parent {entry.parent!r} is not in the catalogue"
        case NameWord() as word:
            yield from _faults_of_word(coder, word)
        case _:
            return


def _faults_of_entry(coder: Coder, entry: CatalogueEntry) -> Iterator[str]:
    for wanted, measures in ((True, entry.measures), (False, entry.others)):
        for measure in measures:
            parts = _MEASURE.fullmatch(measure)
            if parts is None:
                yield f"“{measure}” is no measure: write a name and its unit, as in “name [%]”"
                continue
            sort = Sort(parts["unit"], parts["per"], _CHANGES[parts["change"]], False)
            code = coder.code(parts["name"], sort).code
            if ((code or "").partition("/")[0] == entry.id) is not wanted:
                yield f"“{measure}” has {'no code' if code is None else f'the code {code}'}"


def _faults_of_word(coder: Coder, word: NameWord) -> Iterator[str]:
    for pair in word.names:
        one, _, other = pair.partition(" = ")
        if coder.bag(one) != coder.bag(other):
            yield f"“{one}” and “{other}” are not one name"
