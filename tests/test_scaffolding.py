"""What others put into their own repositories: the step of the GitHub Action, the pre-commit hooks, what docs/ says."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from click.testing import CliRunner

from nqparse.cli import cli

ROOT = Path(__file__).parents[1]
NAME = "02-nghi-quyet-phuong.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with one document, its gold and, in ``bin``, the command."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "gold").mkdir()
    shutil.copy(ROOT / "samples" / NAME, tmp_path / "docs")
    for path in (ROOT / "samples" / "gold").glob(f"{Path(NAME).stem}.*"):
        shutil.copy(path, tmp_path / "gold")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "nqparse").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nqparse "$@"\n')
    (tmp_path / "bin" / "nqparse").chmod(0o755)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the runner's shell is bash")
@pytest.mark.parametrize(("floor", "code"), [(0.5, 0), (1.0, 1), (None, 2)])
def test_the_step_of_the_action_reports_and_fails_as_check_does(folder: Path, floor: float | None, code: int) -> None:
    figures = {} if floor is None else {"name words": floor}
    options = ("check", folder / "docs", "--gold", folder / "gold", "--floors", folder / "floors.json")
    CliRunner().invoke(cli, [*map(str, options), "--update-floors"], catch_exceptions=False)
    floors = json.loads((folder / "floors.json").read_text())
    floors |= {"all": figures, "documents": {}, "gold": floors["gold"] if figures else {}}
    (folder / "floors.json").write_text(json.dumps(floors))
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_OUTPUT": str(folder / "output"),
        "NQPARSE_INPUT": "docs\n\n",
        "NQPARSE_GOLD": "gold",
        "NQPARSE_FLOORS": "floors.json",
        "NQPARSE_PATTERNS": "",
    }
    step = ["bash", str(ROOT / "tools" / "action.sh")]
    done = subprocess.run(step, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("::error" in done.stdout) == bool(code)
    if code == 2:
        assert "the floors were set on other gold" in done.stdout
        return
    assert "### " in (folder / "summary.md").read_text(encoding="utf-8")
    outputs = dict(line.split("=", 1) for line in (folder / "output").read_text().splitlines())
    assert set(outputs) == {"tables", "markdown", "junit"}
    assert all(Path(path).exists() for path in outputs.values())


def test_the_action_gives_its_step_what_it_takes() -> None:
    action, step = ((ROOT / name).read_text(encoding="utf-8") for name in ("action.yml", "tools/action.sh"))
    taken = set(regex.findall(r"\$\{?(NQPARSE_\w+)", step))
    assert taken == set(regex.findall(r"^\s+(NQPARSE_\w+):", action, regex.MULTILINE))
    for name in regex.findall(r"steps\.check\.outputs\.(\w+)", action):
        assert f'"{name}=' in step


def test_the_hooks_are_commands() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = regex.findall(r"^\s+entry: nqparse (.*)$", hooks, regex.MULTILINE)
    assert len(entries) == len(regex.findall(r"^- id: ", hooks, regex.MULTILINE)) == 3
    for entry in entries:
        assert CliRunner().invoke(cli, [*entry.split(), "--help"]).exit_code == 0


def test_the_documentation_names_every_field_of_the_json(folder: Path) -> None:
    documentation = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    document, kept = folder / "docs", folder / "kept"
    CliRunner().invoke(cli, ["snapshot", str(document), "--dir", str(kept), "--update"], catch_exceptions=False)
    (kept / f"{NAME}.jsonl").write_text(
        "".join((kept / f"{NAME}.jsonl").read_text(encoding="utf-8").splitlines(True)[:9])
    )
    for command in (
        ["check", document, "--gold", folder / "gold"],
        ["snapshot", document, "--dir", kept],
        ["diff", kept, kept],
    ):
        result = CliRunner().invoke(cli, [*map(str, command), "--format", "json"])
        told = json.loads(result.stdout)
        fields = {*told, *(field for one in told.get("changes", [])[:1] for field in one)}
        fields |= {field for one in told.get("documents", []) for field in one}
        fields |= {field for one in told.get("all", {}).values() for field in one}
        assert {field for field in fields if f"`{field}`" not in documentation} == set()


def test_the_drawing_of_the_packages_shows_their_imports() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/drawing.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
