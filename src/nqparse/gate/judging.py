"""Whether the scores hold: what was reached beside the floors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nqparse.errors import Fault, GoldError
from nqparse.gate.check import Checked
from nqparse.gate.floors import (
    Fallen,
    Floors,
    Reached,
    fallen,
    other_gold,
    raised,
    read_floors,
    without_other_gold,
    write_floors,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the scores stand beside their floors."""

    path: Path
    floors: Floors
    """Those that count."""
    fallen: tuple[Fallen, ...]
    other_gold: tuple[str, ...] = ()
    """In which way gold is not what the floors were set on; where it says anything, not all floors count."""
    updated: bool = False
    refused: bool = False
    """Whether the floors were to be written, and were not, because one would have been lowered."""


def reached(checked: Checked) -> Reached:
    """What the scores reached, by the names under which floors have them."""
    return Reached(checked.total, {one.name: one.tallies for one in checked.scored})


def judge(checked: Checked, path: Path, *, other_gold_counts: bool = False) -> Verdict:
    """The scores beside the floors of a file.

    Raises GoldError where gold is not what the floors were set on, unless ``other_gold_counts``: then the floors of
    the documents that it has count, and those of all together do not.
    """
    floors, now = read_floors(path), reached(checked)
    changed = other_gold(floors, checked.digests)
    if changed and not other_gold_counts:
        raise GoldError(Fault(path, None, f"{_remedy(one)}") for one in changed)
    counting = without_other_gold(floors, now) if changed else floors
    return Verdict(path, counting, tuple(fallen(counting, now)), tuple(changed))


def _remedy(changed: str) -> str:
    return f"the floors were set on other gold: {changed}; look at the scores, then set them with --update-floors"


def update(checked: Checked, path: Path, reason: str | None) -> Verdict:
    """Raise the floors of a file to what was reached; with a reason, lower them to it too.

    Where one would have to be lowered and there is no reason, nothing is written: the verdict names it as fallen.
    """
    now = reached(checked)
    old = read_floors(path) if path.exists() else None
    below: Sequence[Fallen] = fallen(old, now) if old is not None and reason is None else ()
    if old is not None and below:
        return Verdict(path, old, tuple(below), refused=True)
    floors = raised(old, now, checked.digests, reason)
    write_floors(path, floors)
    return Verdict(path, floors, (), updated=True)
