"""For how many measures one of the names that the decisions could make is right: what a better choice could reach.

    python tools/oracle.py

Reads the samples, the corpus beside the clone, and each folder that is named (with ``corpus/`` and ``gold/`` in it). A
name is right where it shares 70 % of its words with gold. Counted are gold's measures that were found. The name of a
table's row is not chosen among others: there only the one that was read counts.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from nqparse.explaining import starts
from nqparse.gate.gold import Gold, list_gold, read_gold
from nqparse.gate.sameness import NAMES_ALIKE, likeness
from nqparse.layout.blocks import Block
from nqparse.naming.alternatives import Choice, watching
from nqparse.packs.load import Pack, load_pack
from nqparse.pipeline import analyse
from nqparse.text.encodings import read_file

ROOT = Path(__file__).parents[1]


class Reached(NamedTuple):
    """A measure of gold: its document, its name, the one that was read, the likeness of that and of the best one."""

    document: str
    name: str
    read: str
    likeness: float
    best: float


def folders(more: Sequence[Path]) -> Iterator[tuple[str, Path, Path]]:
    """The folders to read: a name for each, its documents, its gold."""
    shared = ROOT.parent / "shared"
    yield "samples", ROOT / "samples", ROOT / "samples" / "gold"
    if shared.is_dir():
        yield "corpus", shared / "corpus", shared / "gold"
    for folder in more:
        yield folder.name, folder / "corpus", folder / "gold"


def of_folder(corpus: Path, where: Path, pack: Pack) -> Iterator[Reached]:
    """The measures of gold in one folder."""
    for named in list_gold(where):
        path = next((p for p in sorted(corpus.iterdir()) if p.stem == named.name), None)
        if path is not None:
            yield from _of_document(path, read_gold(named), pack)


def _of_document(path: Path, gold: Gold, pack: Pack) -> Iterator[Reached]:
    source = read_file(path, path.name)
    names = {line.row.start: line.row.name for line in gold.measures.lines} if gold.measures else {}
    best: dict[int, float] = {}

    def watch(choice: Choice) -> None:
        for start in starts(choice, choice.block, source) if isinstance(choice.block, Block) else ():
            if start in names:
                found = {name for name in choice.names() if name}
                best[start] = max((likeness(name, names[start]) for name in found), default=0.0)

    with watching(watch):
        rows = analyse(source, pack).indicators
    for row in rows:
        if row.char_start in names:
            gold_name = names[row.char_start]
            own = likeness(row.name, gold_name)
            yield Reached(path.name, gold_name, row.name, own, max(own, best.get(row.char_start, 0.0)))


def report(name: str, reached: Sequence[Reached]) -> str:
    """One line: the share that was read right, and the share that could have been."""
    count = max(1, len(reached))
    read = sum(one.likeness >= NAMES_ALIKE for one in reached)
    could = sum(one.best >= NAMES_ALIKE for one in reached)
    return f"{name:8} {len(reached):6,} measures  read {read / count:.3f}  oracle {could / count:.3f}"


def main() -> None:
    """Read the options, read the folders, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--misses", type=int, default=0, help="so many names of each folder that no decision could make"
    )
    parser.add_argument("more", nargs="*", type=Path, help="a folder with corpus/ and gold/")
    options = parser.parse_args()
    pack, every = load_pack(), []
    for name, corpus, gold in folders(options.more):
        reached = list(of_folder(corpus, gold, pack))
        every += reached
        print(report(name, reached), flush=True)
        for one in [one for one in reached if one.best < NAMES_ALIKE][: options.misses]:
            print(f"  {one.document}: {one.name!r}, read as {one.read!r}")
    print(report("all", every))


if __name__ == "__main__":
    main()
