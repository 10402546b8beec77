"""``nqparse schema``: the columns of the tables."""

import click

from nqparse.cli.root import cli
from nqparse.errors import InputError


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
    from nqparse.models import LINKED, TABLES

    models = TABLES | LINKED
    if table is not None and table not in models:
        raise InputError(f"{table}: no such table; there are {', '.join(models)}")
    names = [table] if table else list(models)
    click.echo(_schema_json(names) if form == "json" else _schema_text(names), nl=False)


def _schema_text(names: list[str]) -> str:
    from nqparse.tables import schemas_text

    return schemas_text(names)


def _schema_json(names: list[str]) -> str:
    import json

    from nqparse.models import LINKED, TABLES
    from nqparse.tables import schema_json

    schemas = {name: schema_json((TABLES | LINKED)[name]) for name in names}
    return json.dumps(schemas[names[0]] if len(names) == 1 else schemas, ensure_ascii=False, indent=2) + "\n"
