"""``nqparse link``: one row for each target of a run, with the result that answers it."""

import shutil
from collections import Counter
from pathlib import Path
from uuid import uuid4

from nqparse.analysis.base import literal, opened
from nqparse.analysis.queries import fulfilment
from nqparse.errors import InputError
from nqparse.models import Fulfilment
from nqparse.packs.load import Pack
from nqparse.tables import write_batches

TABLE = "fulfilment"


def link(out: Path, pack: Pack) -> Counter[str]:
    """Write ``OUT/fulfilment``; how many targets have which verdict, and how many one that differs from the printed.

    The folder that was there is replaced at once. Raises InputError as ``base.opened`` does, and where it cannot be
    written.
    """
    staged = out / f".{TABLE}-{uuid4().hex}"
    try:
        with opened(out) as base:
            staged.mkdir()
            write_batches(staged / "part-00000.parquet", Fulfilment, base.sql(fulfilment(pack)), pack.digest)
            written = literal(str(staged / "part-00000.parquet"))
            counted = base.execute(
                f"SELECT verdict, count(*), count(finding) FROM read_parquet({written}) GROUP BY verdict"
            ).fetchall()
        _put(staged, out / TABLE)
    except OSError as error:
        raise InputError(f"{out}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return Counter({verdict: count for verdict, count, _ in counted} | {"differs": sum(row[2] for row in counted)})


def _put(staged: Path, folder: Path) -> None:
    """Let the new folder take the place of the old one."""
    aside = staged.with_name(f"{staged.name}-old")
    if folder.exists():
        folder.rename(aside)
    staged.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)
