"""Time over hostile texts of up to a megabyte: each expression under its worst attacks, and the whole over documents.

    python tools/pace.py --size 1000000

Prints by which power of the size the time grows, the worst first. Exit status 1 if any is far from 1.
"""

import argparse
import sys
from functools import partial
from time import thread_time

from nqparse.growth import MOST, Growth, growth
from nqparse.packs.load import Pack, load_pack
from nqparse.packs.pace import slow
from nqparse.pipeline import analyse, parse
from nqparse.testing.hostile import DOCUMENTS, Builder
from nqparse.text import make_source

_SHARE = 16
"""How many times smaller the text is that a large one is compared with."""


def seconds(build: Builder, pack: Pack, size: int) -> float:
    """The time that a hostile document of a size takes."""
    source = make_source(build(size), "hostile.txt")
    started = thread_time()
    analyse(source, pack)
    return thread_time() - started


def told(name: str, found: Growth) -> str:
    """A line of the report."""
    return f"{found.exponent:5.2f}  {found.before:8.3f} s  {found.after:8.3f} s  {name}"


def main() -> int:
    """Measure all, tell the worst first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["expressions", "documents"])
    options = parser.parse_args()
    pack = load_pack()
    parse("Tỷ lệ hộ nghèo: 1,25%")  # the model of word bounds is loaded when it is first needed
    faults = 0
    if options.only != "documents":
        found = [(located, slow(located, options.size)) for located in pack.rules]
        faults += sum(one is not None for _, one in found)
        print(
            "\n".join(f"{located.address}: {one}" for located, one in found if one) or "all expressions in proportion"
        )
    if options.only != "expressions":
        rows = [
            (name, growth(partial(seconds, build, pack), options.size // _SHARE, options.size, 1))
            for name, build in DOCUMENTS.items()
        ]
        faults += sum(one.exponent > MOST for _, one in rows)
        print("\n".join(told(name, one) for name, one in sorted(rows, key=lambda row: -row[1].exponent)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
