"""Why a number was read as it was: its class, and the rules that fired in order with what each set."""

from collections.abc import Iterator
from dataclasses import dataclass

from nqparse.errors import InputError
from nqparse.layout.blocks import Block
from nqparse.models import Indicator, Number
from nqparse.naming.alternatives import Candidate, Choice, watching
from nqparse.packs.load import Pack
from nqparse.pipeline import Analysis, analyse
from nqparse.quantity.units import Step
from nqparse.text.source import Source


@dataclass(frozen=True, slots=True)
class Explanation:
    """The number, the indicator that it is part of (None where it is no measure), and the steps that made it so."""

    number: Number
    indicator: Indicator | None
    steps: tuple[Step, ...]


def explain(analysis: Analysis, at: int, pack: Pack) -> Explanation:
    """Why the number at source offset ``at`` (code points, from 0) was read as it was.

    Raises InputError if no number stands there; the message names the nearest.
    """
    number = next((n for n in analysis.numbers if n.char_start <= at < n.char_end), None)
    if number is None:
        number = next((n for n in analysis.numbers if n.char_end == at), None)
    if number is None:
        raise InputError(f"no number at offset {at}{_nearest(analysis, at)}")
    if number.indicator_id is None or analysis.stated is None:
        return Explanation(number, None, (Step(number.rule or "none", f"class {number.class_}"),))
    index = next(n for n, row in enumerate(analysis.indicators) if row.indicator_id == number.indicator_id)
    steps = analysis.stated.statements[index].measure.steps
    return Explanation(number, analysis.indicators[index], (Step("number", "class measure"), *steps))


def naming(analysis: Analysis, row: Indicator, pack: Pack) -> tuple[Candidate, ...]:
    """How a measure got its name: what the decision made that was taken, then what each later one would have made.

    The document is read again for it. Empty for a value's cell, which the row and its columns name.
    """
    found: list[Candidate] = []
    source = analysis.source

    def watch(choice: Choice) -> None:
        block = choice.block
        if not found and isinstance(block, Block) and row.char_start in set(starts(choice, block, source)):
            found.extend(choice.taken())

    with watching(watch):
        analyse(source, pack, strict=False)
    return tuple(found)


def starts(choice: Choice, block: Block, source: Source) -> Iterator[int]:
    """Where in the source the measure of a choice may begin: its text is that of the block, or of a cell of it."""
    start = choice.place.measure.start
    cells = [cell.start for cell in block.cells if cell.text == choice.text]
    yield from (source.origin(block.origin(shift + start)) for shift in cells or [0])


def find_number(analysis: Analysis, text: str) -> list[int]:
    """Offsets of the numbers that are printed as ``text``, alone or as part of a measure's expression."""
    exact = [n.char_start for n in analysis.numbers if n.text == text]
    return exact or [row.char_start for row in analysis.indicators if row.text == text]


def _nearest(analysis: Analysis, at: int) -> str:
    if not analysis.numbers:
        return "; the text has no number"
    near = min(analysis.numbers, key=lambda n: abs(n.char_start - at))
    return f"; the nearest is {near.text!r} at {near.char_start}"
