"""``nqparse patterns``: the rules that documents are read by."""

import sys
from pathlib import Path

import click

from nqparse.cli.root import Commands, cli, patterns_option, width
from nqparse.errors import PatternError


@cli.group(cls=Commands, short_help="Check and list the rules that documents are read by.")
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
@patterns_option
def list_rules(folders: tuple[Path, ...]) -> None:
    """Print every rule: its file, its table, its id."""
    from nqparse.packs.load import load_pack
    from nqparse.render import rules

    click.echo(rules(load_pack(*folders), width()), nl=False)
