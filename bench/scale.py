"""How runs over many files behave: the second part of ``make bench``. Prints a table; judges nothing.

The files are made of lines of the samples, so that no two are the same. Time is the wall's where processes work side
by side, and the processors' where one thing is weighed against another, whatever else the machine does.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from nqparse.columns import Column, table

ROOT = Path(__file__).parents[1]
Row = tuple[str, str, str]
PARSE = """
import sys
from pathlib import Path
from nqparse.packs.load import load_pack
from nqparse.pipeline import parts
from nqparse.text.encodings import read_bytes
from nqparse.runs.worker import settle
pack = load_pack()
settle()
first, step = map(int, sys.argv[2:])
for path in sorted(Path(sys.argv[1]).rglob("*.txt"))[first::step]:
    for rows in parts(read_bytes(path.read_bytes(), path.name), pack):
        pass
"""


@dataclass(frozen=True, slots=True)
class Used:
    """What a command took: seconds of the wall and of processors, and the peak memory of it and of a worker, in MB."""

    wall: float
    processors: float
    main: float = 0.0
    worker: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5_000, help="files of 20 KB, for workers and overhead")
    parser.add_argument("--many", type=int, default=20_000, help="small files, for incremental runs and memory")
    parser.add_argument("--most", type=int, default=100_000, help="small files, for memory")
    options = parser.parse_args()
    columns = (Column("What"), Column("Measured", right=True), Column("Wanted", right=True))
    print(table(columns, list(rows(options.files, options.many, options.most)), 100), end="")


def rows(files: int, many: int, most: int) -> Iterator[Row]:
    """The rows of the table, as they are measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from workers(folder, files)
        yield from incremental(folder, many)
        yield from memory(folder, most)


def workers(folder: Path, count: int) -> Iterator[Row]:
    """Two workers beside one, what two processes gain here at most, and a run beside parsing alone."""
    texts = documents(folder / "large", count, 20_000)
    one, two = (run(texts, folder / f"{n}", "--workers", str(n)) for n in (1, 2))
    parsing, halves = parsed(texts, 1), parsed(texts, 2)
    what = f"{count:,} files of 20 KB"
    yield f"two workers beside one, {what}", f"{one.wall / two.wall:.2f} ×", "≥ 1.8"
    yield "two processes that share nothing beside one, the same", f"{parsing.wall / halves.wall:.2f} ×", ""
    overhead = f"{one.processors / parsing.processors - 1:.1%}"
    yield f"reading, scheduling, writing beside parsing, {what}", overhead, "≤ 15 %"


def parsed(texts: Path, processes: int) -> Used:
    """The texts parsed by so many processes at once, and nothing written."""
    commands = [[sys.executable, "-c", PARSE, str(texts), str(n), str(processes)] for n in range(processes)]
    with ThreadPoolExecutor(processes) as pool:
        found = list(pool.map(used, commands))
    return max(found, key=lambda one: one.wall)


def incremental(folder: Path, count: int) -> Iterator[Row]:
    """A run after 20 files have changed beside the full one, and the memory of the full one."""
    texts, out = documents(folder / "small", count, 1_000), folder / "small-out"
    full = run(texts, out)
    for path in sorted(texts.rglob("*.txt"))[:: max(1, count // 20)][:20]:
        path.write_text(path.read_text(encoding="utf-8") + "Tỷ lệ hộ nghèo: 5%\n", encoding="utf-8")
    again = run(texts, out)
    yield f"a run after 20 of {count:,} files changed, beside a full one", f"{again.wall / full.wall:.1%}", "≤ 5 %"
    yield from peaks(full, count)


def memory(folder: Path, count: int) -> Iterator[Row]:
    """The memory of a run over very many files."""
    yield from peaks(run(documents(folder / "most", count, 300), folder / "most-out"), count)


def peaks(found: Used, count: int) -> Iterator[Row]:
    yield (
        f"memory at {count:,} files, main process and each worker",
        f"{found.main:.0f}, {found.worker:.0f} MB",
        "≤ 400",
    )


def documents(folder: Path, count: int, size: int) -> Path:
    """A folder of so many documents of about so many bytes."""
    lines = [line for path in sorted((ROOT / "samples").glob("*.txt")) for line in path.open(encoding="utf-8")]
    chance = random.Random(1)
    for number in range(count):
        place = folder / f"{number % 100:02}" / f"{number:06}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(some(lines, chance.randrange(len(lines)), size)), encoding="utf-8")
    return folder


def some(lines: Sequence[str], start: int, size: int) -> Iterator[str]:
    taken = 0
    while taken < size:
        line = lines[start % len(lines)]
        yield line
        taken += len(line.encode())
        start += 1


def run(texts: Path, out: Path, *options: str) -> Used:
    return used([sys.executable, "-m", "nqparse", "run", str(texts), "--out", str(out), "--quiet", *options])


def used(command: Sequence[str]) -> Used:
    """Run the command, and measure."""
    before, started = os.times(), perf_counter()
    done, found = Event(), [0.0, 0.0]
    with subprocess.Popen(command) as process:
        thread = Thread(target=watch, args=(process.pid, done, found))
        thread.start()
        code = process.wait()
        done.set()
        thread.join()
    if code:
        raise SystemExit(f"{' '.join(command)}: exit status {code}")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Used(perf_counter() - started, spent, *found)


def watch(pid: int, done: Event, found: list[float]) -> None:
    """Note the peak memory of a process and of its children, as far as the system tells."""
    while not done.wait(0.5):
        found[0] = max(found[0], peak(pid))
        children = Path(f"/proc/{pid}/task/{pid}/children")
        for child in children.read_text().split() if children.exists() else ():
            found[1] = max(found[1], peak(int(child)))


def peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    main()
