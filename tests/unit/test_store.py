"""The output folder: parts take their places when all are whole, also after a kill, and only those of what is ours."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nqparse.errors import InputError
from nqparse.runs import store as module
from nqparse.runs.store import opened, part_names, refusing

TABLES = ("one", "two")


def write(folder: Path, text: str, parts: int = 1, only: int | None = None) -> None:
    for table in TABLES:
        (folder / table).mkdir(exist_ok=True)
        for number, name in enumerate(part_names(parts)):
            if only in (None, number):
                (folder / table / f"{name}.parquet").write_text(text)


def commit(out: Path, text: str, parts: int = 1, only: int | None = None) -> None:
    with opened(out, TABLES) as store:
        folder = store.start()
        write(folder, text, parts, only)
        store.commit(parts)


def content(out: Path) -> dict[str, str]:
    files = [path for path in sorted(out.rglob("*.*")) if path.is_file() and ".nqparse" not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_text() for path in files}


def expected(*texts: str) -> dict[str, str]:
    names = part_names(len(texts))
    return {f"{table}/{name}.parquet": text for table in TABLES for name, text in zip(names, texts, strict=True)}


def test_new_tables_appear_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    commit(out, "new", 4)
    assert content(out) == expected("new", "new", "new", "new")
    assert sorted(path.name for path in out.iterdir()) == [".nqparse", *TABLES]
    assert [path.name for path in (out / ".nqparse").iterdir()] == ["lock"]


def test_a_part_takes_the_place_of_the_old_one_and_other_files_stay(tmp_path: Path) -> None:
    commit(tmp_path, "old", 4)
    (tmp_path / "notes.txt").write_text("mine")
    commit(tmp_path, "new", 4, only=2)
    assert content(tmp_path) == {"notes.txt": "mine", **expected("old", "old", "new", "old")}


@pytest.mark.parametrize("exchanges", [True, False])
def test_tables_of_another_number_of_parts_change_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool
) -> None:
    if not exchanges:
        monkeypatch.setattr(module, "_exchange", lambda *_: False)
    commit(tmp_path, "old", 1)
    (tmp_path / "one" / "stale.parquet").write_text("")
    commit(tmp_path, "new", 4)
    assert content(tmp_path) == expected("new", "new", "new", "new")
    commit(tmp_path, "newer", 1)
    assert content(tmp_path) == expected("newer")


def stop_after(left: Iterator[int], owner: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a call stop working when nothing is left."""
    real = getattr(owner, name)

    def counted(*arguments: object, **keywords: object) -> object:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return real(*arguments, **keywords)

    monkeypatch.setattr(owner, name, counted)


@pytest.mark.parametrize("parts", [1, 4])
@pytest.mark.parametrize("moves", range(9))
def test_what_was_committed_is_moved_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: int, moves: int
) -> None:
    """The system's calls stop working after so many moves, as they do for a process that is killed."""
    commit(tmp_path, "old", 4)
    left = iter(range(moves))
    for owner, name in ((Path, "replace"), (Path, "rename"), (module, "_exchange"), (shutil, "rmtree")):
        stop_after(left, owner, name, monkeypatch)
    (tmp_path / ".nqparse" / "shards" / "done").mkdir(parents=True)
    with suppress(KeyboardInterrupt):
        commit(tmp_path, "new", parts)
    monkeypatch.undo()
    with opened(tmp_path, TABLES) as store:
        assert store.shards.exists() == (moves == 0)
        assert store.parts() == part_names(4 if moves == 0 else parts)
    assert content(tmp_path) == (expected(*["old"] * 4) if moves == 0 else expected(*["new"] * parts))


@pytest.mark.parametrize("moves", range(1, 5))
def test_a_table_with_another_file_in_it_is_put_aside_also_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """The next run does not take the old table, which has changed places with the new one, for new parts."""
    commit(tmp_path, "old", 4)
    (tmp_path / "one" / "stale.parquet").write_text("")
    left = iter(range(moves))
    for owner, name in ((Path, "replace"), (Path, "rename"), (module, "_exchange"), (shutil, "rmtree")):
        stop_after(left, owner, name, monkeypatch)
    with suppress(KeyboardInterrupt):
        commit(tmp_path, "new", 4)
    monkeypatch.undo()
    with opened(tmp_path, TABLES):
        pass
    assert content(tmp_path) == expected("new", "new", "new", "new")


def test_what_was_not_committed_is_cleared_away_but_finished_shards(tmp_path: Path) -> None:
    with opened(tmp_path, TABLES) as store:
        write(store.start(), "half")
        (store.shards / "done").mkdir()
        (store.shards / "half.0123").mkdir()
    with opened(tmp_path, TABLES) as store:
        assert [path.name for path in store.shards.iterdir()] == ["done"]
        assert store.parts() == ()
    assert content(tmp_path) == {}


def test_a_second_run_says_so_and_stops(tmp_path: Path) -> None:
    first = opened(tmp_path, TABLES)
    with first, pytest.raises(InputError, match="another run is writing to it"), opened(tmp_path, TABLES):
        pytest.fail("two runs at once")
    with opened(tmp_path, TABLES):
        pass


def test_a_folder_of_the_users_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "letter.docx").write_text("mine")
    with pytest.raises(InputError, match=r"letter\.docx: not a table of nqparse"):
        commit(tmp_path, "new")
    assert content(tmp_path) == {"one/letter.docx": "mine"}


@pytest.mark.parametrize("out", ["file", "file/out"])
def test_a_file_is_no_output_folder(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is a file; choose a folder"):
        commit(tmp_path / out, "new")


def test_what_the_system_refuses_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"No space left on device; .* make room"), refusing(tmp_path):
        raise OSError(28, "No space left on device")
