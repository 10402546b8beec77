"""The tables of a finished run as relations of DuckDB."""

import importlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nqparse.errors import InputError
from nqparse.models import SCHEMA_VERSION, TABLES
from nqparse.tables import schema_version

if TYPE_CHECKING:
    import duckdb

_MEMORY = "1000MB"
_REMEDY = "pip install 'nqparse[analysis]'"


def needed(module: str) -> Any:
    """A module of the extra; raises InputError, with the remedy, where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise InputError(f"{module} is not installed, which this command needs: {_REMEDY}") from error


def check_run(out: Path) -> None:
    """Raise InputError where a folder holds no finished run, or one of another schema version."""
    missing = [name for name in TABLES if not any((out / name).glob("*.parquet"))]
    if missing:
        raise InputError(f"{out}: no tables of a run ({', '.join(missing)}): write them with nqparse run --out {out}")
    for name in ("documents", "indicators"):
        version = schema_version(out, name)
        if version != SCHEMA_VERSION:
            found = "several schema versions" if version is None else f"schema version {version}"
            raise InputError(
                f"{out}: its tables are of {found}, and this nqparse reads version {SCHEMA_VERSION}: "
                f"write them again with nqparse run --full --out {out}"
            )


@contextmanager
def opened(out: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection in which ``documents``, ``indicators``, ``findings`` and, once linked, ``fulfilment`` are views."""
    check_run(out)
    duckdb = needed("duckdb")
    with tempfile.TemporaryDirectory(prefix="nqparse-") as spill, duckdb.connect() as base:
        base.execute(f"SET memory_limit = '{_MEMORY}'")
        base.execute(f"SET temp_directory = {literal(spill)}")
        base.execute("SET enable_progress_bar = false")
        for name in (*TABLES, "fulfilment"):
            if any((out / name).glob("*.parquet")):
                files = literal(str(out / name / "*.parquet"))
                base.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files})")
        yield base


def literal(text: str) -> str:
    """A text as a literal of SQL.

    >>> literal("Tỉnh 'A'")
    "'Tỉnh ''A'''"
    """
    return "'" + text.replace("'", "''") + "'"
