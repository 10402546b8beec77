"""Runs over folders: every file has its row, a bad one harms no other, the output is whole and the same each time."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse import pipeline, tables
from nqparse.batch import Options, Step, Summary, dry_run, run
from nqparse.errors import InputError
from nqparse.inputs import InputFile
from nqparse.models import TABLES, DocumentRecord, Finding, Indicator, Rows, Severity, Status
from nqparse.packs.load import Pack, load_pack
from nqparse.runs import planning, store
from nqparse.runs.parsing import Outcome, parse_file
from nqparse.runs.staging import perform
from nqparse.runs.tasks import MergeTask, ReadTask
from nqparse.tables import read_table, records
from nqparse.text.encodings import read_bytes
from nqparse.text.source import Source

LINE = "- Tỷ lệ hộ nghèo: {}%\n"


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


def test_each_file_has_its_row_and_each_table_its_folder(folder: Path, tmp_path: Path) -> None:
    summary = run([folder], tmp_path / "out")
    assert list(heads(tmp_path / "out")) == ["2024/b.md", "2024/c.txt", "a.txt"]
    assert list(content(tmp_path / "out")) == sorted(f"{name}/part-00000.parquet" for name in TABLES)
    rows = records(read_table(tmp_path / "out", "indicators"), Indicator)
    assert (summary.files, summary.failed, summary.indicators) == (3, 0, len(rows)) == (3, 0, 3)
    assert [row.text for row in rows] == ["2,5", "3,5", "1,5"]


def test_two_runs_give_the_same_bytes_with_any_number_of_workers(folder: Path, tmp_path: Path) -> None:
    for out, workers in (("one", 0), ("two", 2)):
        run([folder], tmp_path / out, options=Options(workers))
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_rows_do_not_depend_on_how_many_are_kept_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "GROUP_ROWS", 2)
    run([folder], tmp_path / "one")
    monkeypatch.setattr(tables, "_ROWS_AT_ONCE", 1)
    run([folder], tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_file_that_cannot_be_read_is_a_row_and_a_finding(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "page.txt").write_text("<!DOCTYPE html><html><p>Tỷ lệ hộ nghèo: 5%</p></html>", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    good = run([folder / "a.txt"], tmp_path / "good")
    summary = run([folder], tmp_path / "out")
    status = {doc_id: head.status for doc_id, head in heads(tmp_path / "out").items()}
    assert [doc_id for doc_id in status if status[doc_id] is Status.FAILED] == ["binary.txt", "gone.txt", "page.txt"]
    assert (summary.files, summary.failed, summary.indicators) == (7, 3, 3 * good.indicators)
    found = records(read_table(tmp_path / "out", "findings"), Finding)
    told = {(finding.doc_id, finding.code, finding.severity) for finding in found if finding.char_start is None}
    assert {row for row in told if row[0] not in ("a.txt", "2024/b.md", "2024/c.txt")} == {
        ("binary.txt", "unreadable_file", Severity.ERROR),
        ("empty.txt", "empty_text", Severity.WARNING),
        ("gone.txt", "unreadable_file", Severity.ERROR),
        ("page.txt", "unsupported_format", Severity.ERROR),
    }
    assert heads(tmp_path / "out")["binary.txt"].bytes == 256 * 9


def test_records_that_do_not_validate_fail_their_file_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.parts

    def spoilt(source: Source, pack: Pack, *, strict: bool | None) -> Iterator[Rows]:
        yield from real(source, pack, strict=strict)
        if source.doc_id == "a.txt":
            Finding.model_validate({"doc_id": 1})

    monkeypatch.setattr(pipeline, "parts", spoilt)
    assert run([folder], tmp_path / "out", options=Options(workers=0, strict=False)).failed == 1
    assert heads(tmp_path / "out")["a.txt"].status is Status.FAILED


def test_a_text_that_takes_more_memory_than_there_is_fails_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.parts

    def too_much(source: Source, pack: Pack, *, strict: bool | None) -> Iterator[Rows]:
        yield from real(source, pack, strict=strict)
        if source.doc_id == "a.txt":
            raise MemoryError

    monkeypatch.setattr(pipeline, "parts", too_much)
    run([folder], tmp_path / "out")
    found = records(read_table(tmp_path / "out", "findings"), Finding)
    assert [row.doc_id for row in found if row.code == "memory_limit"] == ["a.txt"]
    assert heads(tmp_path / "out")["a.txt"].status is Status.FAILED


def test_an_earlier_run_is_replaced_whole(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out")
    (tmp_path / "out" / "numbers" / "part-00001.parquet").write_bytes(b"stale")
    (folder / "a.txt").unlink()
    run([folder], tmp_path / "out")
    assert list(heads(tmp_path / "out")) == ["2024/b.md", "2024/c.txt"]
    assert len(content(tmp_path / "out")) == len(TABLES)


def test_a_run_that_is_interrupted_leaves_the_earlier_one(folder: Path, tmp_path: Path) -> None:
    run([folder], tmp_path / "out")
    before = content(tmp_path / "out")

    (folder / "a.txt").write_text("1. Tỷ lệ: 5%", encoding="utf-8")

    def interrupt(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "out", progress=interrupt)
    assert content(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
    assert not list((tmp_path / "out" / ".nqparse").glob("next-*"))


def test_progress_is_told_after_each_file(folder: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    run([folder], tmp_path / "out", progress=steps.append)
    assert [(step.files, step.of_files) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert steps[-1].bytes == steps[-1].of_bytes == sum(head.bytes for head in heads(tmp_path / "out").values())
    assert [step.document.doc_id for step in steps] == list(heads(tmp_path / "out"))


def test_nothing_to_read_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError):
        run([tmp_path / "in"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_is_parsed_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LINE.format("5").encode())
    parsed = parse_file(InputFile(path, "x/a.txt", 0), load_pack())
    size = len(LINE.format("5").encode())
    assert parsed.outcome == Outcome("x/a.txt", hashlib.sha256(path.read_bytes()).hexdigest(), size, indicators=1)
    (rows,) = parsed.rows
    assert isinstance(rows, Rows)
    assert rows.documents[0].sha256 == read_bytes(path.read_bytes()).sha256


# --- a run over what has been read before


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files enough for tables of four parts, where six or fewer make one."""
    monkeypatch.setattr(store, "_STEPS", ((6, 1), (100, 4)))
    root = tmp_path / "many"
    root.mkdir()
    for i in range(12):
        write(root, i, f"{i},5")
    return root


def write(root: Path, number: int, value: str) -> None:
    (root / f"{number:02}.txt").write_text("I. CHỈ TIÊU\n" + LINE.format(value), encoding="utf-8")


def counts(summary: Summary) -> tuple[int, int, int]:
    return summary.files, summary.unchanged, summary.removed


def assert_as_a_full_run(inputs: Path, out: Path) -> None:
    fresh = out.with_name("fresh")
    run([inputs], fresh)
    assert content(out) == content(fresh)
    shutil.rmtree(fresh)


def test_a_table_of_many_documents_has_parts_that_are_sorted(many: Path, tmp_path: Path) -> None:
    run([many], tmp_path / "out")
    assert len(content(tmp_path / "out")) == 4 * len(TABLES)
    names = [path.name for path in sorted((tmp_path / "out" / "numbers").iterdir())]
    assert names[0] == "part-00000-of-00004.parquet"
    for name in names:
        ids = pq.read_table(tmp_path / "out" / "documents" / name)["doc_id"].to_pylist()
        assert ids == sorted(ids)
    assert sorted(heads(tmp_path / "out")) == [f"{i:02}.txt" for i in range(12)]


def test_what_has_not_changed_is_not_read_again(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert counts(run([many], out)) == (12, 0, 0)
    before = {path: path.stat().st_ino for path in out.rglob("*.parquet")}
    (many / "01.txt").touch()
    assert counts(run([many], out)) == (0, 12, 0)
    assert {path: path.stat().st_ino for path in out.rglob("*.parquet")} == before


def test_new_changed_and_removed_files_make_the_tables_of_a_full_run(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([many], out)
    (many / "03.txt").unlink()
    write(many, 5, "99")
    write(many, 77, "7")
    todo = dry_run([many], out)
    assert (todo.new, todo.changed, todo.unchanged, todo.removed) == (1, 1, 10, 1)
    assert counts(run([many], out)) == (2, 10, 1)
    assert_as_a_full_run(many, out)


def test_only_the_parts_of_what_changed_are_written_again(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([many], out)
    before = {path: path.stat().st_ino for path in out.rglob("*.parquet")}
    write(many, 5, "99")
    run([many], out)
    new = {path for path in before if path.stat().st_ino != before[path]}
    assert {path.name for path in new} == {f"part-{planning.bucket_of('05.txt', 4):05}-of-00004.parquet"}
    assert len(new) == len(TABLES)


def test_rows_are_kept_where_the_number_of_parts_changes(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([many], out)
    for i in range(7):
        (many / f"{i:02}.txt").unlink()
    assert counts(run([many], out)) == (0, 5, 7)
    assert_as_a_full_run(many, out)
    for i in range(7):
        write(many, i, f"{i},5")
    assert counts(run([many], out)) == (7, 5, 0)
    assert_as_a_full_run(many, out)


def test_another_build_other_patterns_and_full_read_all(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, own = tmp_path / "out", tmp_path / "own"
    own.mkdir()
    (own / "mine.toml").write_text("# none", encoding="utf-8")
    run([many], out)
    assert counts(run([many], out, options=Options(full=True))) == (12, 0, 0)
    assert counts(run([many], out, patterns=[own])) == (12, 0, 0)
    assert counts(run([many], out, patterns=[own])) == (0, 12, 0)
    monkeypatch.setattr(tables, "build", lambda: "another")
    assert counts(run([many], out, patterns=[own])) == (12, 0, 0)


def test_a_file_that_failed_is_tried_again(folder: Path, tmp_path: Path) -> None:
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    assert counts(run([folder], tmp_path / "out")) == (4, 0, 0)
    again = run([folder], tmp_path / "out")
    assert (counts(again), again.failed) == ((1, 3, 0), 1)
    assert_as_a_full_run(folder, tmp_path / "out")


@pytest.mark.parametrize("broken", ["gone", "cut off", "another's"])
def test_tables_that_are_not_whole_are_written_anew(many: Path, tmp_path: Path, broken: str) -> None:
    out = tmp_path / "out"
    run([many], out)
    victim = out / "numbers" / "part-00002-of-00004.parquet"
    if broken == "gone":
        victim.unlink()
    elif broken == "cut off":
        victim.write_bytes(victim.read_bytes()[:-50])
    else:
        (out / "sections" / "mine.parquet").write_bytes(b"")
    assert counts(run([many], out)) == (12, 0, 0)
    assert_as_a_full_run(many, out)


def test_a_run_that_was_broken_off_goes_on(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"

    def interrupt(step: Step) -> None:
        if step.files == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([many], out, progress=interrupt)
    read: list[str] = []
    real = pipeline.parts

    def noted(source: Source, pack: Pack, *, strict: bool | None) -> Iterator[Rows]:
        read.append(source.doc_id)
        return real(source, pack, strict=strict)

    monkeypatch.setattr(pipeline, "parts", noted)
    assert counts(run([many], out)) == (12, 0, 0)
    assert 0 < len(read) < 12
    assert_as_a_full_run(many, out)


def test_what_a_worker_of_a_killed_run_still_does_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    work, pack = tmp_path / "out" / ".nqparse", load_pack()
    work.mkdir(parents=True)
    (tmp_path / "out" / "documents").mkdir()
    file = (str(folder / "a.txt"), "a.txt", 1, "")
    tasks = (
        ReadTask((file,), str(work / "shards" / "ab12")),
        MergeTask("part-00000", (), (), (), str(tmp_path / "out"), str(work / "next-ab12"), {}),
    )
    for task in tasks:  # another run has come to its end, and cleared away what both need
        with pytest.raises(FileNotFoundError):
            perform(task, pack, lambda _: None)
    assert list(work.iterdir()) == []


def test_what_a_run_left_that_was_broken_off_goes_where_nothing_is_to_do_any_more(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run([many], tmp_path / "out")
    (many / "new.txt").write_text(LINE.format("9,5"), encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr("nqparse.batch._merging", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            run([many], tmp_path / "out")
    work = tmp_path / "out" / ".nqparse"
    assert len(list((work / "shards").iterdir())) == 1
    (many / "new.txt").unlink()
    assert run([many], tmp_path / "out").files == 0
    assert [path.name for path in work.iterdir()] == ["lock"]


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_shard_of_which_something_is_missing_is_made_again(many: Path, tmp_path: Path) -> None:
    def interrupt(step: Step) -> None:
        if step.files == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([many], tmp_path / "out", progress=interrupt)
    shards = tmp_path / "out" / ".nqparse" / "shards"
    next(shards.glob("*/numbers/*")).unlink()
    assert counts(run([many], tmp_path / "out")) == (12, 0, 0)
    assert_as_a_full_run(many, tmp_path / "out")


def test_a_dry_run_writes_nothing(many: Path, tmp_path: Path) -> None:
    todo = dry_run([many], tmp_path / "out")
    assert (todo.new, todo.parts, len(todo.changes), len(todo.files)) == (12, 4, 4, 12)
    assert not (tmp_path / "out").exists()


@given(
    st.lists(st.dictionaries(st.integers(0, 14), st.sampled_from(["1", "2,5", "", "đạt 3"])), min_size=2, max_size=4)
)
@settings(max_examples=8)
def test_any_history_of_a_folder_ends_in_the_tables_of_a_full_run(history: list[dict[int, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as name:
        patch.setattr(store, "_STEPS", ((6, 1), (100, 4)))
        root, out = Path(name, "in"), Path(name, "out")
        for files in history:
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            (root / "always.txt").write_text("Tỷ lệ: 5%", encoding="utf-8")
            for number, value in files.items():
                write(root, number, value)
            run([root], out)
            assert_as_a_full_run(root, out)
