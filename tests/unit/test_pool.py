"""Worker processes: a file that kills, hangs or fills them is failed and harms no other; a killed worker harms none.

The workers of these tests do at a file what its name says.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from nqparse.batch import Options, run
from nqparse.cli import cli
from nqparse.errors import InputError, NqparseError, PatternError
from nqparse.models import DocumentRecord, Finding, Status
from nqparse.runs import pool
from nqparse.runs.pool import Pool
from nqparse.runs.tasks import Limits
from nqparse.tables import read_table, records

WORKER = """
import os, signal, sys, time
def patch():
    import nqparse.runs.shards as shards
    real = shards.parse_file
    def parse_file(file, pack, **how):
        name = file.path.stem
        once = file.path.with_suffix(".once")
        if name == "dies" or (name == "dies-once" and not once.exists()):
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "ends":
            os._exit(7)
        if name == "hangs":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            for _ in range(6000):
                file.path.with_suffix(".now").touch()
                time.sleep(0.1)
        if name == "fills":
            taken = bytearray(600 << 20)
            time.sleep(600)
        if name == "full":
            raise OSError(28, "No space left on device")
        print("something printed")
        return real(file, pack, **how)
    shards.parse_file = parse_file
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell ignores it for what runs behind
if "nqparse.runs.worker" in sys.orig_argv:
    patch()
"""


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two good files; workers that are started do what the files' names say."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WORKER, encoding="utf-8")
    there = os.environ.get("PYTHONPATH")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), *([there] if there else [])]))
    (tmp_path / "in").mkdir()
    for name in ("a", "z"):
        add(tmp_path / "in", name)
    return tmp_path / "in"


def add(folder: Path, name: str) -> None:
    (folder / f"{name}.txt").write_text("I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo: 5%\n", encoding="utf-8")


def failures(out: Path) -> dict[str, str]:
    heads = records(read_table(out, "documents"), DocumentRecord)
    assert {"a.txt", "z.txt"} <= {head.doc_id for head in heads if head.status is Status.OK}
    found = {
        row.doc_id: row.message for row in records(read_table(out, "findings"), Finding) if row.severity == "error"
    }
    assert set(found) == {head.doc_id for head in heads if head.status is Status.FAILED}
    return found


def leap(sign: Path, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let so much time pass for the pool each time that file is made, which it then takes away.

    It is made again and again: the pool may not yet have heard of what was done before, from when on it counts.
    """
    passed = [0.0]

    def clock() -> float:
        if sign.exists():
            sign.unlink()
            passed[0] += seconds
        return monotonic() + passed[0]

    monkeypatch.setattr(pool, "monotonic", clock)


def test_files_that_kill_or_fill_their_worker_are_failed(inputs: Path, tmp_path: Path) -> None:
    for name in ("dies", "ends", "fills", "dies-once"):
        add(inputs, name)
    summary = run([inputs], tmp_path / "out", options=Options(2, Limits(memory=500 << 20)))
    found = failures(tmp_path / "out")
    assert (summary.files, summary.failed) == (6, 3)
    assert "by signal 9 (Killed)" in found["dies.txt"]
    assert "with exit status 7" in found["ends.txt"]
    assert "more than 500 MB of memory; allow more with --max-memory" in found["fills.txt"]


def test_files_at_which_a_worker_hangs_are_failed(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(inputs, "hangs")
    leap(inputs / "hangs.now", 1001, monkeypatch)
    command = ["run", str(inputs), "--out", str(tmp_path / "out"), "--workers", "1", "--timeout", "1000", "--quiet"]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 1
    assert "hangs.txt: it took longer than 1000 seconds; give it more time with --timeout" in done.output
    assert "longer than 1000 seconds; give it more time with --timeout" in failures(tmp_path / "out")["hangs.txt"]
    found = records(read_table(tmp_path / "out", "findings"), Finding)
    assert [(one.doc_id, one.code) for one in found if one.severity == "error"] == [("hangs.txt", "time_limit")]


def test_the_tables_do_not_tell_that_a_worker_was_killed(inputs: Path, tmp_path: Path) -> None:
    add(inputs, "dies-once")
    for out in ("one", "two"):  # in the second, no worker dies
        assert run([inputs], tmp_path / out, options=Options(2)).failed == 0
    for path in sorted((tmp_path / "one").rglob("*.parquet")):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(inputs: Path, tmp_path: Path) -> None:
    add(inputs, "full")
    with pytest.raises(InputError, match=r"No space left on device; .* make room"):
        run([inputs], tmp_path / "out", options=Options(1))
    assert not (tmp_path / "out" / "documents").exists()
    (inputs / "full.txt").unlink()
    assert run([inputs], tmp_path / "out", options=Options(1)).failed == 0


def test_faulty_patterns_and_workers_that_cannot_start_are_told(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.toml").write_text("[[unit]]\nid = 3\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"mine\.toml: unit"):
        run([inputs], tmp_path / "out", patterns=[tmp_path], options=Options(1))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(NqparseError, match="workers end before they have begun, with exit status 1"):
        run([inputs], tmp_path / "out", options=Options(1))


def test_a_limit_that_no_worker_can_keep_is_refused() -> None:
    with pytest.raises(InputError, match="--max-memory: a worker needs at least 256 MB"):
        Pool(1, limits=Limits(memory=100 << 20))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_stops_cleanly_and_the_same_command_goes_on(inputs: Path, tmp_path: Path) -> None:
    add(inputs, "hangs")
    command = [sys.executable, "-m", "nqparse", "run", str(inputs), "--out", str(tmp_path / "out"), "--workers", "2"]
    with subprocess.Popen([*command, "--log-format", "json"], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        first = next(line for line in lines if line.startswith("{"))
        assert json.loads(first)["doc_id"] == "a.txt"
        process.send_signal(signal.SIGINT)
        rest = "".join(lines)
    assert process.returncode == 130
    assert "interrupted; the tables are as they were" in rest
    assert "Traceback" not in rest
    (inputs / "hangs.txt").unlink()
    assert subprocess.run([*command, "--quiet"], check=False).returncode == 0
    assert failures(tmp_path / "out") == {}
