"""``nqparse catalogue suggest``: the most frequent names without a code, and the entries nearest to them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from nqparse.analysis.base import opened
from nqparse.catalogue.matching import coder_of
from nqparse.packs.load import Pack
from nqparse.packs.schema import CatalogueEntry

_UNCODED = """
SELECT name_norm, min(name), unit, count(*), count(DISTINCT doc_id) FROM indicators
WHERE code IS NULL AND (core OR $every) AND unit <> ''
GROUP BY name_norm, unit ORDER BY count(DISTINCT doc_id) DESC, count(*) DESC, name_norm, unit LIMIT $most
"""
_NEAREST = 3


class Suggestion(NamedTuple):
    """A name that no entry has, and the entries whose words are likest; a person decides."""

    name: str
    unit: str
    rows: int
    documents: int
    near: tuple[str, ...]


def suggest(out: Path, pack: Pack, *, most: int = 50, every: bool = False) -> list[Suggestion]:
    """The names by how many documents have them; raises InputError as ``base.opened`` does."""
    with opened(out) as base:
        found = base.execute(_UNCODED, {"most": most, "every": every}).fetchall()
    entries = _entries(pack)
    return [
        Suggestion(name, unit, rows, documents, _near(pack, name, entries)) for _, name, unit, rows, documents in found
    ]


def _entries(pack: Pack) -> list[tuple[str, frozenset[str]]]:
    coder = coder_of(pack)
    return [(one.rule.id, coder.bag(one.rule.vi)) for one in pack.rules if isinstance(one.rule, CatalogueEntry)]


def _near(pack: Pack, name: str, entries: Sequence[tuple[str, frozenset[str]]]) -> tuple[str, ...]:
    words = coder_of(pack).bag(name)
    scored = [(2 * len(words & own) / max(len(words) + len(own), 1), code) for code, own in entries]
    return tuple(code for score, code in sorted(scored, key=lambda one: (-one[0], one[1]))[:_NEAREST] if score)
