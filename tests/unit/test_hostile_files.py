"""Folders as they should not be: odd names, links out of them and in circles, pipes, files that change or take long."""

import os
import shutil
import sys
from pathlib import Path

import pytest
import regex
from click.testing import CliRunner, Result

from nqparse.batch import Options, run
from nqparse.cli import cli
from nqparse.errors import InputError, UnreadableError
from nqparse.inputs import list_files
from nqparse.models import DocumentRecord
from nqparse.runs.tasks import Limits
from nqparse.tables import read_table, records
from nqparse.text.encodings import steady_bytes

TEXT = "Tỷ lệ hộ nghèo: 1,25%"
STEERS = regex.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]")
ODD_NAMES = [
    "hai  từ.txt", "'một' \"hai\".txt", "xuống\ndòng.txt", "\x1b[31mđỏ\x1b]0;x\x07.txt", "-rf.txt",
    "$(reboot);`id`.txt",
    "\u202etxt.exe.txt", "%s{0}.txt", os.fsdecode(b"h\xe0 n\xf4i.txt"), "x" * 251 + ".txt", "a\\b.txt", "~.txt",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good document, beside which there are others."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(TEXT, encoding="utf-8")
    return made


def nqparse(*arguments: str | Path) -> Result:
    """The command in this process; ``run`` has no worker, which takes two seconds to start."""
    here = ("--workers", "0") if arguments[0] == "run" else ()
    return CliRunner().invoke(cli, [str(argument) for argument in (*arguments, *here)])


def listed(folder: Path, follow_links: bool = False) -> tuple[list[str], list[str]]:
    """The ids of the files that are read, and the names of those that are passed over."""
    passed: list[str] = []
    files = list_files([folder], passed_over=lambda path, _: passed.append(str(path)), follow_links=follow_links)
    return [file.doc_id for file in files], [Path(path).name for path in passed]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_a_file_is_read_whatever_its_name_and_no_terminal_is_steered(folder: Path, name: str) -> None:
    (folder / name).write_text(f"\x1b[2J\x9b31m{TEXT}\u202e", encoding="utf-8")
    (folder / f"{name[:240]}.md").write_bytes(b"%PDF-")
    done = nqparse("run", folder, "--out", folder.parent / "out")
    assert done.exit_code == 1
    assert "3 files" in done.output or "of 3" in done.output or "3/3" in done.output
    told = [
        done.output,
        nqparse("show", folder / name).output,
        nqparse("explain", folder / name, "--number", "1,25").output,
    ]
    assert all("nghèo" in text for text in told[1:])
    assert not any(STEERS.search(text) for text in told)
    heads = records(read_table(folder.parent / "out", "documents"), DocumentRecord)
    assert sorted(head.status for head in heads) == ["failed", "ok", "ok"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["in", "out"]


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    commands: list[list[str | Path]] = [["show"], ["run", "--out", tmp_path / "out"]]
    for command in commands:
        done = nqparse(*command, tmp_path / ("x" * 300))
        assert (done.exit_code, done.exception.__class__) == (2, SystemExit)


def test_a_link_out_of_the_folder_is_followed_only_when_asked(folder: Path) -> None:
    outside = folder.parent / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "deep" / "far.txt").write_text(TEXT, encoding="utf-8")
    (folder / "file.txt").symlink_to(outside / "deep" / "far.txt")
    (folder / "sub").symlink_to(outside)
    assert listed(folder) == (["good.txt"], ["file.txt", "sub"])
    assert listed(folder, follow_links=True) == (["file.txt", "good.txt", "sub/deep/far.txt"], [])
    done = nqparse("run", folder, "--out", folder.parent / "out")
    assert (done.exit_code, done.output.count("a link out of the folder")) == (0, 2)


def test_a_folder_is_read_once_however_many_loops_of_links_lead_to_it(folder: Path) -> None:
    outside = folder.parent / "outside"
    (outside / "z").mkdir(parents=True)
    (outside / "z" / "far.txt").write_text(TEXT, encoding="utf-8")
    (outside / "back").symlink_to(folder)
    (outside / "again").symlink_to(outside)
    (outside / "a").symlink_to(outside / "z")
    (folder / "one").symlink_to(outside)
    (folder / "two").symlink_to(outside)
    (folder / "self").symlink_to(folder)
    assert listed(folder, follow_links=True) == (["good.txt", "one/a/far.txt"], [])
    assert listed(folder) == (["good.txt"], ["one", "two"])


def test_a_folder_may_be_deeper_than_calls_may(folder: Path) -> None:
    deep = folder
    for _ in range(sys.getrecursionlimit() + 100):
        deep /= "d"
        deep.mkdir()
    (deep / "far.txt").write_text(TEXT, encoding="utf-8")
    found, _ = listed(folder)
    (deep / "far.txt").unlink()
    os.removedirs(deep)  # what clears tests away would go down by calls
    assert [name.rpartition("/")[2] for name in found] == ["far.txt", "good.txt"]


def test_links_in_a_circle_are_files_that_cannot_be_read(folder: Path) -> None:
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    result = run([folder], folder.parent / "out")
    assert (result.files, result.failed) == (3, 2)
    with pytest.raises(InputError, match="it cannot be opened"):
        list_files([folder / "a.txt"])


def test_pipes_and_devices_are_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert listed(folder) == (["good.txt"], ["pipe.txt"])
    for path in (folder / "pipe.txt", Path("/dev/null")):
        with pytest.raises(InputError, match="a pipe or a device"):
            list_files([path])


def test_what_becomes_a_pipe_or_goes_after_it_was_listed_is_told(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with pytest.raises(UnreadableError, match="a pipe or a device"):
        steady_bytes(folder / "pipe.txt")
    with pytest.raises(UnreadableError, match="No such file"):
        steady_bytes(folder / "gone.txt")


def test_a_file_that_grows_while_it_is_read_is_not_read_by_half(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = folder / "good.txt", os.fstat

    def growing(descriptor: int) -> os.stat_result:
        status = seen(descriptor)
        with path.open("a", encoding="utf-8") as file:
            file.write("; giảm 2%")
        return status

    monkeypatch.setattr(os, "fstat", growing)
    with pytest.raises(UnreadableError, match="it changed while it was read"):
        steady_bytes(path)


def test_a_folder_that_vanishes_is_told(folder: Path) -> None:
    shutil.rmtree(folder)
    assert nqparse("run", folder, "--out", folder.parent / "out").exit_code == 2


# --- time limits: what is over the limit is in test_pool.py, where the clock can be moved


def test_a_time_limit_that_is_kept_changes_nothing(folder: Path) -> None:
    plain, limited = folder.parent / "plain", folder.parent / "limited"
    run([folder], plain)
    run([folder], limited, options=Options(1, Limits(timeout=100)))
    for path in plain.rglob("*.parquet"):
        assert path.read_bytes() == (limited / path.relative_to(plain)).read_bytes()
