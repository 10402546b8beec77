"""A browser, and servers of pages, for the tests of the pages."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from nqparse.cli.root import cli

FOUND = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="NO BROWSER TESTS: playwright is not installed")
    program = next(filter(None, map(shutil.which, FOUND)), None)
    if program is None:
        pytest.skip("NO BROWSER TESTS: there is no Chromium; install Debian's package chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens an address in a browser of its own; what the page complains of, or asks of other hosts, fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(address: str, width: int = 1280, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a machine may be busy; nothing waits so long on one that is not
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(_strange(request.url)))
        page.goto(address)
        page.wait_for_selector("#app[data-ready], .index")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


def _strange(url: str) -> list[str]:
    is_ours = re.match(r"(file:///|data:|blob:|http://127\.0\.0\.1:)", url) is not None
    return [] if is_ours else [f"asked for {url}"]


class Served(NamedTuple):
    """A server that runs, and the address that it printed."""

    address: str
    process: subprocess.Popen[str]

    def document(self, doc_id: str) -> str:
        return self.address.replace("/?", f"/document?id={doc_id}&")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def review() -> Iterator[Callable[..., Served]]:
    """Starts ``nqparse review`` over these arguments."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> Served:
        command = [sys.executable, "-m", "nqparse", "review", *map(str, arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return Served(process.stdout.readline().strip(), process)

    yield start
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def view(tmp_path: Path) -> Callable[[Path], str]:
    """Writes the page of a file, and gives its address."""

    def written(file: Path) -> str:
        cli(["view", str(file), "--out", str(tmp_path / "pages")], standalone_mode=False)
        return (tmp_path / "pages" / f"{file.name}.html").as_uri()

    return written
