"""In how many statements, said in other words, the records change in just the words exchanged.

    python tools/paraphrase.py --cases 5000 --seed 0

Draws from the samples, from the corpus beside the clone, and from each folder that is named (with ``corpus/`` and
``gold/`` in it). Counted are statements that are read as gold has them; of the others the share is told too. Prints the
shares by kind of exchange, and examples of the kinds that fare worst.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from nqparse.gate.check import by_pipeline, check
from nqparse.packs.load import load_pack
from nqparse.testing.paraphrase import KINDS, Text, Tried, drawn, share

ROOT = Path(__file__).parents[1]
WORST, EXAMPLES = 5, 3


def texts(more: Sequence[Path]) -> list[Text]:
    """The documents to draw from, with what is misread in them."""
    shared = ROOT.parent / "shared"
    pairs = [(ROOT / "samples", ROOT / "samples" / "gold"), (shared / "corpus", shared / "gold")]
    pairs += [(folder / "corpus", folder / "gold") for folder in more]
    return [text for corpus, gold in pairs if gold.is_dir() for text in _of(corpus, gold)]


def _of(corpus: Path, gold: Path) -> Iterator[Text]:
    checked = check([corpus], gold, by_pipeline(load_pack()), ["*.txt", "*.md"])
    misread = {one.doc_id: one.misread for one in checked.scored}
    for path in sorted(path for path in corpus.iterdir() if path.suffix in (".txt", ".md")):
        yield Text(path.name, path.read_bytes().decode("utf-8-sig"), misread.get(path.name))


def report(tried: Sequence[Tried]) -> Iterator[str]:
    """The shares as a table, then the examples."""
    counting = [one for one in tried if one.counts]
    yield f"read right before: {_line(counting)}"
    yield f"all statements:    {_line(tried)}"
    yield ""
    by_kind = {kind: [one for one in counting if kind in one.case.kinds] for kind in KINDS}
    by_kind["elsewhere"] = [one for one in counting if not one.case.kinds]
    by_kind = {kind: some for kind, some in by_kind.items() if some}
    for kind, some in sorted(by_kind.items(), key=lambda item: share(item[1])):
        yield f"{kind:14} {_line(some)}"
    for kind in sorted(by_kind, key=lambda kind: share(by_kind[kind]))[:WORST]:
        yield f"\n{kind}"
        wrong = [one for one in by_kind[kind] if not one.case.right]
        for one in sorted(wrong, key=lambda one: len(one.case.kinds))[:EXAMPLES]:
            yield from _example(one)


def _line(tried: Sequence[Tried]) -> str:
    right = sum(one.case.right for one in tried)
    return f"{share(tried):7.2%}  ({right:,} of {len(tried):,})"


def _example(one: Tried) -> Iterator[str]:
    yield f"  {one.name} at {one.case.start}: {', '.join(sorted(one.case.kinds))}"
    yield f"    - {one.case.plain}"
    yield f"    + {one.case.text}"
    yield from (f"      {difference}" for difference in one.case.differences())


def main() -> None:
    """Read the options, draw, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=5000, help="how many of the statements that count")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("more", nargs="*", type=Path, help="a folder with corpus/ and gold/")
    options = parser.parse_args()
    print("\n".join(report(drawn(texts(options.more), options.cases, options.seed))))


if __name__ == "__main__":
    main()
