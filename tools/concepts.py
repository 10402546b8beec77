"""Whether the catalogue gives one code to what is one indicator: pairs of rows of gold's concepts, by a run's rows.

A line of the truth names a row (``stem``, ``start``) and its ``concept``. Of all pairs of rows that have one code, what
share is one concept (precision); of all pairs of rows that are one concept, what share has one code (recall).
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from nqparse.models import Indicator
from nqparse.packs.load import load_pack
from nqparse.pipeline import parse


class Row(NamedTuple):
    """A row of the truth, and what was read there."""

    concept: str | None
    name: str
    unit: str
    code: str | None
    read: str | None


class Scores(NamedTuple):
    """Pairs, and how many of the rows whose concept occurs twice have a code."""

    precision: float
    recall: float
    coded: float


def scores(rows: Sequence[Row]) -> Scores:
    """The scores of these rows; a row whose truth names no concept is in no pair of its own."""
    same_code = same_concept = both = 0
    for one, other in combinations(rows, 2):
        code = one.code is not None and one.code == other.code
        concept = one.concept is not None and one.concept == other.concept
        same_code, same_concept, both = same_code + code, same_concept + concept, both + (code and concept)
    often = Counter(row.concept for row in rows)
    twice = [row for row in rows if row.concept is not None and often[row.concept] > 1]
    return Scores(both / max(same_code, 1), both / max(same_concept, 1), sum(bool(r.code) for r in twice) / len(twice))


def _read(corpus: Path, truth: Iterable[str]) -> Iterator[Row]:
    wanted = [json.loads(line) for line in truth]
    stems = {one["stem"] for one in wanted}
    paths = {path.name: path for path in sorted(corpus.rglob("*")) if path.stem in stems and path.is_file()}
    found: dict[tuple[str, int], Indicator] = {}
    pack = load_pack()
    for path in paths.values():
        found |= {(path.stem, row.char_start): row for row in parse(path, pack=pack).indicators}
    for one in wanted:
        row = found.get((one["stem"], one["start"]))
        yield Row(
            one["concept"], one["name"], one["unit"], *((row.code, row.name) if row is not None else (None, None))
        )


def main() -> None:
    """Print the scores; exit status 1 where one is below its floor."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("corpus", type=Path)
    options.add_argument("truth", type=Path)
    options.add_argument("--precision", type=float, default=0.0)
    options.add_argument("--recall", type=float, default=0.0)
    options.add_argument("--coded", type=float, default=0.0)
    options.add_argument("--faults", action="store_true", help="print the rows that are coded otherwise")
    chosen = options.parse_args()
    rows = list(_read(chosen.corpus, chosen.truth.read_text(encoding="utf-8").splitlines()))
    found = scores(rows)
    print(f"concepts: precision {found.precision:.3f}, recall {found.recall:.3f}, coded {found.coded:.3f}")
    if chosen.faults:
        _print_faults(rows)
    if any(value < floor for value, floor in zip(found, (chosen.precision, chosen.recall, chosen.coded), strict=True)):
        sys.exit("concepts: below the floor")


def _print_faults(rows: Sequence[Row]) -> None:
    often = Counter(row.concept for row in rows)
    concepts: dict[str | None, set[str | None]] = {}
    for row in rows:
        concepts.setdefault(row.code, set()).add(row.concept)
    for row in rows:
        if (row.code is None and often[row.concept] > 1) or (row.code and len(concepts[row.code]) > 1):
            print(f"{row.concept} ({often[row.concept]}) | {row.name} [{row.unit}] | {row.read} | {row.code}")


if __name__ == "__main__":
    main()
