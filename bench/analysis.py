"""Time and memory of ``nqparse link`` and ``compare`` over the tables of many documents: the samples, again and again.

Each copy is of other documents and of another place. Prints a line for each command; ``--documents`` says how many.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

import duckdb
import pyarrow.parquet as pq

from nqparse.batch import run
from nqparse.tables import file_schema, stamp
from nqparse.version import __version__

ROOT = Path(__file__).parents[1]
_COPIES_A_PART = 500
_COPIED = ("documents", "indicators")


def repeat(small: Path, large: Path, documents: int) -> int:
    """Write the tables so often that they are of so many documents; how many they are of."""
    with duckdb.connect() as base:
        own = int(base.execute(f"SELECT count(*) FROM '{small}/documents/*.parquet'").fetchall()[0][0])
        copies = -(-documents // own)
        for table in ("documents", "indicators", "sections", "numbers", "findings"):
            (large / table).mkdir(parents=True)
            schema = file_schema(table, stamp(__version__, "bench"))
            for part, first in enumerate(range(0, copies if table in _COPIED else 1, _COPIES_A_PART)):
                query = _copied(small, table, first, min(first + _COPIES_A_PART, copies))
                rows = base.sql(query).to_arrow_table().select(schema.names).cast(schema)
                pq.write_table(rows, large / table / f"part-{part:05d}.parquet", compression="zstd")
    return own * copies


def _copied(small: Path, table: str, first: int, last: int) -> str:
    ids = {"doc_id": "n || '/' || doc_id AS doc_id"}
    if table == "indicators":
        ids["indicator_id"] = "md5(n || indicator_id) AS indicator_id"
    if table == "documents":
        ids |= {name: f"{name} || ' ' || n AS {name}" for name in ("locality", "province", "district", "commune")}
    replaced = ", ".join(ids.values())
    return f"SELECT * REPLACE ({replaced}) FROM '{small}/{table}/*.parquet', range({first}, {last}) AS copies (n)"


def timed(*arguments: str) -> tuple[float, float]:
    """The seconds that a command of nqparse takes, and the most memory, in MB, of all so far."""
    started = monotonic()
    subprocess.run([sys.executable, "-m", "nqparse", *arguments], check=True, stdout=subprocess.DEVNULL)
    return monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        run([ROOT / "samples"], small)
        documents = repeat(small, large, chosen.documents)
        place = ("--place", "Bản Lầu 7", "--format", "csv")
        for arguments in (("compare", str(large), "--indicator", "poverty_rate", *place), ("link", str(large))):
            seconds, memory = timed(*arguments)
            print(f"{arguments[0]}: {documents} documents, {seconds:.1f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
