"""What the commands that make a report share: their options, and how a report is printed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqparse.cli.root import root_option, width

if TYPE_CHECKING:
    from nqparse.reports.report import Report

FORMATS = ("text", "json", "markdown", "junit", "github")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--format``, of every command that makes a report, as the argument ``form``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="markdown is for a comment on a pull request, github for annotations in a workflow.",
    )(command)


def files_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--glob`` and ``--root``, of every command that reads folders, as ``globs`` and ``root``."""
    globs = click.option(
        "--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read the files that match PATTERN."
    )
    both: Callable[..., Any] = globs(root_option(click.Path(path_type=Path))(command))
    return both


def tell(report: "Report", form: str) -> None:
    """Print a report."""
    from nqparse.reports.formats import FORMATS as RENDER

    click.echo(RENDER[form](report, width()), nl=False)
