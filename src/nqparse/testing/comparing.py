"""The records of a text in disguise beside those of the plain text."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nqparse.models import Document, Indicator
from nqparse.packs.load import load_pack, words_of
from nqparse.pipeline import analyse, document
from nqparse.testing.disguises import disguise
from nqparse.testing.draft import Disguised
from nqparse.text.encodings import read_bytes
from nqparse.text.source import Source

FIELDS = ("label", "low", "high", "bound", "unit", "per", "of", "change", "basis", "role", "name_norm", "section_path")
"""What of a record must be the same; its place, mapped back, too."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The records of the plain text, and what the disguise lost of them and added, each as (place, fields…)."""

    plain: int
    lost: tuple[Key, ...]
    added: tuple[Key, ...]

    @property
    def kept(self) -> int:
        """How many records are the same."""
        return self.plain - len(self.lost)

    @property
    def most(self) -> int:
        """How many records the larger of the two sets has."""
        return self.kept + max(len(self.lost), len(self.added))

    @property
    def share(self) -> float:
        """The share of records that are the same, of the larger of the two sets."""
        return self.kept / self.most if self.most else 1.0


def compare(text: str, kind: str, seed: int = 0) -> Comparison:
    """Parse ``text`` plain and in the disguise ``kind``, and compare the records.

    Raises UnfitError and KeyError as ``disguise`` does.

    >>> compare("Tỷ lệ hộ nghèo: 5%", "nfd").share
    1.0
    """
    worn = disguise(text, kind, seed)
    plain, other = _keys(_parsed(text.encode())[1]), _keys(_parsed(worn.data)[1], worn)
    return Comparison(plain.total(), tuple((plain - other).elements()), tuple((other - plain).elements()))


@lru_cache(maxsize=64)
def _parsed(data: bytes) -> tuple[Source, Document]:
    source = read_bytes(data)
    return source, document(analyse(source, load_pack()), load_pack())


def _keys(found: Document, worn: Disguised | None = None) -> Counter[Key]:
    return Counter((_place(row, worn), *(_value(row, name) for name in FIELDS)) for row in found.indicators)


def _value(row: Indicator, name: str) -> Any:
    """A field as it is compared; the basis is in the source's own words, which a disguise may spell otherwise."""
    if name == "basis" and row.basis:
        return " ".join(word for word in words_of(row.basis) if word.isalnum())
    return getattr(row, name)


def _place(row: Indicator, worn: Disguised | None) -> tuple[int, int]:
    if worn is None:
        return row.char_start, row.char_end
    return worn.origin(row.char_start), worn.origin(row.char_end - 1) + 1
