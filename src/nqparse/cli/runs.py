"""``nqparse run``: files and folders to tables."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqparse.cli.root import cli, complain, patterns_option

if TYPE_CHECKING:
    from nqparse.batch import Progress, Step


@cli.command(short_help="Read files and folders; write their tables.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder for the tables.")
@click.option(
    "--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read the files that match PATTERN."
)
@patterns_option
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), help="Longest for one file.")
@click.option("--follow-links", is_flag=True, help="Follow links that lead out of a folder.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what went wrong.")
def run(
    inputs: tuple[Path, ...],
    out: Path,
    globs: tuple[str, ...],
    folders: tuple[Path, ...],
    timeout: float | None,
    follow_links: bool,
    quiet: bool,
) -> None:
    """Read files and folders, and write the tables documents, sections, indicators, numbers and findings.

    Folders are read to any depth: in them, the files that end in .txt, .md, .markdown or .text, or those that match
    --glob, which may be given more than once. Each table is a folder of Parquet files in DIR. The tables of an earlier
    run are replaced when the new ones are whole, not before. Links that lead out of a folder are passed over, as are
    pipes and devices in it; each is named.

    With --timeout a file is read in a process of its own. One that takes longer is failed, and the rest go on.

    \b
    Examples:
      nqparse run documents/ --out tables/
      nqparse run 2023/ 2024/ nq-15.txt --out tables/
      nqparse run scans/ --glob '*.ocr' --glob '*.log' --out tables/

    Exit status: 0 if all was read; 1 if some file could not be read (each is named, and is in the table findings);
    2 for wrong use.
    """
    from nqparse.batch import run as run_batch
    from nqparse.packs.load import load_pack
    from nqparse.render import summary

    with _progress(quiet) as progress:
        result = run_batch(
            inputs,
            out,
            pack=load_pack(*folders),
            globs=globs,
            progress=progress,
            timeout=timeout,
            follow_links=follow_links,
            passed_over=_pass_over,
        )
    if not quiet:
        click.echo(summary(result), nl=False)
    if result.failed:
        sys.exit(1)


def _pass_over(path: Path, reason: str) -> None:
    complain(f"{path}: passed over: {reason}")


@contextmanager
def _progress(quiet: bool) -> Iterator["Progress"]:
    """What is told after each file: a bar on a terminal, else a line; unless ``quiet``. Failures are told always."""
    if quiet or not sys.stderr.isatty():
        yield lambda step: _tell(step, quiet)
        return
    with click.progressbar(length=1, file=sys.stderr, show_pos=False, item_show_func=_current) as bar:

        def advance(step: "Step") -> None:
            bar.length = max(step.of_bytes, 1)
            bar.update(step.bytes - bar.pos, step)
            if step.document.failure is not None:
                click.echo("\r\033[K", nl=False, err=True)
                _tell(step, quiet=True)

        yield advance


def _current(step: "Step | None") -> str | None:
    from nqparse.render import visible

    return None if step is None else f"{step.files}/{step.of_files} {visible(step.document.doc_id)}"


def _tell(step: "Step", quiet: bool) -> None:
    from nqparse.render import visible

    document = step.document
    if document.failure is not None:
        complain(document.failure)
    elif not quiet:
        found = f"{document.sections} sections, {document.indicators} indicators"
        click.echo(f"{step.files}/{step.of_files} {visible(document.doc_id)}: {found}", err=True)
