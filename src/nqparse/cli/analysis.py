"""``nqparse link``, ``compare``, ``export``, ``catalogue``: over a finished run."""

import re
from pathlib import Path

import click

from nqparse.cli.root import Commands, cli, loading, patterns_option
from nqparse.errors import InputError

_PATH = click.Path(path_type=Path)
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@cli.command(short_help="Put the results of a run beside its targets.")
@click.argument("out", metavar="OUT", type=_PATH)
@click.option("--sql", is_flag=True, help="Print the query, which Spark runs too, and do nothing.")
@patterns_option
def link(out: Path, sql: bool, folders: tuple[Path, ...]) -> None:
    """Write OUT/fulfilment: one row for each target of the run in OUT, with the result that answers it.

    A result answers a target of the same indicator (by code, else by name), place and years: one of the same row or
    clause first. A target without a result is open. Needs the extra nqparse[analysis].

    \b
    Examples:
      nqparse run documents/ --out tables/ && nqparse link tables/
      nqparse link tables/ --sql > fulfilment.sql
    """
    from nqparse.packs.load import load_pack

    if sql:
        from nqparse.analysis.queries import fulfilment

        click.echo(fulfilment(load_pack(*folders)), nl=False)
        return
    with loading():
        from nqparse.analysis.linking import link as link_run
    counted = link_run(out, load_pack(*folders))
    parts = [f"{counted[verdict]} {verdict}" for verdict in ("met", "exceeded", "missed", "open")]
    click.echo(f"{sum(counted.values()) - counted['differs']} targets: {', '.join(parts)}")
    if counted["differs"]:
        click.echo(f"{counted['differs']} have a printed verdict that differs (finding verdict_differs)")


@cli.command(short_help="Compare places over years, or two documents.")
@click.argument("inputs", metavar="OUT | A B", nargs=-1, required=True, type=_PATH)
@click.option("--indicator", "code", metavar="CODE", help="The code in the catalogue, such as poverty_rate.")
@click.option("--place", metavar="NAME", help="Only places whose name has NAME in it.")
@click.option("--years", metavar="YEAR[-YEAR]", help="Only these years.")
@click.option("--targets", "what", flag_value="targets", help="What is to be reached.")
@click.option("--results", "what", flag_value="results", default="results", help="What was reached.  [default]")
@click.option("--all", "every", is_flag=True, help="Of two documents, compare the rows of prose too.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "markdown"]), default="table")
@click.option("--plot", metavar="FILE", type=_PATH, help="Draw a chart to a file: .svg, .png or .html.")
@patterns_option
def compare(
    inputs: tuple[Path, ...], code: str | None, place: str | None, years: str | None, what: str, every: bool,
    form: str, plot: Path | None, folders: tuple[Path, ...],
) -> None:  # fmt: skip
    """Print one indicator of the run in OUT, places by years; or what differs between the documents A and B.

    \b
    Examples:
      nqparse compare tables/ --indicator poverty_rate --years 2021-2025
      nqparse compare tables/ --indicator grdp/growth --targets --plot growth.svg
      nqparse compare draft.txt adopted.txt
    """
    if len(inputs) == 1 and code is not None:
        click.echo(_compared_places(inputs[0], code, place, _span(years), what, form, plot), nl=False)
    elif len(inputs) == 2 and code is None:
        if plot is not None or place is not None or years is not None:
            raise click.UsageError("--plot, --place and --years are for a run, with --indicator")
        click.echo(_compared_documents(inputs[0], inputs[1], every, form, folders), nl=False)
    else:
        raise click.UsageError("give the output folder of a run and --indicator CODE, or two documents")


def _span(years: str | None) -> tuple[int, int]:
    if years is None:
        return 0, 9999
    match = _YEARS.fullmatch(years)
    if match is None:
        raise click.UsageError(f"--years {years}: write a year, or two as in 2021-2025")
    return int(match[1]), int(match[2] or match[1])


def _compared_places(
    out: Path, code: str, place: str | None, years: tuple[int, int], what: str, form: str, plot: Path | None
) -> str:
    with loading():
        from nqparse.analysis.charts import draw
        from nqparse.analysis.comparing import Wanted, series
        from nqparse.analysis.printing import places_by_years
    from nqparse.models import Role

    roles = (Role.TARGET,) if what == "targets" else (Role.ACTUAL, Role.ESTIMATE)
    values = series(out, Wanted(code, roles, *years, place))
    if plot is not None:
        draw(values, f"{code}, {what}", plot)
    return places_by_years(values, form)


def _compared_documents(before: Path, after: Path, every: bool, form: str, folders: tuple[Path, ...]) -> str:
    with loading():
        from nqparse.analysis.comparing import compared
        from nqparse.analysis.printing import moves
        from nqparse.packs.load import load_pack
        from nqparse.pipeline import parse
    for path in (before, after):
        if not path.is_file():
            raise InputError(f"{path}: no such document; two documents are compared, or a run with --indicator CODE")
    pack = load_pack(*folders)
    return moves(compared(parse(before, pack=pack), parse(after, pack=pack), every=every), form)


@cli.command(short_help="Write a run as a workbook, as CSV, or for DuckDB.")
@click.argument("out", metavar="OUT", type=_PATH)
@click.argument("file", metavar="FILE", type=_PATH)
@click.option("--core", is_flag=True, help="Only rows of lists and tables of indicators.")
def export(out: Path, file: Path, core: bool) -> None:
    """Write the run in OUT to FILE: .xlsx, .csv or .duckdb, by its ending.

    A workbook has a sheet of indicators with Vietnamese heads, one of fulfilment where the run is linked, one of
    findings, and one that explains the columns. Needs the extra nqparse[analysis].

    \b
    Examples:
      nqparse export tables/ indicators.xlsx
      nqparse export tables/ indicators.csv --core
    """
    with loading():
        from nqparse.analysis.exporting import export as export_run
    rows = export_run(out, file, core=core)
    click.echo(f"{file}: {rows} indicators")


@cli.group(cls=Commands, short_help="The catalogue of indicators.")
def catalogue() -> None:
    """What the catalogue of indicators has, and what it lacks.

    \b
    Examples:
      nqparse catalogue suggest tables/
    """


@catalogue.command("suggest")
@click.argument("out", metavar="OUT", type=_PATH)
@click.option("--most", metavar="N", type=click.IntRange(1), default=50, show_default=True, help="So many names.")
@click.option("--all", "every", is_flag=True, help="Names of prose too.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "markdown"]), default="table")
@patterns_option
def suggest(out: Path, most: int, every: bool, form: str, folders: tuple[Path, ...]) -> None:
    """Print the names without a code that the run in OUT has most often, with the entries whose words are nearest.

    Nearness decides nothing: add an alias or an entry to a file of your own, and lay it over with --patterns.
    """
    with loading():
        from nqparse.analysis.printing import laid_out
        from nqparse.analysis.suggesting import suggest as suggest_names
        from nqparse.packs.load import load_pack
    found = suggest_names(out, load_pack(*folders), most=most, every=every)
    rows = [[one.name, one.unit, str(one.rows), str(one.documents), ", ".join(one.near)] for one in found]
    click.echo(laid_out(["name", "unit", "rows", "documents", "nearest entries"], rows, form), nl=False)
