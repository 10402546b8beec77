"""Which files a run reads, in which order, and what they are called."""

import os
from pathlib import Path

import pytest

from nqparse.errors import InputError
from nqparse.inputs import list_files


def write(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Tỷ lệ: 5%", encoding="utf-8")
    return root


def ids(*inputs: Path, globs: tuple[str, ...] = ()) -> list[str]:
    return [file.doc_id for file in list_files(inputs, globs)]


def test_a_folder_is_read_to_any_depth_in_the_order_of_its_ids(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a/x/c.TXT", "a/d.markdown", "e.text", "f.pdf", "g", ".hidden.txt", ".venv/h.txt")
    assert ids(tmp_path) == ["a/d.markdown", "a/x/c.TXT", "b.md", "e.text"]


def test_globs_choose_other_files(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.log", "2023/c.ocr", "2024/c.ocr")
    assert ids(tmp_path, globs=("*.log", "2024/*")) == ["2024/c.ocr", "b.log"]


def test_a_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    assert ids(write(tmp_path, "a.pdf") / "a.pdf") == ["a.pdf"]


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    assert ids(tmp_path, tmp_path / "a" / "b.txt", tmp_path / "a") == ["a/b.txt"]


def test_the_order_of_the_inputs_does_not_matter(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", "b.txt"), write(tmp_path / "two", "a.txt")
    assert ids(one, two) == ids(two, one) == ["a.txt", "b.txt"]


def test_names_that_clash_take_the_folders_above_them(tmp_path: Path) -> None:
    inputs = [
        write(tmp_path / "2023" / "q", "a.txt"),
        write(tmp_path / "2024" / "q", "a.txt"),
        write(tmp_path / "r", "b.txt"),
    ]
    assert ids(*inputs) == ["2023/q/a.txt", "2024/q/a.txt", "b.txt"]


def test_names_of_one_folder_that_differ_in_their_form_only_stay_apart(tmp_path: Path) -> None:
    found = ids(write(tmp_path, "xã.txt", "xa\u0303.txt"))
    assert found == ["xã.txt", "xã.txt~2"] or len(found) == 1  # the file system may fold them itself


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
def test_a_name_that_is_no_utf8_can_be_written(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"x\xff.txt")).write_text("5%")
    except OSError:
        pytest.skip("the file system refuses such names")
    assert ids(tmp_path) == ["x\ufffd.txt"]


def test_a_broken_link_is_listed_so_that_its_failure_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    assert [file.size for file in list_files([tmp_path])] == [0]


def test_what_is_missing_or_empty_is_told_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere: no such file or folder; check"):
        list_files([tmp_path / "nowhere"])
    write(tmp_path, "a.log")
    with pytest.raises(InputError, match=r"ends in \.txt.*--glob"):
        list_files([tmp_path])
    with pytest.raises(InputError, match=r"matches --glob \*\.ocr"):
        list_files([tmp_path], ["*.ocr"])
