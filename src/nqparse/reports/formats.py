"""The formats of reports, by name."""

from collections.abc import Callable, Mapping

from nqparse.reports import as_json, github, junit, markdown, terminal
from nqparse.reports.report import Report

FORMATS: Mapping[str, Callable[[Report, int], str]] = {
    "text": terminal.render,
    "json": lambda report, _: as_json.render(report),
    "markdown": lambda report, _: markdown.render(report),
    "junit": lambda report, _: junit.render(report),
    "github": lambda report, _: github.render(report),
}
"""Each takes the report and the width of the terminal."""
