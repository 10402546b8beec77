"""What is written aside takes the place of the old when it is whole, and only of what is ours."""

from pathlib import Path

import pytest

from nqparse.errors import InputError
from nqparse.staging import staged

NAMES = ("one", "two")


def fill(folder: Path, text: str) -> None:
    for name in NAMES:
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "part-00000.parquet").write_text(text)


def write(out: Path, text: str) -> None:
    with staged(out, NAMES) as folder:
        fill(folder, text)


def content(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text() for path in sorted(out.rglob("*.*"))}


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with staged(out, NAMES) as folder:
        fill(folder, "new")
        assert not out.exists()
    assert content(out) == {"one/part-00000.parquet": "new", "two/part-00000.parquet": "new"}
    assert list(out.parent.iterdir()) == [out]


def test_an_old_run_is_replaced_with_all_its_parts_and_other_files_stay(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    (tmp_path / "out" / "one" / "part-00001.parquet").write_text("stale")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    write(tmp_path / "out", "new")
    assert content(tmp_path / "out") == {
        "notes.txt": "mine",
        "one/part-00000.parquet": "new",
        "two/part-00000.parquet": "new",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def break_off(out: Path, error: type[BaseException]) -> None:
    with staged(out, NAMES) as folder:
        (folder / "one").mkdir()
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_run_that_breaks_off_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    write(tmp_path / "out", "old")
    with pytest.raises(error):
        break_off(tmp_path / "out", error)
    assert set(content(tmp_path / "out").values()) == {"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_cannot_be_moved_in_brings_the_old_back(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    with pytest.raises(InputError, match="cannot be written"), staged(tmp_path / "out", NAMES) as folder:
        (folder / "one").mkdir()  # and no folder "two"
    assert set(content(tmp_path / "out").values()) == {"old"}


def test_a_folder_of_the_users_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "letter.docx").write_text("mine")
    with pytest.raises(InputError, match=r"letter\.docx: not a table of nqparse"):
        write(tmp_path, "new")
    assert content(tmp_path) == {"one/letter.docx": "mine"}


@pytest.mark.parametrize("out", ["file", "file/out"])
def test_a_file_is_no_output_folder(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is a file; choose a folder"):
        write(tmp_path / out, "new")
