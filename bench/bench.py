"""How fast nqparse is, beside what the issue asks: ``make bench``. Prints a table; judges nothing.

One process, one core, warm: from the bytes of documents to finished Arrow tables. The documents are the corpus beside
the clone, or else the samples, repeated to some megabytes. Of cold starts and of memory, new processes are measured.
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

from underthesea import word_tokenize

from nqparse.columns import Column, table
from nqparse.gate.check import by_pipeline, check
from nqparse.gate.gold import list_gold
from nqparse.gate.reads import Reading
from nqparse.inputs import InputFile
from nqparse.packs.load import Pack, load_pack
from nqparse.pipeline import STAGES, Analysis, parts
from nqparse.reports import terminal
from nqparse.reports.of_check import report
from nqparse.runs.worker import settle
from nqparse.tables import to_arrow
from nqparse.text.encodings import read_bytes

ROOT = Path(__file__).parents[1]
SEGMENTED = 100_000
"""So many bytes are only word-segmented: that is slow, and its speed does not depend on the length."""
Row = tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=3.0, help="size of the text for the speed of the pipeline")
    parser.add_argument("--long", type=float, default=1.0, help="size of the shorter of two long documents, in MB")
    parser.add_argument("--documents", type=int, default=1000, help="how many documents are scored")
    options = parser.parse_args()
    texts, pack = corpus(), load_pack()
    first = [*memory(texts), *cold_starts()]  # while this process is small: a child's peak counts from its parent's
    rows = [
        *speeds(texts, pack, round(options.megabytes * 1e6)),
        *stages(texts, pack),
        *linearity(texts, pack, round(options.long * 1e6)),
        *scoring(pack, options.documents),
        *first,
    ]
    columns = (Column("What"), Column("Measured", right=True), Column("Wanted", right=True))
    print(table(columns, rows, 100), end="")


def corpus() -> list[bytes]:
    """The documents: real ones where they lie beside the clone."""
    real = ROOT.parent / "shared" / "corpus"
    folder = real if real.is_dir() else ROOT / "samples"
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md")]


def speeds(texts: Sequence[bytes], pack: Pack, size: int) -> list[Row]:
    """The pipeline's speed on new text and warm, and how many times that of word segmentation alone it is.

    Warm, the two take turns, so that both meet the machine's fast and slow moments; told are their best rounds.
    """
    segment("làm nóng")  # loads the model
    settle()
    once, new = sum(map(len, texts)), cpu_seconds(partial(parse, texts, pack))
    rounds = max(3, size // once)
    sample = b"".join(texts)[:SEGMENTED].decode("utf-8", "ignore")
    turns = [(cpu_seconds(partial(parse, texts, pack)), cpu_seconds(partial(segment, sample))) for _ in range(rounds)]
    warm, segmented = once / 1e6 / min(turns)[0], len(sample.encode()) / 1e6 / min(turn[1] for turn in turns)
    return [
        ("bytes to Arrow, documents not seen before", f"{once / 1e6 / new:.2f} MB/s", ""),
        (f"bytes to Arrow, warm, best of {rounds} rounds over {once / 1e6:.1f} MB", f"{warm:.2f} MB/s", "≥ 1"),
        ("the same text only word-segmented, best of as many", f"{segmented:.2f} MB/s", ""),
        ("how many times as fast", f"{warm / segmented:.1f}", "≥ 4"),
    ]


def stages(texts: Sequence[bytes], pack: Pack) -> list[Row]:
    """Which share of the time each stage takes, from bytes to records."""
    spent = dict.fromkeys(("reading", *STAGES), 0.0)
    for number, data in enumerate(texts):
        started = process_time()
        analysis = Analysis(read_bytes(data, f"{number}.txt"))
        spent["reading"] += process_time() - started
        for name, stage in STAGES.items():
            started = process_time()
            analysis = stage(analysis, pack)
            spent[name] += process_time() - started
    return [(f"share of {name}", f"{times / sum(spent.values()):.0%}", "") for name, times in spent.items()]


def seconds(work: Callable[[], object]) -> float:
    """By the clock."""
    started = perf_counter()
    work()
    return perf_counter() - started


def cpu_seconds(work: Callable[[], object]) -> float:
    """Of one core: other programs beside this one do not count."""
    started = process_time()
    work()
    return process_time() - started


def parse(texts: Sequence[bytes], pack: Pack) -> None:
    for number, data in enumerate(texts):
        to_arrow(list(parts(read_bytes(data, f"{number}.txt"), pack)))


def segment(text: str) -> None:
    for line in text.splitlines():
        word_tokenize(line, use_token_normalize=False)


def linearity(texts: Sequence[bytes], pack: Pack, size: int) -> list[Row]:
    """How much longer one document of ten times the length takes."""
    whole = b"\n".join(texts)
    short, long = (cpu_seconds(partial(parse, [repeated(whole, n)], pack)) for n in (size, 10 * size))
    megabytes = size / 1e6
    return [(f"one document of {10 * megabytes:g} MB beside one of {megabytes:g} MB", f"{long / short:.1f} ×", "10")]


def repeated(data: bytes, size: int) -> bytes:
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore").encode()


def scoring(pack: Pack, count: int) -> list[Row]:
    """How long it takes to score documents with gold, of the time that it takes to parse them: both in one check."""
    parsing = 0.0
    parsed = by_pipeline(pack)

    def read(file: InputFile) -> Reading:
        nonlocal parsing
        started = perf_counter()
        reading = parsed(file)
        parsing += perf_counter() - started
        return reading

    with tempfile.TemporaryDirectory() as folder:
        documents, gold = with_gold(Path(folder), count)
        whole = seconds(lambda: terminal.render(report(check([documents], gold, read), None), 100))
    share = (whole - parsing) / parsing
    return [(f"scoring {count} documents, of the time to parse them", f"{share:.2f}", "< 0.20")]


def with_gold(folder: Path, count: int) -> tuple[Path, Path]:
    """So many copies of the documents that have gold, and of their gold."""
    shared = ROOT.parent / "shared"
    sources, golden = (
        (shared / "corpus", shared / "gold") if shared.is_dir() else (ROOT / "samples", ROOT / "samples/gold")
    )
    documents, gold = folder / "documents", folder / "gold"
    documents.mkdir()
    gold.mkdir()
    for number, named in zip(range(count), cycle(list_gold(golden)), strict=False):
        source = next(path for path in sources.glob(f"{named.name}.*") if path.is_file())
        shutil.copy(source, documents / f"{number}{source.suffix}")
        for path in named.paths:
            shutil.copy(path, gold / f"{number}.{'.'.join(path.name.rsplit('.', 2)[1:])}")
    return documents, gold


def cold_starts() -> list[Row]:
    """The best of five starts of two commands."""
    sample = min((ROOT / "samples").glob("*.txt"), key=lambda path: path.stat().st_size)
    rows = []
    for arguments, wanted in ((["--help"], "≤ 0.5"), (["show", str(sample)], "≤ 2")):
        command = [sys.executable, "-m", "nqparse", *arguments]
        best = min(seconds(partial(run, command)) for _ in range(5))
        rows.append((f"nqparse {arguments[0]}, cold", f"{best:.2f} s", wanted))
    return rows


def run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def memory(texts: Sequence[bytes]) -> list[Row]:
    """Peak memory of a run over a folder; call it first: the measure is of the largest child process so far."""
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(islice(cycle(texts), 5 * len(texts))):
            (Path(folder) / f"{number}.txt").write_bytes(data)
        run([sys.executable, "-m", "nqparse", "run", folder, "--out", f"{folder}/out"])
        size = sum(path.stat().st_size for path in Path(folder).glob("*.txt")) / 1e6
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return [(f"memory of a run over {size:.1f} MB", f"{peak:.0f} MB", "≤ 500")]


if __name__ == "__main__":
    main()
