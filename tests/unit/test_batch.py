"""Runs over folders: every file has its row, a bad one harms no other, the output is whole and the same each time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqparse import batch, pipeline, tables
from nqparse.batch import Step, run
from nqparse.errors import InputError
from nqparse.inputs import InputFile
from nqparse.models import TABLES, DocumentRecord, Finding, Indicator, Rows, Severity, Status
from nqparse.packs.load import Pack, load_pack
from nqparse.readers import read_bytes
from nqparse.tables import read_table, records
from nqparse.text import Source

LINE = "- Tỷ lệ hộ nghèo: {}%\n"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "2024").mkdir(parents=True)
    for i, name in enumerate(["a.txt", "2024/b.md", "2024/c.txt"]):
        (root / name).write_text("I. CHỈ TIÊU\n" + LINE.format(f"{i + 1},5"), encoding="utf-8")
    return root


def heads(out: Path) -> dict[str, DocumentRecord]:
    return {head.doc_id: head for head in records(read_table(out, "documents"), DocumentRecord)}


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def test_each_file_has_its_row_and_each_table_its_folder(folder: Path, tmp_path: Path, pack: Pack) -> None:
    summary = run([folder], tmp_path / "out", pack=pack)
    assert list(heads(tmp_path / "out")) == ["2024/b.md", "2024/c.txt", "a.txt"]
    assert list(content(tmp_path / "out")) == sorted(f"{name}/part-00000.parquet" for name in TABLES)
    rows = records(read_table(tmp_path / "out", "indicators"), Indicator)
    assert (summary.files, summary.failed, summary.indicators) == (3, 0, len(rows)) == (3, 0, 3)
    assert [row.text for row in rows] == ["2,5", "3,5", "1,5"]


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path, pack: Pack) -> None:
    for out in ("one", "two"):
        run([folder], tmp_path / out, pack=pack)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_rows_do_not_depend_on_how_many_are_kept_at_once(
    folder: Path, tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([folder], tmp_path / "one", pack=pack)
    monkeypatch.setattr(tables, "_ROWS_AT_ONCE", 1)
    run([folder], tmp_path / "two", pack=pack)
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_file_that_cannot_be_read_is_a_row_and_a_finding(folder: Path, tmp_path: Path, pack: Pack) -> None:
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    good = run([folder / "a.txt"], tmp_path / "good", pack=pack)
    summary = run([folder], tmp_path / "out", pack=pack)
    status = {doc_id: head.status for doc_id, head in heads(tmp_path / "out").items()}
    assert [doc_id for doc_id in status if status[doc_id] is Status.FAILED] == ["binary.txt", "empty.txt", "gone.txt"]
    assert (summary.files, summary.failed, summary.indicators) == (6, 3, 3 * good.indicators)
    found = records(read_table(tmp_path / "out", "findings"), Finding)
    unreadable = [finding for finding in found if finding.code == "unreadable_file"]
    assert [finding.doc_id for finding in unreadable] == ["binary.txt", "empty.txt", "gone.txt"]
    assert all(finding.severity is Severity.ERROR for finding in unreadable)
    assert unreadable[1].message == "empty.txt: the file is empty"
    assert heads(tmp_path / "out")["binary.txt"].bytes == 256 * 9


def test_records_that_do_not_validate_fail_their_file_alone(
    folder: Path, tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.parts

    def spoilt(source: Source, pack: Pack) -> Iterator[Rows]:
        yield from real(source, pack)
        if source.doc_id == "a.txt":
            Finding.model_validate({"doc_id": 1})

    monkeypatch.setattr(pipeline, "parts", spoilt)
    assert run([folder], tmp_path / "out", pack=pack).failed == 1
    assert heads(tmp_path / "out")["a.txt"].status is Status.FAILED


def test_an_earlier_run_is_replaced_whole(folder: Path, tmp_path: Path, pack: Pack) -> None:
    run([folder], tmp_path / "out", pack=pack)
    (tmp_path / "out" / "numbers" / "part-00001.parquet").write_bytes(b"stale")
    (folder / "a.txt").unlink()
    run([folder], tmp_path / "out", pack=pack)
    assert list(heads(tmp_path / "out")) == ["2024/b.md", "2024/c.txt"]
    assert len(content(tmp_path / "out")) == len(TABLES)


def test_a_run_that_is_interrupted_leaves_the_earlier_one(folder: Path, tmp_path: Path, pack: Pack) -> None:
    run([folder], tmp_path / "out", pack=pack)
    before = content(tmp_path / "out")

    def interrupt(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "out", pack=pack, progress=interrupt)
    assert content(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_progress_is_told_after_each_file(folder: Path, tmp_path: Path, pack: Pack) -> None:
    steps: list[Step] = []
    run([folder], tmp_path / "out", pack=pack, progress=steps.append)
    assert [(step.files, step.of_files) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert steps[-1].bytes == steps[-1].of_bytes == sum(head.bytes for head in heads(tmp_path / "out").values())
    assert [step.document.doc_id for step in steps] == list(heads(tmp_path / "out"))


def test_nothing_to_read_is_told_before_anything_is_written(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError):
        run([tmp_path / "in"], tmp_path / "out", pack=pack)
    assert not (tmp_path / "out").exists()


def test_a_file_is_parsed_by_itself(tmp_path: Path, pack: Pack) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LINE.format("5").encode())
    parsed = batch.parse_file(InputFile(path, "x/a.txt", 0), pack)
    assert (parsed.doc_id, parsed.failure, parsed.bytes, parsed.indicators) == (
        "x/a.txt",
        None,
        len(LINE.format("5").encode()),
        1,
    )
    (rows,) = parsed.rows
    assert isinstance(rows, Rows)
    assert rows.documents[0].sha256 == read_bytes(path.read_bytes()).sha256
