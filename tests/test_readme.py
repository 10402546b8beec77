"""README.md: every block of code in it runs, and prints what the README shows under it.

In what is shown, a line ``…`` stands for any lines, and ``…`` in a line for any words.
"""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
import regex
from click.testing import CliRunner

from nqparse.checking import check_rule
from nqparse.cli import cli
from nqparse.packs.load import load_pack

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


class Snippet(NamedTuple):
    """A block of code, the line of the README on which it stands, and the output that is shown under it."""

    language: str
    line: int
    code: str
    shown: str | None


def snippets() -> Iterator[Snippet]:
    blocks = list(regex.finditer(r"^```(\w+)\n(.*?)^```$", README, regex.MULTILINE | regex.DOTALL))
    for block, following in zip_longest(blocks, blocks[1:]):
        if block[1] != "text":
            below = (
                following is not None and following[1] == "text" and not README[block.end() : following.start()].strip()
            )
            line = README.count("\n", 0, block.start()) + 1
            yield Snippet(block[1], line, block[2], following[2] if below else None)


def of(language: str) -> list[object]:
    """The blocks in a language; to prove all patterns takes half a minute, and measures time."""
    return [
        pytest.param(one, id=f"line {one.line}", marks=[pytest.mark.slow] if "patterns check" in one.code else [])
        for one in snippets()
        if one.language == language
    ]


def assert_shown(shown: str, printed: str) -> None:
    lines = (
        r"(?:.*\n)*?" if line == "…" else ".*".join(map(regex.escape, line.split("…"))) + r"\n"
        for line in shown.splitlines()
    )
    assert regex.fullmatch("".join(lines), printed.rstrip() + "\n"), printed


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README supposes it: with the samples, their tables, and the patterns that it shows."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "samples", folder / "samples")
    (folder / "my-patterns").mkdir()
    own = "\n".join(snippet.code for snippet in snippets() if snippet.language == "toml")
    (folder / "my-patterns" / "mine.toml").write_text(own, encoding="utf-8")
    CliRunner().invoke(cli, ["run", str(folder / "samples"), "--out", str(folder / "out")], catch_exceptions=False)
    CliRunner().invoke(cli, ["link", str(folder / "out")], catch_exceptions=False)
    return folder


@pytest.fixture(autouse=True)
def _in_the_clone(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    monkeypatch.setenv("COLUMNS", "100")


def test_the_first_lines_are_the_two_commands() -> None:
    commands = next(snippets())
    assert commands.line <= 3
    assert [line.split("#")[0].strip() for line in commands.code.splitlines()] == ["make demo", "make test"]


def test_there_is_a_snippet_of_each_kind() -> None:
    elsewhere = {"bash", "py"}  # what needs a cluster or a store: test_dask.py, test_remote.py, unit/test_spark.py
    assert {one.language for one in snippets()} - elsewhere == {"sh", "console", "python", "sql", "toml"}


@pytest.mark.parametrize("snippet", of("sh"))
def test_make_has_the_targets(snippet: Snippet) -> None:
    """What they do is for a fresh clone, not for a test; that make can plan it is tested here."""
    for line in snippet.code.splitlines():
        command, target = line.split("#")[0].split()
        subprocess.run([command, "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("snippet", of("console"))
def test_commands_print_what_is_shown(snippet: Snippet) -> None:
    for command, shown in regex.findall(r"^\$ nqparse (.*)\n((?:(?!\$ ).*\n)*)", snippet.code, regex.MULTILINE):
        if command.startswith("run ") and "--dry-run" not in command:
            shutil.rmtree("out")  # as it is before the first run
        result = CliRunner().invoke(cli, command.split(), prog_name="nqparse")
        assert result.exit_code == 0, result.output
        assert_shown(shown, result.output)


@pytest.mark.parametrize("snippet", of("python"))
def test_python_prints_what_is_shown(snippet: Snippet) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(snippet.code, f"README.md:{snippet.line}", "exec"), {})
    if snippet.shown is not None:
        assert_shown(snippet.shown, printed.getvalue())


@pytest.mark.parametrize("snippet", of("sql"))
def test_queries_give_what_is_shown(snippet: Snippet) -> None:
    with duckdb.connect() as connection:
        found = connection.sql(snippet.code)
        assert len(found) > 0
        if snippet.shown is not None:
            assert_shown(snippet.shown, str(found))


def test_patterns_are_without_fault(clone: Path) -> None:
    pack = load_pack(clone / "my-patterns")
    own = [located for located in pack.rules if located.file == "mine.toml"]
    forms = [snippet for snippet in snippets() if snippet.code.startswith("[[form]]")]
    assert (len(own), len(forms)) == (len(of("toml")) - 1, 1)
    assert pack.words("before-name").after(["tính", "tới", "nay"], 0) is not None
    assert [str(fault) for located in own for fault in check_rule(located)] == []


def test_the_demo_is_one_screen_that_ends_in_a_command_that_works() -> None:
    command = [sys.executable, str(ROOT / "tools" / "demo.py"), "out"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    lines = printed.splitlines()
    assert len(lines) < 40  # with the line that make prints when it installs
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if " target " in line or " actual " in line][14:] != []
    *_, name = lines[-1].split()
    assert lines[-1].startswith("Next: .venv/bin/nqparse show ")
    assert Path(name).is_file()


def test_links_lead_somewhere() -> None:
    for link in regex.findall(r"\]\(([^)#]+)\)", README):
        assert link.startswith("https://") or (ROOT / link).exists(), link


VIETNAMESE = (ROOT / "README.vi.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in regex.findall(r"^```sh\n(.*?)^```$", VIETNAMESE, regex.MULTILINE | regex.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, in which the commands are run one after the other."""
    folder = tmp_path_factory.mktemp("readme-vi")
    shutil.copytree(ROOT / "samples", folder / "samples")
    return folder


@pytest.mark.slow
def test_the_commands_of_the_vietnamese_readme_work_in_their_order(
    newcomer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newcomer)
    assert len(COMMANDS) >= 9
    for command in COMMANDS:
        name, *words = command.split()
        done = CliRunner().invoke(cli, words, prog_name=name)
        assert done.exit_code == 0, f"{command}\n{done.output}"
    assert (newcomer / "chi-tieu.xlsx").stat().st_size > 10_000
