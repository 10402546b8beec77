"""Time over hostile texts of a megabyte: each expression under its worst attacks, and the whole over documents.

    python tools/pace.py --size 1000000 --report docs/robustness.md

All attacks on an expression are tried at a sixteenth of the size; at the whole size those that took longest there and
those whose time grew fastest up to there. Each result is printed as it comes. What takes longer than its budget, or
grows by more than the 1.5th power of the size, is a fault, and of a document the larger sizes are not tried then. Exit
status 1 if there is any.
"""

import argparse
import sys
from collections import deque
from collections.abc import Iterator
from functools import partial
from math import inf
from pathlib import Path
from time import thread_time
from typing import NamedTuple

import regex
from report import put

from nqparse.growth import MOST, Growth, Measure, growth
from nqparse.packs.hostile import Attack, attacks
from nqparse.packs.load import Located, Pack, load_pack, searched
from nqparse.packs.pace import seconds
from nqparse.pipeline import parse, parts
from nqparse.testing.hostile import DOCUMENTS, Builder
from nqparse.text.source import make_source

_STEP = 16
"""How many times smaller the text is that a large one is compared with."""
_SLOWEST, _STEEPEST = 3, 2
_BUDGETS = {"expressions": 2e-5, "documents": 2e-4}
"""Seconds for each character that nothing may take; a document may hold a number at every second one."""
_DOUBTFUL = 1.15
"""A growth above this is measured again: what else the machine does can only lengthen a time."""
_LISTED = 10


class Tried(NamedTuple):
    """One expression or document: the growths that were measured at the whole size, and how many texts were tried."""

    name: str
    found: tuple[tuple[Growth, str], ...]
    budget: float
    texts: int = 1

    @property
    def steepest(self) -> tuple[Growth, str]:
        """What grew fastest."""
        return max(self.found, key=lambda one: one[0].exponent)

    @property
    def longest(self) -> tuple[Growth, str]:
        """What took longest."""
        return max(self.found, key=lambda one: one[0].after)

    @property
    def is_fault(self) -> bool:
        """Whether its time is out of proportion, or over the budget."""
        return any(one.exponent > MOST or one.after > one.large * self.budget for one, _ in self.found)


# -- expressions -------------------------------------------------------------------------------------------------------


def expressions(pack: Pack, size: int) -> Iterator[Tried]:
    """Each expression of a pack under its worst attacks."""
    for located in pack.rules:
        pattern = searched(located)
        if pattern is not None and (found := attacks(pattern.pattern)):
            yield _under_attack(located, pattern, found, size)


def _under_attack(located: Located, pattern: "regex.Pattern[str]", found: tuple[Attack, ...], size: int) -> Tried:
    small = size // _STEP
    first = {one: _growth(pattern, one, small) for one in found}
    slowest = sorted(found, key=lambda one: -first[one].after)[:_SLOWEST]
    steepest = sorted(found, key=lambda one: -first[one].exponent)[:_STEEPEST]
    worst = dict.fromkeys((*slowest, *steepest))
    whole = [(first[one] if first[one].after == inf else _growth(pattern, one, size), str(one)) for one in worst]
    return Tried(located.address, tuple(whole), _BUDGETS["expressions"], len(found))


def _growth(pattern: "regex.Pattern[str]", attack: Attack, size: int) -> Growth:
    limit = 2 * _BUDGETS["expressions"]
    return _surely(lambda size: seconds(pattern, attack, size, limit * size), size // _STEP, size)


def _surely(measure: Measure, small: int, large: int) -> Growth:
    """How the time grows, measured again where that is in doubt."""
    found = growth(measure, small, large, 1)
    return growth(measure, small, large, 2) if found.after != inf and found.exponent > _DOUBTFUL else found


# -- documents ---------------------------------------------------------------------------------------------------------


def documents(pack: Pack, size: int) -> Iterator[Tried]:
    """Each kind of hostile document, read as a run reads it; the larger sizes only if the smaller are in proportion."""
    parse("Tỷ lệ hộ nghèo: 1,25%")  # the model of word bounds is loaded when it is first needed
    budget = _BUDGETS["documents"]
    for name, build in DOCUMENTS.items():
        measure = partial(_reading, build, pack)
        found = _surely(measure, size // _STEP**2, size // _STEP)
        if found.exponent <= MOST and found.after * _STEP <= 2 * size * budget:
            found = _surely(measure, size // _STEP, size)
        yield Tried(name, ((found, ""),), budget)


def _reading(build: Builder, pack: Pack, size: int) -> float:
    text = build(size)
    started = thread_time()
    deque(parts(make_source(text, "hostile.txt"), pack), maxlen=0)
    return thread_time() - started


# -- what is told ------------------------------------------------------------------------------------------------------


def progress(found: Iterator[Tried], total: int) -> Iterator[Tried]:
    """The same, each printed as it comes."""
    for at, one in enumerate(found, 1):
        (steepest, _), (longest, attack) = one.steepest, one.longest
        times = f"{longest.after:7.2f} s for {longest.large}, grows by the power {steepest.exponent:4.2f}"
        mark = "  FAULT" if one.is_fault else ""
        print(f"[{at:3}/{total}] {times}  {one.name}{mark}{'  ' + attack if mark else ''}", flush=True)
        yield one


def table(what: str, found: list[Tried]) -> str:
    """What the report says: how many were tried, which grow fastest, which take longest."""
    size = max(growth.large for one in found for growth, _ in one.found)
    rows = [
        f"| {what} tried | {len(found)} |",
        f"| hostile texts at {size // _STEP:,} characters | {sum(one.texts for one in found):,} |",
        f"| of these, at {size:,} characters | {sum(len(one.found) for one in found):,} |",
        f"| out of proportion, or over {size * found[0].budget:.0f} seconds | {sum(one.is_fault for one in found)} |",
    ]
    steepest = sorted(found, key=lambda one: -one.steepest[0].exponent)[:_LISTED]
    longest = sorted(found, key=lambda one: -one.longest[0].after)[:_LISTED]
    lines = [f"| {what}: the {_LISTED} that take longest | seconds | power of the size |", "| --- | ---: | ---: |"]
    lines += [_row(one.name, one.longest[0]) for one in longest]
    lines += ["", f"| {what}: the {_LISTED} whose time grows fastest | seconds | power of the size |"]
    lines += ["| --- | ---: | ---: |", *(_row(one.name, one.steepest[0]) for one in steepest)]
    return "\n".join(["| | |", "| --- | ---: |", *rows, "", *lines])


def _row(name: str, found: Growth) -> str:
    return f"| {name} | {found.after:.2f} | {found.exponent:.2f} |"


def main() -> int:
    """Measure all, print each, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["expressions", "documents"])
    parser.add_argument("--report", type=Path, help="a Markdown file to write the outcome in, between its marks")
    options = parser.parse_args()
    pack = load_pack()
    faults = 0
    runs = {
        "expressions": (expressions(pack, options.size), sum(searched(located) is not None for located in pack.rules)),
        "documents": (documents(pack, options.size), len(DOCUMENTS)),
    }
    for what in [options.only] if options.only else runs:
        found = list(progress(*runs[what]))
        faults += sum(one.is_fault for one in found)
        print(text := table(what, found))
        if options.report:
            put(options.report, f"pace of {what}", text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
