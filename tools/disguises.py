"""How many records stay the same when a text comes in disguise: each sample, and each document of the corpus beside the
clone, in each disguise of ``nqparse.testing``.

    python tools/disguises.py --report docs/robustness.md

Prints a table of each set, in percent of the records of each document ("·": the disguise cannot write the text). Exit
status 1 where a kind keeps less than it must of a set. ``--quick`` takes three kinds for each document, not all.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from report import put

from nqparse.testing import KINDS, SLIPS, Comparison, UnfitError, compare

ROOT = Path(__file__).parents[1]
QUICK = 3
SEEDS_OF_SLIPS = 5


@dataclass(frozen=True, slots=True)
class Set:
    """Documents, and the share of their records that every disguise but slips must keep."""

    name: str
    files: tuple[Path, ...]
    least: float

    def must_keep(self, kind: str) -> float:
        """The share of records that a kind must keep."""
        return 0.97 if kind == SLIPS else self.least


def sets() -> list[Set]:
    """The samples, and the corpus where it lies beside the clone."""
    samples = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file())
    corpus = sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
    found = [Set("sample", tuple(samples), 1.0), Set("corpus", tuple(corpus), 0.99)]
    return [one for one in found if one.files]


Results = dict[tuple[str, Path], Comparison | None]


def results(files: Sequence[Path], seed: int, quick: bool) -> Results:
    """What each disguise keeps of each document; None where it cannot write it."""
    found: Results = {}
    for at, path in enumerate(files):
        text = path.read_bytes().decode("utf-8-sig")
        for kind in KINDS[at % (len(KINDS) // QUICK) :: len(KINDS) // QUICK] if quick else KINDS:
            try:
                found[kind, path] = compared(text, kind, seed)
            except UnfitError:
                found[kind, path] = None
    return found


def compared(text: str, kind: str, seed: int) -> Comparison:
    """What a disguise keeps; of slips, which hit few words and at random, what several keep together."""
    ones = [compare(text, kind, seed + more) for more in range(SEEDS_OF_SLIPS if kind == SLIPS else 1)]
    lost, added = (tuple(key for one in ones for key in getattr(one, name)) for name in ("lost", "added"))
    return Comparison(sum(one.plain for one in ones), lost, added)


def share(found: Results, kind: str) -> float | None:
    """The share of records that a kind keeps of all documents together; None where it was tried on none."""
    some = [one for (of, _), one in found.items() if of == kind and one is not None]
    most = sum(one.most for one in some)
    return sum(one.kept for one in some) / most if most else None


def table(of: Set, found: Results) -> Iterator[str]:
    """A Markdown table: a row for each kind, a column for each document."""
    yield f"| {of.name} | all | " + " | ".join(path.name.split("-")[0].split("_")[0] for path in of.files) + " |"
    yield "| --- |" + " ---: |" * (len(of.files) + 1)
    for kind in KINDS:
        cells = [_cell(found, kind, path) for path in of.files]
        total = share(found, kind)
        yield f"| {kind} | {'' if total is None else _percent(total)} | " + " | ".join(cells) + " |"


def _cell(found: Results, kind: str, path: Path) -> str:
    if (kind, path) not in found:
        return ""
    one = found[kind, path]
    return "·" if one is None else _percent(one.share)


def _percent(part: float) -> str:
    """In percent with one place, rounded down: 100 is all of them."""
    return f"{int(part * 1000 + 1e-9) / 10:g}"


def main() -> int:
    """Read the options, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--quick", action="store_true", help="three kinds for each document")
    parser.add_argument("--report", type=Path, help="a Markdown file to write the tables in, between its two marks")
    options = parser.parse_args()
    lines: list[str] = []
    below: list[str] = []
    for of in sets():
        found = results(of.files, options.seed, options.quick)
        lines += [*table(of, found), ""]
        kept = {kind: share(found, kind) for kind in KINDS}
        below += [f"{of.name}: {kind}" for kind, part in kept.items() if part is not None and part < of.must_keep(kind)]
    print("\n".join(lines))
    if options.report:
        put(options.report, "disguises", "\n".join(lines))
    if below:
        print("less than they must keep: " + "; ".join(below), file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
