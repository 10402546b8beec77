"""The command: what it prints, where, its exit codes, and that no input however bad ends in a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nqparse.cli import cli
from nqparse.models import TABLES, DocumentRecord, Finding, Status
from nqparse.tables import read_table, records
from nqparse.version import __version__

TEXT = """NGHỊ QUYẾT
về nhiệm vụ năm 2025
I. CHỈ TIÊU
- Tỷ lệ hộ nghèo: dưới 1,5%
- Thu ngân sách đạt khoảng 9.500 tỷ đồng
"""


def nqparse(*args: object, stdin: str | bytes | None = None) -> Result:
    """The command in this process; ``run`` has no worker, which takes two seconds to start, unless it is asked for."""
    here = ("--workers", 0) if args[:1] == ("run",) and "--workers" not in args else ()
    return CliRunner().invoke(cli, [str(arg) for arg in (*args, *here)], input=stdin, prog_name="nqparse")


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "nqparse", *map(str, args)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


# --- run


def test_run_writes_the_tables_and_prints_a_summary(file: Path, tmp_path: Path) -> None:
    result = nqparse("run", file.parent, "--out", tmp_path / "out", "--workers", 2)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 files read, 0 partial, 0 failed, 0 passed over; 1 sections, 2 indicators")
    assert result.stderr == "1/1 a.txt: 1 sections, 2 indicators\n"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".nqparse", *sorted(TABLES)]


def test_run_quietly_prints_failures_only(file: Path, tmp_path: Path) -> None:
    assert nqparse("run", file, "--out", tmp_path / "out", "--quiet").output == ""
    (file.parent / "b.txt").write_bytes(bytes(range(256)))
    result = nqparse("run", file.parent, "--out", tmp_path / "out", "-q")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert result.output.startswith("nqparse: b.txt: it is a binary file, not a text: ")


def test_run_takes_globs_and_several_inputs(file: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.ocr").write_text(TEXT, encoding="utf-8")
    assert nqparse("run", file, tmp_path / "more", "--glob", "*.ocr", "--out", tmp_path / "out").exit_code == 0
    heads = records(read_table(tmp_path / "out", "documents"), DocumentRecord)
    assert [head.doc_id for head in heads] == ["a.txt", "b.ocr"]


def test_run_tells_files_of_one_name_apart_by_a_root(file: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "more" / "b.pdf").touch()
    command = ("run", file, tmp_path / "more", "--out", tmp_path / "out", "--workers", 0)
    refused = nqparse(*command)
    assert (refused.exit_code, "give --root DIR" in refused.stderr) == (2, True)
    done = nqparse(*command, "--root", tmp_path, "--log-format", "json")
    heads = records(read_table(tmp_path / "out", "documents"), DocumentRecord)
    named = [file.relative_to(tmp_path).as_posix(), "more/a.txt"]
    assert (done.exit_code, sorted(head.doc_id for head in heads)) == (0, sorted(named))
    assert json.loads(done.stdout)["other_endings"] == {".pdf": 1}
    assert "0 new files, 0 changed" in nqparse(*command, "--root", tmp_path, "--dry-run").stdout
    again = nqparse("run", tmp_path, "--glob", "more/*.txt", "--glob", f"{file.parent.name}/*.txt", *command[3:])
    assert "2 unchanged, 0 removed" in again.stdout, again.output
    assert "0 failed, 1 passed over (1 .pdf), 2 unchanged" in nqparse(*command, "--root", tmp_path).stdout


def test_snapshots_and_scores_know_a_root(file: Path, tmp_path: Path) -> None:
    where = file.parent.name
    assert nqparse("snapshot", file, "--root", tmp_path, "--dir", tmp_path / "kept", "--update").exit_code == 0
    assert [path.parent.name for path in (tmp_path / "kept").rglob("*.jsonl")] == [where]
    assert nqparse("snapshot", file.parent, "--root", tmp_path, "--dir", tmp_path / "kept").exit_code == 0
    assert nqparse("gold", "init", file, "--gold", tmp_path / "gold").exit_code == 0
    told = nqparse("check", file, "--root", tmp_path / "nowhere", "--gold", tmp_path / "gold")
    assert (told.exit_code, "not below --root" in told.stderr) == (2, True)


def test_run_lays_patterns_over_the_built_in_ones(file: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    assert nqparse("run", file, "--out", tmp_path / "out", "--patterns", own).exit_code == 0
    result = nqparse("run", file, "--out", tmp_path / "out", "--patterns", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "no such folder of patterns" in result.stderr


def test_run_again_does_what_changed_and_says_before_what_it_would_do(file: Path, tmp_path: Path) -> None:
    command = ("run", file.parent, "--out", tmp_path / "out", "--workers", 0)
    (file.parent / "b.txt").write_text(TEXT, encoding="utf-8")
    assert nqparse(*command, "-q").exit_code == 0
    file.unlink()
    (file.parent / "c.txt").write_text(TEXT, encoding="utf-8")
    planned = nqparse(*command, "--dry-run")
    assert planned.stdout.startswith("to read: 1 new files, 0 changed, 0.00 MB\n1 unchanged, 1 to remove;")
    assert json.loads(nqparse(*command, "--dry-run", "--log-format", "json").stdout)["removed"] == 1
    assert nqparse(*command).stdout.startswith(
        "1 files read, 0 partial, 0 failed, 0 passed over, 1 unchanged, 1 removed; "
    )
    assert nqparse(*command, "--full").stdout.startswith("2 files read, 0 partial, 0 failed, 0 passed over; ")


def test_run_logs_as_json(file: Path, tmp_path: Path) -> None:
    result = nqparse("run", file, "--out", tmp_path / "out", "--log-format", "json", "--workers", 0)
    (step,) = map(json.loads, result.stderr.splitlines())
    assert (step["event"], step["doc_id"], step["of_files"], step["failure"]) == ("file", "a.txt", 1, None)
    assert json.loads(result.stdout)["indicators"] == step["indicators"] == 2


def test_run_takes_a_list_of_paths(file: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"{file}\n\n", encoding="utf-8")
    command = ("run", "--out", tmp_path / "out", "-q", "--workers", 0, "--from-file")
    assert nqparse(*command, tmp_path / "list").output == ""
    assert nqparse(*command, "-", stdin=f"{file}\n").exit_code == 0
    missing = nqparse(*command, tmp_path / "none")
    assert (missing.exit_code, "none: No such file" in missing.stderr) == (2, True)


# --- show


def test_show_prints_the_tree_the_table_and_the_findings(file: Path) -> None:
    result = nqparse("show", file)
    assert result.exit_code == 0, result.output
    assert [line for line in result.output.splitlines() if "(" in line and line[0].isupper()][:1] == ["Sections (1)"]
    assert "I  CHỈ TIÊU  targets" in result.output
    assert "khoảng 9.500 tỷ đồng" in result.output
    assert "< 1,5 %" in result.output
    assert max(map(len, result.output.splitlines())) <= 100


def test_show_json_gives_the_records(file: Path) -> None:
    document = json.loads(nqparse("show", file, "--json").stdout)
    assert list(document) == ["head", "sections", "indicators", "numbers", "findings"]
    assert document["indicators"][1]["low"].startswith("9500000000000")
    assert {row["class"] for row in document["numbers"]} >= {"measure", "year"}


def test_show_reads_standard_input(file: Path) -> None:
    piped = nqparse("show", "-", stdin=file.read_bytes())
    assert piped.output.splitlines()[1:] == nqparse("show", file).output.splitlines()[1:]


def test_show_of_what_cannot_be_shown_says_what_to_do(file: Path, tmp_path: Path) -> None:
    for argument, code, remedy in (
        (tmp_path / "nowhere.txt", 2, "no such file; check the path"),
        (file.parent, 2, "this is a folder; give a file, or read it whole with nqparse run"),
        (binary(tmp_path), 1, "save its text as UTF-8"),
    ):
        result = nqparse("show", argument)
        assert result.exit_code == code
        assert result.stderr.startswith(f"nqparse: {argument}: ")
        assert remedy in result.stderr


def test_control_characters_of_a_document_are_shown_not_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.txt"
    path.write_text("I. CHỈ \x1b]0;x\x07TIÊU \u202e\x9b2J\n- Tỷ lệ \x1b[2J hộ nghèo: 5\x00%\n", encoding="utf-8")
    for arguments in (("show", path), ("show", path, "--json"), ("run", path, "--out", tmp_path / "out")):
        output = nqparse(*arguments).output
        assert all(line.isprintable() for line in output.splitlines()), repr(output)


# --- explain, patterns, schema


def test_explain_names_the_rules_of_a_number(file: Path) -> None:
    by_text = nqparse("explain", file, "--number", "9.500")
    assert by_text.exit_code == 0, by_text.output
    assert "9.500" in by_text.output
    assert "measure" in by_text.output
    assert nqparse("explain", file, "--at", TEXT.index("9.500")).output == by_text.output


def test_explain_needs_one_number_that_is_there(file: Path) -> None:
    assert nqparse("explain", file).exit_code == 2
    assert nqparse("explain", file, "--at", "3", "--number", "5").exit_code == 2
    for number in ("500", "9", "1,55", "77"):
        result = nqparse("explain", file, "--number", number)
        assert result.exit_code == 2, number
        assert f"no number is printed as {number}" in result.stderr


def test_a_faulty_pattern_file_is_told_by_its_address(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[unit]]\nid = 3\n", encoding="utf-8")
    result = nqparse("patterns", "check", tmp_path)
    assert result.exit_code == 1
    assert result.stdout.startswith("mine.toml: unit")


def test_patterns_are_listed_by_file_table_and_id() -> None:
    lines = nqparse("patterns", "list").output.splitlines()
    assert any(line.split()[:3] == ["units.toml", "unit", "VND"] for line in lines)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_of_each_table_is_printed(table: str) -> None:
    text, form = nqparse("schema", table).output, json.loads(nqparse("schema", table, "--format", "json").output)
    assert all(name in text for name in form["properties"])


def test_the_schema_of_all_tables_is_what_is_committed() -> None:
    committed = Path(__file__).parents[2] / "docs" / "schema.txt"
    assert nqparse("schema").output == committed.read_text(encoding="utf-8")
    assert list(json.loads(nqparse("schema", "--format", "json").output)) == [*TABLES, "fulfilment"]


def test_a_table_that_does_not_exist_is_wrong_use() -> None:
    result = nqparse("schema", "indicator")
    assert (result.exit_code, "there are documents, sections" in result.stderr) == (2, True)


# --- help and habits


@pytest.mark.parametrize(
    "name",
    [
        [],
        ["run"],
        ["show"],
        ["explain"],
        ["patterns"],
        ["patterns", "check"],
        ["schema"],
        ["check"],
        ["snapshot"],
        ["diff"],
        ["gold"],
        ["gold", "init"],
    ],
)
def test_help_teaches(name: list[str]) -> None:
    result = nqparse(*name, "--help")
    assert result.exit_code == 0
    assert "nqparse" in result.output
    assert max(map(len, result.output.splitlines())) <= 100


def test_the_version_is_printed() -> None:
    assert nqparse("--version").output == f"nqparse {__version__}\n"


def test_wrong_use_exits_with_2() -> None:
    assert [nqparse(*words).exit_code for words in (["run"], ["show"], ["nonsense"], ["run", "x"])] == [2, 2, 2, 2]


def test_help_loads_nothing_that_is_slow() -> None:
    slow = "{'pydantic', 'spacy', 'pyarrow', 'underthesea', 'regex'}"
    code = f"import sys, nqparse.cli; print(sorted({slow} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_reader_that_goes_away_is_no_fault(file: Path) -> None:
    file.write_text(TEXT * 3000, encoding="utf-8")
    with subprocess.Popen(command("schema"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


# --- bad input


def binary(folder: Path) -> Path:
    (folder / "binary.txt").write_bytes(b"\x7fELF" + bytes(range(256)) * 40)
    return folder / "binary.txt"


def text(content: str | bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "bad.txt").write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / "bad.txt"

    return write


UNREADABLE = {
    "binary": (binary, "binary file"),
    "invalid UTF-8": (text(TEXT.encode() + b"\xff\xfe\xfd" * 20 + TEXT.encode()), "not valid UTF-8"),
}
ODD = {
    "another language": "The poverty rate fell to 5%. Уровень 7%. 貧困率 9%。 نسبة ٥٪\n" * 50,
    "no heading": "Tỷ lệ hộ nghèo giảm còn 2,99%. " * 50,
    "NULs and control characters": "".join(f"Tỷ lệ\x00 hộ\x01 nghèo\x1b[31m {i}\x7f%\n" for i in range(300)),
    "nested markers on lines": "".join(f"{'IA1a'[i % 4]}{'.).)'[i % 4]} mục {i}\n" for i in range(10_000)),
    "nested brackets": "(" * 50_000 + "1" + ")" * 50_000,
    "nested decimals": ".".join(["1"] * 50_000) + " Tỷ lệ 5%",
    "nested quotes": "> - * + # " * 50_000 + "5%",
    "digits of other scripts": "Tỷ lệ ٥٪, ५%, ５％, 𝟓%, ②, Ⅳ, ½ và 5²%\n" * 50,
    "a long run of digits": "Tổng số "
    + "9" * 5000
    + " tỷ đồng, "
    + "1." * 2000
    + "5%, 1"
    + ",5" * 500
    + "/"
    + "8" * 60,
    "nothing": "",
    "blank lines": "\n \t\r\n" * 20_000,
    "years out of range": "Năm 99999, năm 00000, ngày 99/99/9999, giai đoạn 2025-1999: 5%",
    "lone marks": "\u0301\u0301\u0301 5%\u0301 \ufeff\u200b\u00ad 7%",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_row_and_harms_no_other(name: str, file: Path, tmp_path: Path) -> None:
    make, reason = UNREADABLE[name]
    bad = make(file.parent)
    result = nqparse("run", file.parent, "--out", tmp_path / "out")
    assert result.exit_code == 1, result.output
    assert f"nqparse: {bad.name}: " in result.stderr
    assert reason in result.stderr
    status = {head.doc_id: head.status for head in records(read_table(tmp_path / "out", "documents"), DocumentRecord)}
    assert status == {"a.txt": Status.OK, bad.name: Status.FAILED}
    findings = records(read_table(tmp_path / "out", "findings"), Finding)
    assert [row.code for row in findings if row.doc_id == bad.name] == ["unreadable_file"]
    assert read_table(tmp_path / "out", "indicators").num_rows == 2


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read(name: str, tmp_path: Path) -> None:
    text(ODD[name])(tmp_path)
    result = nqparse("run", tmp_path / "bad.txt", "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == 0, result.output or result.exception
    assert_numbers_are_where_they_say(ODD[name], tmp_path / "out")


def assert_numbers_are_where_they_say(raw: str, out: Path) -> None:
    rows = read_table(out, "numbers").to_pylist()
    assert all(raw[row["char_start"] : row["char_end"]] == row["text"] for row in rows)


@pytest.mark.slow
def test_one_line_of_many_megabytes_is_read(tmp_path: Path) -> None:
    """``make soak`` reads one of 20 MB."""
    size = int(os.environ.get("NQPARSE_LINE", "2_000_000"))
    clause = "Phấn đấu nâng cao chất lượng đời sống nhân dân trên địa bàn, " * 40 + "tỷ lệ hộ nghèo còn 5%; "
    (tmp_path / "bad.txt").write_text(clause * (size // len(clause.encode())), encoding="utf-8")
    run = subprocess.run(command("run", tmp_path / "bad.txt", "--out", tmp_path / "out"), capture_output=True)
    assert (run.returncode, b"Traceback" in run.stderr) == (0, False), run.stderr[-2000:]


def test_a_folder_without_files_a_missing_path_and_an_unwritable_output(file: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    for arguments, words in (
        (("run", tmp_path / "none", "--out", tmp_path / "out"), "no file in this folder ends in .txt"),
        (("run", tmp_path / "nowhere", "--out", tmp_path / "out"), "no such file or folder"),
        (("run", file, "--out", file), "is a file; choose a folder with --out"),
        (("run", file, "--out", file / "out"), "is a file; choose a folder with --out"),
    ):
        result = nqparse(*arguments)
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith("nqparse: ")
        assert words in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "none"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the super-user may write anywhere")
def test_an_output_folder_without_rights(file: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    result = nqparse("run", file, "--out", tmp_path / "locked" / "out")
    assert result.exit_code == 2
    assert "Permission denied; choose another folder" in result.stderr


def test_a_link_to_nothing_is_a_failed_file(file: Path, tmp_path: Path) -> None:
    (file.parent / "gone.txt").symlink_to(file.parent / "nowhere")
    result = nqparse("run", file.parent, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "gone.txt: it cannot be opened" in result.stderr
