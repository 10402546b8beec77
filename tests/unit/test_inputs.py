"""Which files a run reads, in which order, and what they are called."""

import os
from pathlib import Path

import pytest

from nqparse.addresses import Address
from nqparse.errors import InputError
from nqparse.inputs import list_all, list_files


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


def test_an_id_does_not_depend_on_what_else_is_read(tmp_path: Path) -> None:
    one, two = write(tmp_path / "2023", "q/a.txt", "b.txt"), write(tmp_path / "2024", "q/c.txt")
    alone = ids(one)
    assert alone == ["b.txt", "q/a.txt"]
    assert ids(one, two) == ids(two, one) == [*alone, "q/c.txt"]
    assert ids(one / "q" / "a.txt") == ["a.txt"]
    assert ids(one, one / "q" / "a.txt") == ids(one / "q" / "a.txt", one) == alone


def test_two_files_of_one_id_are_refused_and_told_apart_by_a_root(tmp_path: Path) -> None:
    one, two = write(tmp_path / "2023" / "q", "a.txt"), write(tmp_path / "2024" / "q", "a.txt", "b.txt")
    with pytest.raises(
        InputError, match=r"2023/q/a\.txt and .*2024/q/a\.txt: both would be called a\.txt .*--root DIR"
    ):
        list_files([two, one])
    with pytest.raises(InputError, match="--root DIR"):
        list_files([one / "a.txt", two / "a.txt"])
    named = ["2023/q/a.txt", "2024/q/a.txt", "2024/q/b.txt"]
    for inputs in ([one, two], [two, one / "a.txt"], [tmp_path]):
        assert [file.doc_id for file in list_files(inputs, root=tmp_path)] == named
    assert [file.doc_id for file in list_files([two / "b.txt"], root=tmp_path)] == named[2:]


def test_a_root_that_a_file_is_not_below_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "inner/a.txt")
    for root in (tmp_path / "inner", tmp_path / "in" / "a.txt", Address("memory://in")):
        with pytest.raises(InputError, match=r"a\.txt: it is not below --root .*give a folder"):
            list_files([tmp_path / "in"], root=root)


def test_a_root_may_be_given_as_a_link_or_from_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "all/2023/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "all")
    monkeypatch.chdir(tmp_path / "all")
    for root in (Path(), tmp_path / "link"):
        assert [file.doc_id for file in list_files([Path("2023")], root=root)] == ["2023/a.txt"]


def test_files_that_are_passed_over_for_their_ending_are_counted_by_it(tmp_path: Path) -> None:
    names = ("a.txt", "b.PDF", "2024/c.pdf", "2024/d.docx", "e", ".f.pdf", ".g/h.pdf")
    write(tmp_path, *names, "2024/deep/i.html")
    os.mkfifo(tmp_path / "pipe.pdf")
    counted = list_all([tmp_path, tmp_path / "2024" / "deep" / "i.html", tmp_path]).other_endings
    assert list(counted.items()) == [(".pdf", 2), ("", 1), (".docx", 1)]
    assert not list_all([tmp_path], ["*.txt"]).other_endings
    assert not list_all([tmp_path / "b.PDF"]).other_endings


def test_a_folder_without_a_file_to_read_tells_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\(there are: 2 \.pdf, 1 without ending\); choose"):
        list_files([write(tmp_path, "a.pdf", "b.pdf", "c")])


def test_names_of_one_folder_that_differ_in_their_form_only_stay_apart(tmp_path: Path) -> None:
    composed, apart = "x\u00e3.txt", "xa\u0303.txt"
    found = {file.doc_id: Path(str(file.path)).name for file in list_files([write(tmp_path, composed, apart)])}
    # the file system may fold them itself
    assert found == {composed: composed, f"{composed}~2": apart} or len(found) == 1


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
