"""``nqparse check`` and ``nqparse gold``: what is read, beside what people read."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nqparse.cli.reporting import files_options, format_option, tell
from nqparse.cli.root import Commands, cli, complain, patterns_option
from nqparse.errors import GoldError, InputError, UnreadableError

if TYPE_CHECKING:
    from nqparse.gate.check import Checked, Read
    from nqparse.gate.judging import Verdict


@cli.command(short_help="Score what is read against gold files; fail below floors.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--gold",
    metavar="GOLD",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of gold files, or one of them.",
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="Score the finished run in DIR; do not read again."
)
@click.option("--floors", metavar="FILE", type=click.Path(path_type=Path), help="The lowest figures that are accepted.")
@click.option("--update-floors", is_flag=True, help="Raise the floors in FILE to what is reached.")
@click.option("--allow-lower", "reason", metavar="REASON", help="Lower them too, and keep the REASON in FILE.")
@click.option("--other-gold", is_flag=True, help="With other gold than FILE's: count its floors of the same documents.")
@click.option("--summary", is_flag=True, help="Print the tables only, not the misses.")
@format_option
@files_options
@patterns_option
def check(
    inputs: tuple[Path, ...],
    gold: Path,
    out: Path | None,
    floors: Path | None,
    update_floors: bool,
    reason: str | None,
    other_gold: bool,
    summary: bool,
    form: str,
    globs: tuple[str, ...],
    root: Path | None,
    folders: tuple[Path, ...],
) -> None:
    """Score what is read in files and folders against gold, and print the scores and each miss.

    Gold is what people read, in NAME.measures.jsonl and NAME.sections.jsonl for each document NAME: see
    docs/checking.md. Rows with "checked": false do not count.

    \b
    Examples:
      nqparse check documents/ --gold gold/
      nqparse check documents/ --gold gold/ --floors floors.json --update-floors
      nqparse check documents/ --gold gold/ --floors floors.json --format github

    Exit status: 0 if all floors hold; 1 if a figure is below its floor, or a file could not be read; 2 for wrong use,
    such as gold that does not fit the documents, or that the floors were not set on.
    """
    _refuse_options(floors, update_floors, reason, other_gold)
    try:
        checked = _checked(inputs, gold, _reader(out, folders), globs, root)
        verdict = _verdict(checked, floors, update_floors, reason, other_gold)
    except GoldError as error:
        if form == "github":
            from nqparse.reports.github import annotations

            click.echo(annotations(error.faults), nl=False)
        raise
    from nqparse.reports.of_check import report

    told = report(checked, verdict, summary=summary)
    tell(told, form)
    if not told.passed:
        sys.exit(1)


def _refuse_options(floors: Path | None, update: bool, reason: str | None, other_gold: bool) -> None:
    if floors is None and (update or other_gold):
        raise click.UsageError("--update-floors and --other-gold need --floors FILE")
    if reason is not None and not update:
        raise click.UsageError("--allow-lower REASON needs --update-floors")
    if reason is not None and not reason.strip():
        raise click.UsageError("--allow-lower needs a reason: it is kept in the file of floors")
    if update and other_gold:
        raise click.UsageError("give either --update-floors or --other-gold")


def _checked(
    inputs: tuple[Path, ...], gold: Path, read: "Read", globs: tuple[str, ...], root: Path | None
) -> "Checked":
    from nqparse.gate.check import check as check_all

    return check_all(inputs, gold, read, globs, root)


def _reader(out: Path | None, folders: tuple[Path, ...]) -> "Read":
    from nqparse.gate.check import by_pipeline, by_run

    if out is None:
        from nqparse.packs.load import load_pack

        return by_pipeline(load_pack(*folders))
    if folders:
        raise click.UsageError("give either --out DIR or --patterns DIR: a finished run has its patterns")
    return by_run(out)


def _verdict(
    checked: "Checked", floors: Path | None, update_floors: bool, reason: str | None, other_gold: bool
) -> "Verdict | None":
    from nqparse.gate.judging import judge, update

    if floors is None:
        return None
    return update(checked, floors, reason) if update_floors else judge(checked, floors, other_gold_counts=other_gold)


@cli.group(cls=Commands, short_help="Begin gold files, and take corrections of pages.")
def gold() -> None:
    """Begin gold files, for people to check, and take the corrections that pages of nqparse view give.

    \b
    Examples:
      nqparse gold init documents/nq-15.txt --gold gold/
      nqparse gold apply nq-15.txt.corrections.jsonl --gold gold/
    """


@gold.command("init")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--gold", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Default: gold/, beside FILE.")
@patterns_option
def init(file: Path, folder: Path | None, folders: tuple[Path, ...]) -> None:
    """Write a draft of FILE's gold: what nqparse reads in it, each row marked "checked": false.

    nqparse check counts no row that is so marked. Read the document, correct each row, add those that are missing, and
    set "checked" to true, or take it away. Gold that is there already is never written over.
    """
    from nqparse.gate.drafts import write_draft
    from nqparse.packs.load import load_pack
    from nqparse.pipeline import parse

    if not file.is_file():
        raise InputError(f"{file}: {'this is a folder; give a file' if file.is_dir() else 'no such file'}")
    try:
        document = parse(file, pack=load_pack(*folders))
    except UnreadableError as error:
        raise UnreadableError(f"{file}: {error}") from error
    for path in write_draft(document, folder or file.parent / "gold"):
        complain(f"wrote {path}")
    found = f"{len(document.indicators)} measures and {len(document.sections)} sections"
    click.echo(f'{found}, none of them checked: read the document, correct each row, set its "checked" to true')


@gold.command("apply")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--gold", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder of gold.")
def apply(files: tuple[Path, ...], folder: Path) -> None:
    """Put corrections into the gold in DIR: files that pages of nqparse view gave for download.

    Gold that is not there begins with what the page showed, each row that was not accepted marked "checked": false.
    A file is taken as a whole or not at all; one that was taken already changes nothing.
    """
    from nqparse.viewing.applying import apply as put_into

    for file in files:
        done = put_into(file, folder)
        click.echo(f"{done.doc_id}: {done.made} changes made, {done.there} were there already")
        for path in done.paths:
            complain(f"wrote {path}")
