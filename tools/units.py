"""The administrative units that nqparse comes with, from the package vietnamadminunits (MIT), as one small file.

Run it with a newer version of the package installed to take its data; the version stands in the file's first line.
"""

import argparse
import gzip
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "vietnamadminunits"
_OLD = """
select distinct 'province', provinceCode, '', provinceShort, '' from admin_units_legacy
union select distinct 'district', districtCode, provinceCode, districtShort, districtType from admin_units_legacy
  where districtCode is not null
union select distinct 'commune', wardCode, districtCode, wardShort, wardType from admin_units_legacy
  where wardCode is not null
"""
_NEW = """
select distinct 'province', provinceCode, '', provinceShort, '' from admin_units
union select distinct 'commune', wardCode, provinceCode, wardShort, wardType from admin_units where wardCode is not null
"""


def _database() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {_PACKAGE} first")
    return Path(spec.origin).parent / "data" / "dataset.db"


def lines() -> Iterator[str]:
    """A line for each unit: until when it holds (2025 or nothing), level, code, code of the unit above, name, rank."""
    yield f"# {_PACKAGE} {version(_PACKAGE)}, MIT licence, Copyright (c) 2025 Tran Ngoc Minh Hieu; see units.LICENSE"
    path = _database()
    with sqlite3.connect(path) as base:
        for system, query in (("old", _OLD), ("new", _NEW)):
            for row in sorted(base.execute(query), key=lambda row: tuple(str(part) for part in row)):
                yield "\t".join((system, *(str(part or "") for part in row)))


def main() -> None:
    """Write the file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path, nargs="?", default=Path("src/nqparse/catalogue/units.tsv.gz"))
    text = "".join(f"{line}\n" for line in lines())
    options.parse_args().out.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
