"""Runs from and to a store: the tables of a local run, after whatever happened. The store is moto's, run here."""

import io
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, Event, Thread
from uuid import uuid4

import fsspec
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from nqparse import addresses
from nqparse.addresses import Address, Place, contents, listed, write
from nqparse.batch import Options, Summary, dry_run, run
from nqparse.cli import cli
from nqparse.errors import InputError
from nqparse.models import TABLES
from nqparse.runs import leases, remote, store
from nqparse.runs.leases import leased
from nqparse.runs.remote import opened
from nqparse.runs.store import part_names

pytestmark = pytest.mark.slow

NAMES = ("a.txt", "2024/nghị quyết số 5.txt", "2024/#1 100%+ [x] & 'y' ?.md", "sâu/hơn/nữa/b.TXT", "Tổ.txt")
TWO = ("one", "two")

KILLS = """
import os, signal
from nqparse.runs import remote, staging
def dies_after(module, name, calls):
    real = getattr(module, name)
    left = iter(range(calls))
    def counted(*arguments, **keywords):
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **keywords)
    setattr(module, name, counted)
"""


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """A store, which the environment tells of."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    there = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    there.start()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{there.get_host_and_port()[1]}")
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.filesystem("s3").mkdir("archive")
        yield
    there.stop()
    addresses._url_to_fs.cache_clear()


@pytest.fixture
def place() -> Address:
    """A place in the store where nothing is yet."""
    return Address(f"s3://archive/{uuid4().hex}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, name in enumerate(NAMES):
        add(tmp_path / "in" / name, number)
    return tmp_path


def add(path: Path, value: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"I. CHỈ TIÊU NĂM 2025\n- Tỷ lệ hộ nghèo: {value + 2}%\n- Thu {value}.000 tỷ đồng\n", "utf-8")


def upload(folder: Path, place: Address) -> None:
    for path in folder.rglob("*.*"):
        if path.is_file():
            write(path.read_bytes(), place / path.relative_to(folder).as_posix())


def tables(out: Place) -> dict[str, bytes]:
    """The parts of the tables, and nothing else that is beside them."""
    if isinstance(out, Address):
        return {name: contents(out / name) for name in sorted(listed(out)) if not name.startswith(".nqparse")}
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def left_aside(out: Address) -> list[str]:
    return [name.rpartition("-")[0] for name in listed(out / ".nqparse")]


def nqparse(*arguments: object, before: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own; ``before`` is Python that it, and its workers, begin with."""
    site = Path(str(arguments[-1])).parent / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(before, encoding="utf-8")
    paths = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "nqparse", "run", "--quiet", *map(str, arguments[:-1])]
    found = {**os.environ, "PYTHONPATH": paths, **environment}
    return subprocess.run(command, env=found, capture_output=True, text=True, check=False)


def counts(summary: Summary) -> tuple[int, int, int]:
    return summary.files, summary.unchanged, summary.removed


def test_a_run_in_a_store_gives_the_tables_of_a_local_one_and_then_does_what_changed(
    folder: Path, place: Address
) -> None:
    upload(folder / "in", place / "in")
    write(b"hidden", place / "in/.git/a.txt")
    run([folder / "in"], folder / "first")
    done = nqparse(place / "in", "--out", place / "out", "--workers", 2, folder / "x")
    assert (done.returncode, done.stderr) == (0, "")
    assert tables(place / "out") == tables(folder / "first")
    assert left_aside(place / "out") == ["locks/lock"]

    shutil.rmtree(folder / "in/2024")
    add(folder / "in/a.txt", 70)
    add(folder / "in/mới.txt", 8)
    run([folder / "in"], folder / "second")
    fsspec.filesystem("s3").rm(f"{place}/in", recursive=True)
    upload(folder / "in", place / "in")
    planned = dry_run([place / "in"], place / "out")
    assert (planned.new, planned.changed, planned.unchanged, planned.removed) == (1, 1, 2, 2)
    assert counts(run([place / "in"], place / "out")) == (2, 2, 2)
    assert tables(place / "out") == tables(folder / "second")
    assert counts(run([place / "in"], place / "out")) == (0, 4, 0)
    assert counts(run([place / "in"], place / "out", options=Options(full=True))) == (4, 0, 0)
    assert tables(place / "out") == tables(folder / "second")


def test_a_cluster_reads_from_a_store_and_writes_to_it(folder: Path, place: Address) -> None:
    upload(folder / "in", place / "in")
    run([folder / "in"], folder / "local")
    done = nqparse(place / "in", "--out", place / "out", "--engine", "dask", "--workers", 1, folder / "x")
    assert (done.returncode, done.stderr) == (0, "")
    assert tables(place / "out") == tables(folder / "local")


def test_from_here_to_there_and_back_by_a_list(folder: Path, place: Address) -> None:
    run([folder / "in"], folder / "local")
    run([folder / "in"], place / "out")
    assert tables(place / "out") == tables(folder / "local")
    upload(folder / "in/2024", place / "2024")
    listing = "\n".join([f"{place}/2024/", *(str(folder / "in" / name) for name in NAMES[3:]), f"{folder}/in/a.txt"])
    arguments = ["run", "--from-file", "-", "--out", f"{folder}/mixed", "--workers", "0"]
    done = CliRunner().invoke(cli, arguments, input=listing, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    heads = pq.read_table(folder / "mixed/documents")["doc_id"].to_pylist()
    assert heads == sorted(name.rpartition("/")[2] for name in NAMES)


def test_memory_is_a_store_too(folder: Path) -> None:
    there = Address(f"memory://{uuid4().hex}")
    upload(folder / "in", there / "in")
    run([folder / "in"], folder / "local")
    run([there / "in"], there / "out", options=Options(2))
    assert tables(there / "out") == tables(folder / "local")


def test_what_cannot_be_read_is_failed_and_harms_no_other(
    folder: Path, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(folder / "in", place / "in")
    write(b"%PDF-1.7", place / "in/scan.txt")
    write(b"x", place / "in/gone.txt")
    from nqparse.runs import shards

    real = shards.write_shard

    def late(*arguments: object) -> None:
        addresses.remove(place / "in/gone.txt")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("nqparse.runs.staging.write_shard", late)
    summary = run([place / "in"], place / "out")
    assert (summary.files, summary.failed) == (len(NAMES) + 2, 2)
    found = pq.read_table(io.BytesIO(tables(place / "out")["findings/part-00000.parquet"])).to_pylist()
    messages = {row["doc_id"]: row["message"] for row in found}
    assert "it is a PDF file" in messages["scan.txt"]
    assert "it cannot be opened: there is no such bucket or object" in messages["gone.txt"]


@contextmanager
def read_all_the_while(out: Address) -> Iterator[list[dict[str, bytes]]]:
    """What a reader finds, again and again, until the end of the block."""
    seen: list[dict[str, bytes]] = []
    stop = Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(tables(out))

    reader = Thread(target=look)
    reader.start()
    try:
        yield seen
    finally:
        stop.set()
        reader.join()


@pytest.mark.parametrize(
    ("module", "name", "calls"), [("staging", "put", 3), ("remote", "copy", 2)], ids=["uploading", "copying"]
)
def test_a_run_that_is_killed_is_gone_on_with_and_breaks_nothing_for_a_reader(
    folder: Path, place: Address, module: str, name: str, calls: int
) -> None:
    """Killed while it puts the new parts aside, with the old tables untouched, or while these take their places."""
    run([folder / "in"], place / "out")
    old = tables(place / "out")
    add(folder / "in/a.txt", 41)
    run([folder / "in"], folder / "local")
    new = tables(folder / "local")
    with read_all_the_while(place / "out") as seen:
        arguments = (folder / "in", "--out", place / "out", "--workers", 0, folder / "x")
        killed = nqparse(*arguments, before=f"{KILLS}\ndies_after({module}, {name!r}, {calls})")
        assert killed.returncode == -signal.SIGKILL
        assert ("commit" in listed(place / "out/.nqparse")) == (name == "copy")
        assert name == "copy" or tables(place / "out") == old
        assert counts(run([folder / "in"], place / "out"))[0] == (0 if name == "copy" else 1)
    assert tables(place / "out") == new
    assert left_aside(place / "out") == ["locks/lock"]
    assert len(seen) > 1
    assert all(data in (old[part], new[part]) for read in seen for part, data in read.items())


def commit(out: Address, text: str, parts: int) -> None:
    with opened(out, TWO) as there:
        folder = there.start()
        for table in TWO:
            for name in part_names(parts):
                write(text.encode(), folder / f"{table}/{name}.parquet")
        there.commit(parts)


@pytest.mark.parametrize("parts", [1, 4])
@pytest.mark.parametrize("calls", range(20))
def test_what_was_committed_is_copied_after_a_kill(monkeypatch: pytest.MonkeyPatch, parts: int, calls: int) -> None:
    """The store's calls stop working after so many, as they do for a process that is killed."""
    out = Address(f"memory://{uuid4().hex}/out")
    commit(out, "old", 4)
    left = iter(range(calls))
    for name in ("copy", "remove", "write"):
        real = getattr(remote, name)

        def counted(*arguments: object, real: object = real) -> object:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return real(*arguments)  # type: ignore[operator]

        monkeypatch.setattr(remote, name, counted)
    monkeypatch.setattr(remote, "each", map)
    with suppress(KeyboardInterrupt):
        commit(out, "new", parts)
    monkeypatch.undo()
    with opened(out, TWO) as there:
        assert there.parts() == part_names(4 if calls == 0 else parts)
    text, names = (b"old", part_names(4)) if calls == 0 else (b"new", part_names(parts))
    assert tables(out) == {f"{table}/{name}.parquet": text for table in TWO for name in names}
    assert left_aside(out) == ["locks/lock"]


def test_tables_that_grow_get_more_parts(folder: Path, place: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    run([folder / "in"], place / "out")
    monkeypatch.setattr(store, "_STEPS", ((1, 1), (1000, 4)))
    add(folder / "in/mới.txt", 8)
    run([folder / "in"], folder / "local")
    assert counts(run([folder / "in"], place / "out")) == (1, 5, 0)
    assert len(tables(place / "out")) == 4 * len(TABLES)
    assert tables(place / "out") == tables(folder / "local")


def test_what_is_not_ours_is_never_replaced(place: Address) -> None:
    write(b"mine", place / "one/letter.docx")
    with pytest.raises(InputError, match=r"letter\.docx: not a table of nqparse"):
        commit(place, "new", 1)
    assert tables(place) == {"one/letter.docx": b"mine"}


def test_of_all_runs_that_begin_at_once_one_may_write(place: Address) -> None:
    together, end = Barrier(8), Event()

    def begin(_: int) -> bool:
        together.wait()
        try:
            with leased(place, place):
                end.wait(600)
                return True
        except InputError:  # it is held by another
            end.set()
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(begin, range(8))) == 1
    with leased(place, place) as lease:
        assert lease.number > 1


def test_a_second_run_is_told_of_the_first(folder: Path, place: Address) -> None:
    with leased(place / "out/.nqparse/locks", place / "out"):
        done = CliRunner().invoke(cli, ["run", str(folder / "in"), "--out", f"{place}/out", "--workers", "0"])
    assert done.exit_code == 2
    assert f"another run (process {os.getpid()} of " in done.output


@pytest.mark.parametrize("gone", ["its process ended", "it was not heard of"])
def test_a_run_that_died_holds_no_lock(place: Address, gone: str) -> None:
    lease = leases.Lease(place, place, 1)
    lease.take()
    about = json.loads(contents(place / "lock-000000001"))
    about |= {"born": "1"} if gone == "its process ended" else {"machine": "another", "at": 0}
    write(json.dumps(about).encode(), place / "lock-000000001")
    with leased(place, place) as next_one:
        assert next_one.number == 2
        with pytest.raises(InputError, match="another run has taken this one for dead"):
            lease.confirm()


def test_a_run_that_was_passed_by_writes_no_table(
    folder: Path, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", 0.2)
    commit(place, "old", 1)
    with opened(place, TWO) as there:
        write(b"new", there.start() / "one/part-00000.parquet")
        write(b"{}", place / ".nqparse/locks/lock-000000099")
        with pytest.raises(InputError, match="has taken this one for dead"):
            there.commit(1)
    assert set(tables(place).values()) == {b"old"}


def test_a_lock_is_renewed_while_it_is_held(place: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "LEASE", 0.4)
    with leased(place, place):
        first = contents(place / "lock-000000001")
        changed = Event()
        while not changed.wait(0.05):
            if contents(place / "lock-000000001") != first:
                changed.set()
    assert json.loads(contents(place / "lock-000000001"))["free"]


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (("s3://nowhere/in", "--out", "out"), {}, "s3://nowhere/in: no such file or folder; check the address"),
        (("s3://archive/nowhere", "--out", "out"), {}, "s3://archive/nowhere: no such file or folder"),
        (("in", "--out", "s3://nowhere/out"), {}, "s3://nowhere/out: cannot be written: there is no such bucket"),
        (("s3://", "--out", "out"), {}, "s3://: it cannot be listed"),
        (("ipx://a/in", "--out", "out"), {}, "ipx://a/in: no address: Protocol not known: ipx"),
        (("in", "--out", "gs://archive/out"), {}, "pip install 'nqparse[remote]', which brings that of s3://, or the"),
        (("s3://archive/in", "--out", "o"), {"AWS_ACCESS_KEY_ID": ""}, "it cannot be listed: Unable to locate cred"),
        (("in", "--out", "s3://archive/o"), {"AWS_ACCESS_KEY_ID": ""}, "cannot be written: Unable to locate cred"),
        (("s3://a/in", "--out", "o"), {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "Could not connect to the endpoint"),
    ],
)
def test_what_a_store_refuses_is_told_with_the_remedy(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    monkeypatch.chdir(folder)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    addresses._url_to_fs.cache_clear()
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    done = CliRunner().invoke(cli, ["run", *arguments, "--workers", "0"])
    addresses._url_to_fs.cache_clear()
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    assert (done.exit_code, done.exception.__class__) == (2, SystemExit)
    assert told in done.output


def test_without_the_extra_the_remedy_is_told(folder: Path) -> None:
    missing = "import sys; sys.modules['fsspec'] = None"
    done = nqparse("s3://archive/in", "--out", folder / "out", folder / "x", before=missing)
    assert done.returncode == 2
    assert "pip install 'nqparse[remote]'" in done.stderr
    assert "Traceback" not in done.stderr
