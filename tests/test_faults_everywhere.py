"""A rule that fails in one document, wherever it is read: here, by workers, on a cluster, in Spark, in spaCy.

None of them raises; the other documents are read as ever, and all say the same of the one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from nqparse import load, parse, spark
from nqparse.batch import Options, run
from nqparse.cli import cli
from nqparse.errors import RuleError
from nqparse.models import DocumentRecord, Finding, Indicator, Status
from nqparse.naming.chooser import Chooser
from nqparse.naming.places import Place
from nqparse.tables import read_table, records

POISON = """
import sys
def poison():
    from nqparse.naming.chooser import Chooser
    real = Chooser._bind
    def bind(self, place, *more):
        if "gieo sạ" in self.scene.tokens.text:
            raise ValueError("poison")
        return real(self, place, *more)
    Chooser._bind = bind
if {where!r} in sys.orig_argv:
    poison()
"""
CLEAN = "I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo: dưới 2,5%\n- Thu ngân sách đạt 120 tỷ đồng\n"
BAD = f"{CLEAN}- Diện tích lúa gieo sạ đạt ít nhất 1.250 ha\n- Trồng mới 45 ha rừng\n"
TOLD = "b.txt: 1 line could not be read in full (line 4); please report it"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in (("a", CLEAN), ("b", BAD), ("c", CLEAN)):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def poison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Naming fails at one line, in this process and in the workers that it starts."""
    real: Any = Chooser._bind

    def bind(self: Chooser, place: Place, *more: Any) -> Any:
        if "gieo sạ" in self.scene.tokens.text:
            raise ValueError("poison")
        return real(self, place, *more)

    monkeypatch.setattr(Chooser, "_bind", bind)
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(POISON.format(where="nqparse.runs.worker"), encoding="utf-8")
    monkeypatch.syspath_prepend(site)


def nqparse(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="nqparse")


def told(out: Path) -> dict[str, str]:
    """The status of each document of a run, and what the indicators of all are called."""
    return {head.doc_id: head.status.value for head in records(read_table(out, "documents"), DocumentRecord)}


def check_run(out: Path) -> None:
    """One document is partial, by one finding; its other lines, and the other documents, are read as ever."""
    assert told(out) == {"a.txt": "ok", "b.txt": "partial", "c.txt": "ok"}
    (finding,) = [row for row in records(read_table(out, "findings"), Finding) if row.severity == "error"]
    assert (finding.doc_id, finding.code) == ("b.txt", "rule_failed")
    assert "ValueError: poison" in finding.message
    rows = records(read_table(out, "indicators"), Indicator)
    of = {doc_id: [(row.name, row.low, row.high) for row in rows if row.doc_id == doc_id] for doc_id in told(out)}
    clean = [(row.name, row.low, row.high) for row in parse(CLEAN).indicators]
    assert of["a.txt"] == of["c.txt"] == of["b.txt"][:2] == clean
    assert [name for name, _, _ in of["b.txt"][2:]] == ["Diện tích lúa gieo sạ", "Trồng mới rừng"]


# --- runs


@pytest.mark.usefixtures("poison")
def test_any_number_of_workers_gives_the_same(folder: Path, tmp_path: Path) -> None:
    parts = []
    for workers in (0, 2):
        out = tmp_path / f"out-{workers}"
        summary = run([folder], out, options=Options(workers, strict=False))
        assert (summary.files, summary.partial, summary.failed) == (3, 1, 0)
        assert (summary.partials, summary.failures) == ((TOLD,), ())
        check_run(out)
        parts.append([path.read_bytes() for path in sorted(out.glob("*/*.parquet"))])
    assert parts[0] == parts[1]


@pytest.mark.usefixtures("poison")
@pytest.mark.parametrize(("workers", "error"), [(0, ValueError), (2, RuleError)])
def test_a_strict_run_raises(folder: Path, tmp_path: Path, workers: int, error: type[Exception]) -> None:
    with pytest.raises(error, match="poison"):
        run([folder], tmp_path / "out", options=Options(workers, strict=True))


@pytest.mark.slow
def test_a_cluster_gives_the_same(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON.format(where="nqparse.runs.worker"), encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "NQPARSE_STRICT": "0"}
    options = ("--out", tmp_path / "out", "--engine", "dask", "--workers", "1")
    command = [sys.executable, "-m", "nqparse", "run", folder, *options]
    done = subprocess.run(list(map(str, command)), env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == f"nqparse: {TOLD}"
    check_run(tmp_path / "out")


# --- in other programs


@pytest.mark.usefixtures("poison")
def test_spark_has_a_row_for_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NQPARSE_STRICT")
    batch = pa.RecordBatch.from_pydict({"doc_id": ["a.txt", "b.txt"], "text": [CLEAN, BAD]})
    rows = [row for found in spark.mapper()(iter([batch])) for row in found.to_pylist()]
    assert [row["documents"][0]["status"] for row in rows] == ["ok", "partial"]
    assert [len(row["indicators"]) for row in rows] == [2, 4]


@pytest.mark.usefixtures("poison")
def test_a_spacy_pipeline_goes_on() -> None:
    documents = [doc._.nqparse for doc in load(strict=False).pipe([CLEAN, BAD, CLEAN])]
    assert [one.head.status for one in documents] == [Status.OK, Status.PARTIAL, Status.OK]
    assert documents[1] == parse(BAD, strict=False)
    with pytest.raises(ValueError, match="poison"):
        list(load(strict=True).pipe([BAD]))


# --- what a person sees


@pytest.mark.usefixtures("poison")
def test_a_run_names_the_partial_and_the_failed_files_last(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NQPARSE_STRICT")
    result = nqparse("run", folder, "--out", tmp_path / "out", "--workers", 0)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 files read, 1 partial, 0 failed")
    assert result.stderr.splitlines()[-1] == f"nqparse: {TOLD}"
    (folder / "d.txt").write_bytes(b"%PDF-1.7 ...")
    result = nqparse("run", folder, "--out", tmp_path / "out", "--workers", 0, "--full", "-q")
    assert result.exit_code == 1
    first, last = result.stderr.splitlines()
    assert (first, last[:15]) == (f"nqparse: {TOLD}", "nqparse: d.txt:")


@pytest.mark.usefixtures("poison")
def test_a_log_in_json_has_the_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NQPARSE_STRICT")
    result = nqparse("run", folder, "--out", tmp_path / "out", "--workers", 0, "--log-format", "json")
    files = {row["doc_id"]: row["partial"] for row in map(json.loads, result.stderr.splitlines())}
    assert files == {"a.txt": None, "b.txt": TOLD, "c.txt": None}
    end = json.loads(result.stdout)
    assert (end["files"], end["partial"], end["failed"], end["partials"]) == (3, 1, 0, [TOLD])


@pytest.mark.usefixtures("poison")
def test_show_prints_what_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NQPARSE_STRICT")
    result = nqparse("show", folder / "b.txt")
    assert result.exit_code == 0
    assert "rule_failed" in result.stdout
    assert result.stderr == f"nqparse: {folder / 'b.txt'}: {TOLD.removeprefix('b.txt: ')}\n"


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 1])
def test_tracebacks_are_for_debugging(folder: Path, tmp_path: Path, workers: int) -> None:
    where = "nqparse.runs.worker" if workers else "run"
    (tmp_path / "sitecustomize.py").write_text(POISON.format(where=where), encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, "NQPARSE_STRICT": "0"}
    command = [sys.executable, "-m", "nqparse", "run", folder, "--out", tmp_path / "out", "--workers", workers]
    for more, traces in (((), 0), (("--full", "--debug"), 1)):
        words = list(map(str, (*command, *more)))
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("Traceback") == traces


def test_a_strict_command_says_which_rule_failed(folder: Path, tmp_path: Path, poison: None) -> None:
    for workers in (0, 2):
        result = nqparse("run", folder, "--out", tmp_path / "out", "--workers", workers)
        assert result.exit_code == 1
        assert "ValueError: poison" in result.stderr
        assert "Traceback" not in result.output
