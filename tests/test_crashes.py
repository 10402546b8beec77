"""A run that is killed at any moment, or has no room, breaks no table for who reads them, and is gone on with.

``make soak`` kills many times, as NQPARSE_KILLS says; otherwise it is a few. What is killed is the run or, now and
then, one of its workers. All the while a reader reads the tables, by turns with pyarrow, pandas and DuckDB. pyarrow and
pandas open each part once, and must never fail. DuckDB opens a part again after it has looked at it: where the part was
replaced in between, it says so with an error, and must succeed when it reads again.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nqparse import batch
from nqparse.models import TABLES
from nqparse.runs import store

KILLS = int(os.environ.get("NQPARSE_KILLS", "5"))
SEED = int(os.environ.get("NQPARSE_SEED", "7"))
STEPS = ((1000, 4),)
FEW_PARTS = f"import nqparse.runs.store as store; store._STEPS = {STEPS}"
Rows = dict[str, list[dict[str, object]]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds the workers of a run by /proc"),
]


class Place:
    """Two versions of a folder, the tables that an undisturbed run makes of each, and the folder that is written to."""

    def __init__(self, root: Path) -> None:
        self.inputs, self.out = root / "in", root / "out"
        self.environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")])}
        (root / "sitecustomize.py").write_text(FEW_PARTS, encoding="utf-8")
        self.wanted: list[dict[str, bytes]] = []
        self.rows: list[dict[str, Rows]] = []
        self.seconds = 0.0
        for version, undisturbed in enumerate((self._run_here, self._run_timed)):
            self.bring(version)
            out = root / f"undisturbed-{version}"
            undisturbed(out)
            self.wanted.append(content(out))
            self.rows.append({name: rows_of(out, name) for name in TABLES})

    def _run_here(self, out: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "_STEPS", STEPS)
            batch.run([self.inputs], out)

    def _run_timed(self, out: Path) -> None:
        started = monotonic()
        with self.start("--out", out) as process:
            process.communicate()
        assert process.returncode == 0
        self.seconds = monotonic() - started

    def reset(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.out.with_name("undisturbed-0"), self.out)
        self.bring(1)

    def bring(self, version: int) -> None:
        """Make the inputs those of this version: some files are in both, some have changed, some are in one only."""
        shutil.rmtree(self.inputs, ignore_errors=True)
        self.inputs.mkdir()
        for i in range(30):
            if i % 10 == 9 - version:
                continue
            value = version if i % 3 == 0 else 7
            lines = "".join(f"- Chỉ tiêu thứ {k}: đạt {k + value},5%\n" for k in range(20))
            (self.inputs / f"{i:02}.txt").write_text(f"I. CHỈ TIÊU NĂM 2025\n{lines}", encoding="utf-8")

    def start(self, *arguments: object, limit: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "nqparse", "run", self.inputs, "--workers", 2, "--quiet", *arguments]
        words = [str(word) for word in (*command, *(() if "--out" in arguments else ("--out", self.out)))]
        return subprocess.Popen(words, env=self.environment, stderr=subprocess.PIPE, text=True, preexec_fn=limit)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("crashes"))


@pytest.fixture
def place(prepared: Place) -> Place:
    """The place with the tables of the first version, and the files of the second."""
    prepared.reset()
    return prepared


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def rows_of(out: Path, name: str) -> Rows:
    return by_document(pq.read_table(out / name).to_pylist())


def by_document(found: list[dict[str, object]]) -> Rows:
    rows: Rows = defaultdict(list)
    for row in found:
        rows[str(row["doc_id"])].append(row)
    return rows


def rows_by_pandas(out: Path, name: str) -> Rows:
    frame = pd.read_parquet(out / name, dtype_backend="pyarrow")
    return by_document(pa.Table.from_pandas(frame, preserve_index=False).to_pylist())


def rows_by_duckdb(out: Path, name: str) -> Rows:
    with duckdb.connect() as connection:
        return by_document(connection.sql(f"FROM '{out / name}/*.parquet'").to_arrow_table().to_pylist())


def rows_by_duckdb_again(out: Path, name: str) -> Rows:
    """What DuckDB reads; where it fails, what it reads then. A second error in a row is raised."""
    with suppress(duckdb.Error):
        return rows_by_duckdb(out, name)
    return rows_by_duckdb(out, name)


WAYS = (rows_of, rows_by_duckdb_again, rows_by_pandas, rows_by_duckdb_again)


class Reader:
    """Reads the tables over and over, and notes what is wrong with them."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._stop = Event()
        self.faults: list[str] = []
        self.reads = 0

    def _look(self, name: str) -> Iterator[str]:
        found = WAYS[self.reads % len(WAYS)](self._place.out, name)
        old, new = (version[name] for version in self._place.rows)
        for doc_id in {*found, *old, *new}:
            rows = found.get(doc_id, [])
            if rows not in (old.get(doc_id, []), new.get(doc_id, [])):
                yield f"{name}: the rows of {doc_id} are neither the old ones nor the new"

    def _loop(self) -> None:
        while not self._stop.is_set():
            for name in TABLES:
                try:
                    self.faults += self._look(name)
                except Exception as error:  # noqa: BLE001 - whatever a reader meets is a fault
                    self.faults.append(f"{name}, {WAYS[self.reads % len(WAYS)].__name__}: {error!r}")
            self.reads += 1

    @contextmanager
    def reading(self) -> Iterator[None]:
        thread = Thread(target=self._loop)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()


def workers_of(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def test_runs_that_are_killed_break_nothing_and_are_gone_on_with(place: Place) -> None:
    moments, reader = random.Random(SEED), Reader(place)
    with reader.reading():
        for number in range(KILLS):
            place.bring(1 - number // 2 % 2)  # so that two in a row are of the same version: the second goes on
            with place.start() as process:
                sleep(moments.uniform(0, place.seconds))
                workers = workers_of(process.pid) if number % 5 == 4 else []
                with suppress(ProcessLookupError):
                    os.kill(moments.choice(workers or [process.pid]), signal.SIGKILL)
                process.communicate()
            assert process.returncode == (0 if workers else process.returncode)
            if number % 10 == 4 and number < KILLS - 1:
                finish(place, 1 - number // 2 % 2)
        for version in (1, 0):
            place.bring(version)
            finish(place, version)
    assert reader.faults == []
    assert reader.reads > KILLS


def finish(place: Place, version: int) -> None:
    """Run to the end, beside what workers of killed runs still do: the tables are those of an undisturbed run."""
    with place.start() as process:
        _, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert content(place.out) == place.wanted[version]
    assert [path.name for path in (place.out / ".nqparse").iterdir()] == ["lock"]


@pytest.mark.parametrize("room", [500, 12_000])
def test_a_disk_without_room_breaks_nothing_and_the_run_is_gone_on_with(place: Place, room: int) -> None:
    """No file may grow over so many bytes: the shards do not fit, or the parts."""
    fails_without_room(place, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    finish(place, 1)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk of that size at the folder; skips the test where none may be mounted."""
    mount = ("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield
    finally:
        subprocess.run(("umount", "--lazy", str(folder)), check=True)


def test_a_full_disk_breaks_nothing_and_the_run_is_gone_on_with(place: Place) -> None:
    tables = place.out.with_name("undisturbed-0")
    shutil.rmtree(place.out)
    place.out.mkdir()
    pages = sum(-(-file.stat().st_size // 4096) for file in tables.rglob("*") if file.is_file())
    with small_disk(place.out, (pages + 16) * 4096):
        shutil.copytree(tables, place.out, dirs_exist_ok=True)
        fails_without_room(place)
        subprocess.run(("mount", "-o", "remount,size=64m", str(place.out)), check=True)
        finish(place, 1)


def fails_without_room(place: Place, limit: Callable[[], None] | None = None) -> None:
    before = content(place.out)
    with place.start(limit=limit) as process:
        _, errors = process.communicate()
    assert process.returncode == 2, errors
    assert "make room" in errors
    assert "Traceback" not in errors
    assert content(place.out) == before
