"""``nqparse run``: files and folders to tables."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from nqparse.addresses import Place, place_of
from nqparse.cli.root import cli, complain, loading, patterns_option, root_option
from nqparse.errors import InputError

if TYPE_CHECKING:
    from nqparse.batch import Options, Progress, Step, Summary
    from nqparse.runs.planning import Plan


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Place(click.ParamType[Place]):
    """A path, or an address in a store."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        return place_of(value) if isinstance(value, str) else Path(value)


_PLACE = _Place()
_MOST_NAMED = 100


@cli.command(short_help="Read files and folders; write their tables.")
@click.argument("inputs", metavar="[INPUT]...", nargs=-1, type=_PLACE)
@click.option("--out", metavar="DIR", required=True, type=_PLACE, help="Folder, or address, for the tables.")
@click.option(
    "--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read the files that match PATTERN."
)
@click.option(
    "--from-file",
    "listings",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read also the files and folders that FILE names, one a line; - is standard input.",
)
@root_option(_PLACE)
@patterns_option
@click.option("--workers", metavar="N", type=click.IntRange(0), help="Read with N processes.  [default: the cores]")
@click.option("--full", is_flag=True, help="Read all files again, not only what is new or changed.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="Give a file up after so long.  [default: never]",
)
@click.option(
    "--max-memory", metavar="MB", type=click.IntRange(1), help="Give a file up for which a worker holds more."
)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="What reads.")
@click.option("--scheduler", metavar="ADDRESS", help="The dask cluster's.  [default: one of this machine]")
@click.option("--follow-links", is_flag=True, help="Follow links that lead out of a folder.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what went wrong.")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Of what is printed."
)
def run(
    inputs: tuple[Place, ...], out: Place, globs: tuple[str, ...], listings: tuple[Path, ...],
    root: Place | None, folders: tuple[Path, ...], dry_run: bool, engine: str, scheduler: str | None, quiet: bool,
    log_format: str, **options: Any,
) -> None:  # fmt: skip
    """Read files and folders, and write the tables documents, sections, indicators, numbers and findings.

    Folders are read to any depth: in them, the files that end in .txt, .md, .markdown or .text, or those that match
    --glob, which may be given more than once. Links that lead out of a folder are passed over, as are pipes and devices
    in it; each is named. Each table is a folder of Parquet files in DIR.

    A file is called by its path below the folder that was given, or by its name where the file itself was given;
    with --root, by its path below that folder.

    A second run into the same DIR reads only what is new or changed, and drops what is gone; the tables are then what
    a run over all files writes. A run that was stopped or killed is run again, and goes on. Readers always find whole
    tables.

    INPUT and DIR may be addresses in stores, such as s3://bucket/folder, with the extra nqparse[remote].

    \b
    Examples:
      nqparse run documents/ --out tables/
      nqparse run documents/2023/ documents/2024/ --root documents/ --out tables/ --workers 8
      nqparse run scans/ --glob '*.ocr' --glob '*.log' --out tables/ --dry-run
      nqparse run archive/ --out tables/ --engine dask --scheduler tcp://10.0.0.1:8786
      nqparse run s3://archive/2024 --out s3://archive/tables
      find scans/ -newer last | nqparse run --from-file - --root scans/ --out tables/

    Exit status: 0 if all files were read, also where some lines of one were not read in full (the file is then
    partial); 1 if some file could not be read at all; 2 for wrong use. Partial and failed files are named at the end,
    and are in the table findings.
    """
    with loading():
        from nqparse.batch import dry_run as plan_batch
        from nqparse.batch import run as run_batch

    named = (*inputs, *_listed(listings))
    if not named:
        raise click.UsageError("give the files and folders to read, or a list of them with --from-file")
    what: dict[str, Any] = {"patterns": folders, "globs": globs, "root": root, "options": _options(**options)}
    if dry_run:
        _tell_plan(plan_batch(named, out, **what), log_format)
        return
    try:
        with _engine(engine, scheduler, what), _progress(quiet, log_format) as progress:
            result = run_batch(named, out, **what, progress=progress, passed_over=_pass_over)
    except KeyboardInterrupt:
        complain("interrupted; the tables are as they were, what is done is kept: the same command goes on")
        sys.exit(130)
    if not quiet:
        _tell_summary(result, log_format)
    if log_format == "text":
        _tell_faults(result)
    if result.failed:
        sys.exit(1)


def _listed(listings: tuple[Path, ...]) -> list[Place]:
    """The paths that are named in these files."""
    lines: list[str] = []
    for listing in listings:
        try:
            with click.open_file(str(listing), encoding="utf-8") as file:
                lines += file.read().splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise InputError(f"{listing}: {reason}; give a file that names the files to read, one a line") from error
    return [place_of(line) for line in lines if line.strip()]


def _pass_over(path: Place, reason: str) -> None:
    complain(f"{path}: passed over: {reason}")


def _options(
    workers: int | None, full: bool, timeout: float | None, max_memory: int | None, follow_links: bool
) -> "Options":
    from nqparse.batch import Options
    from nqparse.runs.tasks import Limits

    limits = Limits(timeout, max_memory << 20 if max_memory is not None else None)
    return Options(_cores() if workers is None else workers, limits, follow_links, full)


@contextmanager
def _engine(engine: str, scheduler: str | None, what: dict[str, Any]) -> Iterator[None]:
    """Put the engine that was asked for among the options."""
    if engine == "local":
        if scheduler is not None:
            raise click.UsageError("--scheduler is for --engine dask")
        yield
        return
    from dataclasses import replace

    from nqparse.runs.on_dask import cluster

    options: Options = what["options"]
    with cluster(scheduler, options.workers, what["patterns"], options.limits) as placed:
        what["options"] = replace(options, engine=placed)
        yield


def _tell_plan(plan: "Plan", log_format: str) -> None:
    from nqparse.render import plan as as_text

    if log_format == "json":
        click.echo(json.dumps({"event": "plan", **_counts(plan)}))
    else:
        click.echo(as_text(plan), nl=False)


def _counts(plan: "Plan") -> dict[str, int]:
    return {"new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged, "removed": plan.removed}


def _tell_summary(result: "Summary", log_format: str) -> None:
    from dataclasses import asdict

    from nqparse.render import summary

    click.echo(
        json.dumps({"event": "end", **asdict(result)}) + "\n" if log_format == "json" else summary(result), nl=False
    )


def _tell_faults(result: "Summary") -> None:
    """Name the partial and the failed files, last of all."""
    for told, kind in ((result.partials, "partial"), (result.failures, "failed")):
        for message in told[:_MOST_NAMED]:
            complain(message)
        if len(told) > _MOST_NAMED:
            complain(f"and {len(told) - _MOST_NAMED} more {kind} files; the table findings has them all")


@contextmanager
def _progress(quiet: bool, log_format: str) -> Iterator["Progress"]:
    """What is told after each file: a bar on a terminal, else a line; unless ``quiet``."""
    if log_format == "json":
        yield lambda step: _log(step, quiet)
        return
    if quiet:
        yield lambda step: None
        return
    if not sys.stderr.isatty():
        yield _tell
        return
    started = monotonic()
    with click.progressbar(length=1, file=sys.stderr, show_pos=False, show_eta=True, item_show_func=str) as bar:

        def advance(step: "Step") -> None:
            bar.length = max(step.of_bytes, 1)
            bar.update(step.bytes - bar.pos, _position(step, monotonic() - started))

        yield advance


def _position(step: "Step", seconds: float) -> str:
    """For the bar, beside the time left."""
    return f"{step.files}/{step.of_files} files, {step.bytes / 1e6 / max(seconds, 0.001):.2f} MB/s"


def _log(step: "Step", quiet: bool) -> None:
    document = step.document
    if document.failure is not None or document.partial is not None or not quiet:
        place = {"files": step.files, "of_files": step.of_files, "bytes_done": step.bytes, "of_bytes": step.of_bytes}
        click.echo(json.dumps({"event": "file", **place, **document._asdict()}), err=True)


def _tell(step: "Step") -> None:
    from nqparse.render import visible

    document = step.document
    found = f"{document.sections} sections, {document.indicators} indicators"
    found = "failed" if document.failure is not None else f"partial; {found}" if document.partial is not None else found
    click.echo(f"{step.files}/{step.of_files} {visible(document.doc_id)}: {found}", err=True)
