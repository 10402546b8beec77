"""``nqparse show`` and ``nqparse explain``: one document, on the terminal."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqparse.cli.root import cli, complain, loading, patterns_option, width
from nqparse.errors import InputError, UnreadableError

TABLES = ("sections", "indicators", "findings", "numbers")

if TYPE_CHECKING:
    from nqparse.text.source import Source


@cli.command(short_help="Print one document: sections, indicators, findings.")
@click.argument("file", metavar="FILE|-")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@click.option("--table", type=click.Choice(TABLES), help="Print this table alone.")
@patterns_option
def show(file: str, as_json: bool, table: str | None, folders: tuple[Path, ...]) -> None:
    """Print what a document is, its sections, its indicators and its findings.

    FILE may be -, for standard input. From 120 columns on, the table of indicators also says which rows are core, and
    each row's basis, section and line. The JSON is one object: head, sections, indicators, numbers, findings, whose
    fields are the columns of the tables (see nqparse schema).

    \b
    Examples:
      nqparse show nghi-quyet.txt
      nqparse show nghi-quyet.txt --table numbers
      nqparse show nghi-quyet.txt --json | jq '.indicators[] | select(.core) | .name'
      pdftotext nghi-quyet.pdf - | nqparse show -
    """
    if as_json and table is not None:
        raise click.UsageError("give either --json or --table: the JSON has all tables")
    with loading():
        from nqparse.packs.load import load_pack
        from nqparse.pipeline import analyse, document
        from nqparse.render import document as text_of
        from nqparse.render import line_numbers, one_table, visible_json
        from nqparse.runs.parsing import partial_message
        from nqparse.words import prepare

        source, pack = _source(file), load_pack(*folders)
        prepare()
    records = document(analyse(source, pack), pack)
    told = partial_message(file, records.findings, source.raw)
    if as_json:
        click.echo(visible_json(records.model_dump_json(by_alias=True, indent=2)))
    elif table is not None:
        click.echo(one_table(records, table, width(), line_numbers(source.raw)), nl=False)
    else:
        click.echo(text_of(records, width(), line_numbers(source.raw)), nl=False)
    if told is not None:
        complain(told)


def _source(file: str) -> "Source":
    from nqparse.text.encodings import read_bytes, read_file

    path = Path(file)
    if file != "-" and os.path.isdir(path):  # noqa: PTH112 - False for a name that is too long
        raise InputError(f"{file}: this is a folder; give a file, or read it whole with nqparse run {file} --out DIR")
    if file != "-" and not os.path.exists(path):  # noqa: PTH110
        raise InputError(f"{file}: no such file; check the path, or give - for standard input")
    try:
        return read_bytes(sys.stdin.buffer.read(), "-") if file == "-" else read_file(path, path.name)
    except UnreadableError as error:
        raise UnreadableError(f"{file}: {error}") from error


@cli.command(short_help="Print why a number was read as it was.")
@click.argument("file", metavar="FILE|-")
@click.option("--at", metavar="N", type=click.IntRange(min=0), help="The number that holds the character N, from 0.")
@click.option("--number", metavar="TEXT", help="Each number that is printed as TEXT.")
@patterns_option
def explain(file: str, at: int | None, number: str | None, folders: tuple[Path, ...]) -> None:
    """Print why a number was read as it was: its class, the rules that fired, in order, and what each set.

    Of a measure also how it got its name: the decision that was taken, the features that it found, and the names that
    the next decisions would have made.

    The offsets are those of the tables (char_start) and of nqparse show.

    \b
    Examples:
      nqparse explain nghi-quyet.txt --number 12,5
      nqparse explain nghi-quyet.txt --at 4211
    """
    if (at is None) == (number is None):
        raise click.UsageError("give either --at N or --number TEXT")
    with loading():
        from nqparse.explaining import explain as explain_at
        from nqparse.explaining import find_number, naming
        from nqparse.packs.load import load_pack
        from nqparse.pipeline import analyse
        from nqparse.render import candidates, explanation
        from nqparse.words import prepare

        source, pack = _source(file), load_pack(*folders)
        prepare()
    analysis = analyse(source, pack)
    places = [at] if at is not None else find_number(analysis, number or "")
    if not places:
        raise InputError(f"{file}: no number is printed as {number}; nqparse show {file} lists those that were read")
    shown = []
    for place in places:
        found = explain_at(analysis, place, pack)
        names = () if found.indicator is None else naming(analysis, found.indicator, pack)
        shown.append(explanation(found, width()) + candidates(names, width()))
    click.echo("\n".join(shown), nl=False)
