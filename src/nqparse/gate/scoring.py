"""What was read in a document, scored against its gold: counts, and each miss with its place.

A gold row that no person has checked is counted nowhere, and neither is what was read at its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nqparse.gate import scores
from nqparse.gate.gold import Gold, GoldFile, GoldMeasure, GoldSection
from nqparse.gate.overlaps import Spans
from nqparse.gate.places import Lines, Spot
from nqparse.gate.reads import Reading
from nqparse.gate.sameness import FIELDS, FULL, RECORD, TITLES_ALIKE, VALUE, differences, likeness
from nqparse.gate.scores import Tallies, tally
from nqparse.models import Indicator, Section


class Fate(StrEnum):
    """What is wrong with a row."""

    MISSED = "missed"
    SPAN = "span"
    WRONG = "wrong"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True)
class Miss:
    """One row that was not read as gold has it: what gold says (None: nothing) and what was read (None: nothing)."""

    doc_id: str
    fate: Fate
    gold: GoldMeasure | GoldSection | None
    gold_line: int | None
    read: Indicator | Section | None
    fields: tuple[str, ...]
    """The fields that differ, of one that was found."""
    spot: Spot

    @property
    def is_section(self) -> bool:
        return isinstance(self.gold or self.read, GoldSection | Section)


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one document and its misses, in the order of the text."""

    doc_id: str
    name: str
    """What its gold is called."""
    tallies: Tallies
    misses: tuple[Miss, ...]
    unchecked: int = 0
    """How many rows of its gold were not counted, because no person has checked them."""

    @property
    def misread(self) -> frozenset[int]:
        """The starts of the measures that were not read in full, were missed, or are none."""
        rows = (one for one in self.misses if one.fate is not Fate.WRONG or not FULL.isdisjoint(one.fields))
        found = (side for one in rows for side in (one.gold, one.read))
        return frozenset(
            side.start if isinstance(side, GoldMeasure) else side.char_start
            for side in found
            if isinstance(side, GoldMeasure | Indicator)
        )


def explained(reading: Reading) -> Tallies:
    """The share of a document's numbers that a rule explains: what can be told without gold."""
    known, total = reading.numbers - reading.unexplained, reading.numbers
    return {scores.EXPLAINED: tally(known, total, total, total)}


def score(reading: Reading, gold: Gold, name: str, text: str) -> Scored:
    """Score what was read in the document of this ``text``."""
    lines = Lines(text)
    tallies: dict[str, scores.Tally] = {}
    misses: list[Miss] = []
    if gold.measures is not None:
        tallies |= _measures(reading, gold.measures, lines, misses)
    if gold.sections is not None:
        tallies |= _sections(reading, gold.sections, lines, misses)
    misses.sort(key=lambda miss: (miss.spot.line, miss.spot.start, miss.is_section))
    unchecked = sum(file.unchecked for file in gold.files)
    return Scored(reading.doc_id, name, {**tallies, **explained(reading)}, tuple(misses), unchecked)


# --- measures


def _measures(reading: Reading, gold: GoldFile[GoldMeasure], lines: Lines, misses: list[Miss]) -> Tallies:
    drafts = Spans([(line.row.start, line.row.end) for line in gold.lines if not line.row.checked])
    rows = [row for row in reading.indicators if not drafts.over(row.char_start, row.char_end)]
    read = {(row.char_start, row.char_end): row for row in rows}
    wanted = [line for line in gold.lines if line.row.checked]
    spans = Spans(list(read))
    counts = _MeasureCounts(rows, [line.row for line in wanted])
    near: set[tuple[int, int]] = set()
    for number, one in wanted:
        row, spot = read.get((one.start, one.end)), lines.spot(one.start, one.end)
        if row is None:
            over = spans.over(one.start, one.end)
            near.update(over[:1])
            found, fate = (read[over[0]], Fate.SPAN) if over else (None, Fate.MISSED)
            misses.append(Miss(reading.doc_id, fate, one, number, found, (), spot))
            continue
        wrong = differences(row, one)
        counts.add(row, one, wrong)
        if wrong:
            misses.append(Miss(reading.doc_id, Fate.WRONG, one, number, row, wrong, spot))
    right = {(line.row.start, line.row.end) for line in wanted}
    for (start, end), row in read.items():
        if (start, end) not in right and (start, end) not in near:
            misses.append(Miss(reading.doc_id, Fate.SPURIOUS, None, None, row, (), lines.spot(start, end)))
    return counts.tallies()


class _MeasureCounts:
    """The counts over a document's measures, as they are found."""

    def __init__(self, read: Sequence[Indicator], gold: Sequence[GoldMeasure]) -> None:
        self.read, self.gold = len(read), len(gold)
        core_at = {(one.start, one.end) for one in gold if one.core}
        self.core_gold = len(core_at)
        core_read = {(row.char_start, row.char_end) for row in read if row.core}
        self.core_read = sum(row.core for row in read)
        self.core_right_read = len(core_read & core_at)
        self.hits = self.value = self.full = self.record = 0
        self.core_hits = self.core_value = self.core_full = 0
        self.likeness = 0.0
        self.wrong = dict.fromkeys(FIELDS, 0)

    def add(self, row: Indicator, gold: GoldMeasure, wrong: Sequence[str]) -> None:
        """Count a measure that was read at its place, with these fields wrong."""
        value, full = VALUE.isdisjoint(wrong), FULL.isdisjoint(wrong)
        self.hits += 1
        self.value += value
        self.full += full
        self.record += RECORD.isdisjoint(wrong)
        self.core_hits += gold.core
        self.core_value += gold.core and value
        self.core_full += gold.core and full
        self.likeness += likeness(row.name, gold.name)
        for field in wrong:
            self.wrong[field] += 1

    def tallies(self) -> Tallies:
        """A gold core row can be matched by one that was not read as core: the values of core rows are counted over the
        core rows of both, and the precision of core rows over those that were read as core."""
        read, gold, hits = self.read, self.gold, self.hits
        core_read = self.core_read - self.core_right_read + self.core_hits
        return {
            scores.DETECT: tally(hits, read, gold, hits),
            scores.VALUE: tally(self.value, read, gold, hits),
            scores.FULL: tally(self.full, read, gold, hits),
            scores.RECORD: tally(self.record, read, gold, hits),
            scores.CORE: scores.Tally(
                self.core_hits, self.core_read, self.core_gold, self.core_hits, self.core_right_read
            ),
            scores.CORE_VALUE: tally(self.core_value, core_read, self.core_gold, self.core_hits),
            scores.CORE_FULL: tally(self.core_full, core_read, self.core_gold, self.core_hits),
            **{f"field {name}": tally(hits - wrong, read, gold, hits) for name, wrong in self.wrong.items()},
            scores.WORDS: tally(self.likeness, read, gold, hits),
        }


# --- sections


def _sections(reading: Reading, gold: GoldFile[GoldSection], lines: Lines, misses: list[Miss]) -> Tallies:
    drafts = {line.row.start for line in gold.lines if not line.row.checked}
    rows = [row for row in reading.sections if row.char_start not in drafts]
    read = {row.char_start: row for row in rows}
    wanted = [line for line in gold.lines if line.row.checked]
    hits = path = role = title = 0
    for number, one in wanted:
        row, spot = read.get(one.start), lines.spot(one.start, one.start + len(one.marker))
        if row is None:
            misses.append(Miss(reading.doc_id, Fate.MISSED, one, number, None, (), spot))
            continue
        wrong = tuple(section_differences(row, one))
        hits += 1
        path, role, title = path + ("path" not in wrong), role + ("role" not in wrong), title + ("title" not in wrong)
        if wrong:
            misses.append(Miss(reading.doc_id, Fate.WRONG, one, number, row, wrong, spot))
    right = {line.row.start for line in wanted}
    for row in rows:
        if row.char_start not in right:
            spot = lines.spot(row.char_start, row.char_start + len(row.marker))
            misses.append(Miss(reading.doc_id, Fate.SPURIOUS, None, None, row, (), spot))
    counts = zip((scores.SECTION, scores.PATH, scores.ROLE, scores.TITLE), (hits, path, role, title), strict=True)
    return {name: tally(count, len(rows), len(wanted), hits) for name, count in counts}


def section_differences(row: Section, gold: GoldSection) -> Iterable[str]:
    """The fields in which a section was read otherwise than gold has it."""
    same = {name: getattr(row, name) == getattr(gold, name) for name in ("path", "role", "kind", "label")}
    same["title"] = likeness(row.title, gold.title) >= TITLES_ALIKE
    return (name for name, is_same in same.items() if not is_same)
