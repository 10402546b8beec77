"""The same shards on dask.distributed: the tables of the local run; a file that kills workers is failed for good.

Run as a user does, in processes of their own. Each worker of the cluster takes some seconds to start, and has a process
that reads for it: there are no more than a test needs.
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from socket import socket

import pytest

from nqparse.batch import run
from nqparse.models import DocumentRecord, Status
from nqparse.runs import store
from nqparse.tables import read_table, records

pytestmark = pytest.mark.slow

STEPS = ((1000, 4),)
FEW_PARTS = f"""
if "run" in sys.orig_argv:
    import nqparse.runs.store as store
    store._STEPS = {STEPS}
"""
WORKER = """
import os, signal, sys
def patch():
    import nqparse.runs.shards as shards
    real = shards.parse_file
    def parse_file(file, pack, **how):
        if file.path.stem == "kills":  # the worker of the cluster, over the process that reads for it
            os.kill(os.getppid(), signal.SIGKILL)
            os._exit(1)
        return real(file, pack, **how)
    shards.parse_file = parse_file
if "nqparse.runs.worker" in sys.orig_argv:
    patch()
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "sitecustomize.py").write_text(WORKER, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        text = f"I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo {name}: 5%\n" * 3
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def nqparse(inputs: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A run with a cluster that gives a task up after the second worker that it has killed."""
    paths = os.pathsep.join([str(inputs.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    command = [sys.executable, "-m", "nqparse", "run", str(inputs), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def test_the_tables_are_those_of_the_local_run(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(WORKER + FEW_PARTS, encoding="utf-8")
    for number in range(6):
        shutil.copy(inputs / "a.txt", inputs / f"{number}.txt")
    monkeypatch.setattr(store, "_STEPS", STEPS)
    run([inputs], tmp_path / "local")
    assert len(list((tmp_path / "local/documents").iterdir())) == 4
    with socket() as other:  # another cluster's, on dask's own port, unless there is one
        with suppress(OSError):
            other.bind(("", 8787))
            other.listen()
        done = nqparse(inputs, "--out", str(tmp_path / "dask"), "--engine", "dask", "--workers", "2", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert content(tmp_path / "dask") == content(tmp_path / "local")


def test_a_file_that_kills_the_workers_of_the_cluster_is_failed(inputs: Path, tmp_path: Path) -> None:
    (inputs / "kills.txt").write_text("Tỷ lệ: 5%", encoding="utf-8")
    done = nqparse(inputs, "--out", str(tmp_path / "out"), "--engine", "dask", "--workers", "1")
    assert done.returncode == 1, done.stderr
    assert "kills.txt: it ended the workers that read it, one after the other" in done.stderr
    heads = records(read_table(tmp_path / "out", "documents"), DocumentRecord)
    assert {head.doc_id for head in heads if head.status is Status.OK} == {"a.txt", "b.txt"}


def test_a_scheduler_that_is_not_there_is_told(inputs: Path, tmp_path: Path) -> None:
    local = nqparse(inputs, "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:9")
    assert (local.returncode, "--scheduler is for --engine dask" in local.stderr) == (2, True)
