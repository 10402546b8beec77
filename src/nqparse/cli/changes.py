"""``nqparse snapshot`` and ``nqparse diff``: what is read, beside what was read before."""

import sys
from pathlib import Path

import click

from nqparse.cli.reporting import files_options, format_option, tell
from nqparse.cli.root import cli, patterns_option


@cli.command(short_help="Keep what is read as files; fail when it changes.")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--dir", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder of the snapshots."
)
@click.option("--update", is_flag=True, help="Write the snapshots, and take away those of documents that are gone.")
@format_option
@files_options
@patterns_option
def snapshot(
    inputs: tuple[Path, ...],
    folder: Path,
    update: bool,
    form: str,
    globs: tuple[str, ...],
    root: Path | None,
    folders: tuple[Path, ...],
) -> None:
    """Compare all that is read in files and folders with snapshots of it, and print the differences.

    A snapshot is a file of JSON Lines for each document: its records in the order of the text, one on each line, to be
    kept under version control and read in a review. None is ever made without --update.

    \b
    Examples:
      nqparse snapshot documents/ --dir snapshots/ --update
      nqparse snapshot documents/ --dir snapshots/

    Exit status: 0 if all is as it was kept; 1 if anything is otherwise, or a snapshot is missing; 2 for wrong use.
    """
    from nqparse.gate.keeping import compare_snapshots, update_snapshots
    from nqparse.packs.load import load_pack
    from nqparse.reports.of_snapshot import report

    act = update_snapshots if update else compare_snapshots
    told = report(act(inputs, folder, load_pack(*folders), globs, root))
    tell(told, form)
    if not told.passed:
        sys.exit(1)


@cli.command(short_help="Print what was won, lost and altered between two runs.")
@click.argument("before", metavar="OUT_A", type=click.Path(path_type=Path))
@click.argument("after", metavar="OUT_B", type=click.Path(path_type=Path))
@click.option("--summary", is_flag=True, help="Print the tables only, not the rows.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything differs.")
@click.option(
    "--input",
    "inputs",
    metavar="INPUT",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The documents: rows are then told with their lines.",
)
@format_option
@files_options
def diff(
    before: Path,
    after: Path,
    summary: bool,
    exit_code: bool,
    inputs: tuple[Path, ...],
    form: str,
    globs: tuple[str, ...],
    root: Path | None,
) -> None:
    """Print which sections and measures were won, lost and altered from the run OUT_A to the run OUT_B, field by field.

    Either may be a folder of tables, which nqparse run wrote, or of snapshots. Rows are matched by their place, and by
    their content where the document's text has changed.

    \b
    Examples:
      nqparse diff before/ after/
      nqparse diff before/ after/ --summary
      nqparse diff snapshots/ out/ --input documents/ --format markdown

    Exit status: 0; with --exit-code 1 if anything differs; 2 for wrong use.
    """
    from nqparse.gate.diffing import compare
    from nqparse.gate.snapshots import read_outlines
    from nqparse.inputs import list_files
    from nqparse.reports.of_diff import report

    paths = {file.doc_id: file.path for file in list_files(inputs, globs, root=root)} if inputs else {}
    found = compare(read_outlines(before), read_outlines(after))
    tell(report(found, paths, summary=summary), form)
    if exit_code and found.changes:
        sys.exit(1)
