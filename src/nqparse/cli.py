"""The command ``nqparse``: options, printing, exit codes (0: all well; 1: a fault in what was read; 2: wrong use).

What is slow to import is imported by the command that needs it.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nqparse.errors import InputError, NqparseError, PatternError, UnreadableError
from nqparse.version import __version__

if TYPE_CHECKING:
    from nqparse.batch import Progress, Step
    from nqparse.text import Source

_PLAIN_WIDTH = 100


class _WrongUse(click.ClickException):
    exit_code = 2

    def show(self, file: Any = None) -> None:
        _complain(self.message)


class _Unreadable(_WrongUse):
    exit_code = 1


class _Commands(click.Group):
    """A group that turns our errors into a line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnreadableError as error:
            raise _Unreadable(str(error)) from error
        except NqparseError as error:
            raise _WrongUse(str(error)) from error
        except KeyboardInterrupt:
            _complain("interrupted; nothing was written")
            ctx.exit(130)


def main() -> None:
    """Run the command; what a stream's encoding lacks is printed as its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="nqparse")


def _complain(message: str) -> None:
    from nqparse.render import visible

    click.echo(f"nqparse: {visible(message)}", err=True)


def _width() -> int:
    return shutil.get_terminal_size((_PLAIN_WIDTH, 24)).columns


def _patterns(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--patterns",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Lay the pattern files of DIR over the built-in ones: rules are added, or replaced by id.",
    )(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Read Vietnamese resolutions, reports and plans: their sections and their indicators.

    \b
    Look at one document:       nqparse show nghi-quyet.txt
    Read a folder of them:      nqparse run documents/ --out tables/
    Ask why a number was read:  nqparse explain nghi-quyet.txt --number 12,5

    Each command has its own help: nqparse run --help
    """


@cli.command(short_help="Read files and folders; write their tables.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder for the tables.")
@click.option(
    "--glob", "globs", metavar="PATTERN", multiple=True, help="In folders, read the files that match PATTERN."
)
@_patterns
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but what went wrong.")
def run(inputs: tuple[Path, ...], out: Path, globs: tuple[str, ...], folders: tuple[Path, ...], quiet: bool) -> None:
    """Read files and folders, and write the tables documents, sections, indicators, numbers and findings.

    Folders are read to any depth: in them, the files that end in .txt, .md, .markdown or .text, or those that match
    --glob, which may be given more than once. Each table is a folder of Parquet files in DIR. The tables of an earlier
    run are replaced when the new ones are whole, not before.

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
        result = run_batch(inputs, out, pack=load_pack(*folders), globs=globs, progress=progress)
    if not quiet:
        click.echo(summary(result), nl=False)
    if result.failed:
        sys.exit(1)


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
            if step.failed:
                click.echo("\r\033[K", nl=False, err=True)
                _tell(step, quiet=True)

        yield advance


def _current(step: "Step | None") -> str | None:
    from nqparse.render import visible

    return None if step is None else f"{step.files}/{step.of_files} {visible(step.document.head.doc_id)}"


def _tell(step: "Step", quiet: bool) -> None:
    from nqparse.render import visible

    document = step.document
    if step.failed:
        _complain(document.findings[0].message)
    elif not quiet:
        found = f"{len(document.sections)} sections, {len(document.indicators)} indicators"
        click.echo(f"{step.files}/{step.of_files} {visible(document.head.doc_id)}: {found}", err=True)


@cli.command(short_help="Print one document: sections, indicators, findings.")
@click.argument("file", metavar="FILE|-")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@_patterns
def show(file: str, as_json: bool, folders: tuple[Path, ...]) -> None:
    """Print what a document is, its sections, its indicators and its findings.

    FILE may be -, for standard input. The JSON is one object: head, sections, indicators, numbers, findings, whose
    fields are the columns of the tables (see nqparse schema).

    \b
    Examples:
      nqparse show nghi-quyet.txt
      nqparse show nghi-quyet.txt --json | jq '.indicators[] | select(.core) | .name'
      pdftotext nghi-quyet.pdf - | nqparse show -
    """
    from nqparse.packs.load import load_pack
    from nqparse.pipeline import analyse, document
    from nqparse.render import document as text_of
    from nqparse.render import visible_json

    source, pack = _source(file), load_pack(*folders)
    records = document(analyse(source, pack), pack)
    if as_json:
        click.echo(visible_json(records.model_dump_json(by_alias=True, indent=2)))
    else:
        click.echo(text_of(records, _width()), nl=False)


def _source(file: str) -> "Source":
    from nqparse.readers import read_bytes, read_file

    path = Path(file)
    if file != "-" and path.is_dir():
        raise InputError(f"{file}: this is a folder; give a file, or read it whole with nqparse run {file} --out DIR")
    if file != "-" and not path.exists():
        raise InputError(f"{file}: no such file; check the path, or give - for standard input")
    try:
        return read_bytes(sys.stdin.buffer.read(), "-") if file == "-" else read_file(path, path.name)
    except UnreadableError as error:
        raise UnreadableError(f"{file}: {error}") from error


@cli.command(short_help="Print why a number was read as it was.")
@click.argument("file", metavar="FILE|-")
@click.option("--at", metavar="N", type=click.IntRange(min=0), help="The number that holds the character N, from 0.")
@click.option("--number", metavar="TEXT", help="Each number that is printed as TEXT.")
@_patterns
def explain(file: str, at: int | None, number: str | None, folders: tuple[Path, ...]) -> None:
    """Print why a number was read as it was: its class, the rules that fired, in order, and what each set.

    The offsets are those of the tables (char_start) and of nqparse show.

    \b
    Examples:
      nqparse explain nghi-quyet.txt --number 12,5
      nqparse explain nghi-quyet.txt --at 4211
    """
    if (at is None) == (number is None):
        raise click.UsageError("give either --at N or --number TEXT")
    from nqparse.explaining import explain as explain_at
    from nqparse.explaining import find_number
    from nqparse.packs.load import load_pack
    from nqparse.pipeline import analyse
    from nqparse.render import explanation

    source, pack = _source(file), load_pack(*folders)
    analysis = analyse(source, pack)
    places = [at] if at is not None else find_number(analysis, number or "")
    if not places:
        raise InputError(f"{file}: no number is printed as {number}; nqparse show {file} lists those that were read")
    click.echo("\n".join(explanation(explain_at(analysis, at, pack), _width()) for at in places), nl=False)


@cli.group(short_help="Check and list the rules that documents are read by.")
def patterns() -> None:
    """Check and list the rules that documents are read by.

    \b
    Examples:
      nqparse patterns list
      nqparse patterns check my-patterns/
    """


@patterns.command("check")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Run every rule's examples, with the pattern files of DIR laid over the built-in ones.

    Each fault is named by its address, as in "units.toml: unit VND, example 2". Exit status 1 if there are any.
    """
    from nqparse.checking import check_pack
    from nqparse.packs.load import load_pack
    from nqparse.render import visible

    try:
        pack = load_pack(*([folder] if folder else []))
    except PatternError as error:
        click.echo(visible(str(error)))
        sys.exit(1)
    faults = check_pack(pack)
    for fault in faults:
        click.echo(visible(str(fault)))
    click.echo(f"{len(pack.rules)} rules, {len(faults)} faults")
    if faults:
        sys.exit(1)


@patterns.command("list")
@_patterns
def list_rules(folders: tuple[Path, ...]) -> None:
    """Print every rule: its file, its table, its id."""
    from nqparse.packs.load import load_pack
    from nqparse.render import rules

    click.echo(rules(load_pack(*folders), _width()), nl=False)


@cli.command(short_help="Print the columns of the tables.")
@click.argument("table", required=False)
@click.option("--format", "form", type=click.Choice(["arrow", "json"]), default="arrow", show_default=True)
def schema(table: str | None, form: str) -> None:
    """Print the columns of TABLE, or of all tables: name, type (? where it may be null), meaning.

    \b
    Examples:
      nqparse schema indicators
      nqparse schema indicators --format json
    """
    from nqparse.models import TABLES

    if table is not None and table not in TABLES:
        raise InputError(f"{table}: no such table; there are {', '.join(TABLES)}")
    names = [table] if table else list(TABLES)
    click.echo(_schema_json(names) if form == "json" else _schema_text(names), nl=False)


def _schema_text(names: list[str]) -> str:
    from nqparse.tables import schemas_text

    return schemas_text(names)


def _schema_json(names: list[str]) -> str:
    import json

    from nqparse.models import TABLES
    from nqparse.tables import schema_json

    schemas = {name: schema_json(TABLES[name]) for name in names}
    return json.dumps(schemas[names[0]] if len(names) == 1 else schemas, ensure_ascii=False, indent=2) + "\n"
