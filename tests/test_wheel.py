"""What is installed works, away from the checkout: the wheel that is built from the sdist, and the editable install."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
TEXT = "I. CHỈ TIÊU\n- Thu ngân sách đạt khoảng 9.500 tỷ đồng\n"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, by way of the sdist: ``python -m build`` builds the one from the other."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a clean environment, with nothing in it."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(*command: object, cwd: Path | None = None) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(python: Path, *what: object) -> None:
    run(*PIP, "--python", python, "install", "--no-compile", "--constraint", ROOT / "constraints.txt", *what)


def assert_it_works(python: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    document = json.loads(run(python.parent / "nqparse", "show", "a.txt", "--json", cwd=folder))
    assert [row["text"] for row in document["indicators"]] == ["9.500"]
    run(python.parent / "nqparse", "run", "a.txt", "--out", "out", cwd=folder)
    code = "import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('nqparse_layout'); print(nlp.pipe_names)"
    assert run(python, "-c", code, cwd=folder) == "['nqparse_layout']\n"


def test_the_wheel_holds_the_patterns_once_and_the_typing_mark(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    patterns = {path.relative_to(ROOT).as_posix() for path in (ROOT / "patterns").rglob("*.toml")}
    own = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.toml")}
    assert own | {f"nqparse/{name}" for name in patterns} == {name for name in names if name.endswith(".toml")}
    assert len(names) == len(set(names))
    assert "nqparse/py.typed" in names
    pages = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src/nqparse/page").iterdir()}
    assert {"nqparse/page/main.js", "nqparse/page/page.css"} <= pages <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"nqparse"}


def test_the_wheel_and_then_the_checkout_installed_in_a_clean_environment(
    wheel: Path, python: Path, tmp_path: Path
) -> None:
    install(python, wheel)
    assert_it_works(python, tmp_path)
    install(python, "--editable", ROOT)
    assert_it_works(python, tmp_path)
    code = "import nqparse.packs.locate as at; print(at.pattern_folder())"
    assert Path(run(python, "-c", code, cwd=tmp_path).strip()) == ROOT / "patterns"
