"""What holds of the records of any text, whatever it is: one function that tests and fuzzers share."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import regex

from nqparse.models import TABLES, Document, Indicator, Number, Rows, Section
from nqparse.naming.plain import UNKNOWN
from nqparse.packs.load import Pack
from nqparse.pipeline import analyse, document, parts
from nqparse.tables import Writer, read_table, records
from nqparse.text.source import Source, make_source
from nqparse.version import __version__

_D_WITH_STROKE = chr(0x111)


def faults_of(source: Source, pack: Pack) -> list[str]:
    """All that is wrong with what ``pack`` makes of ``source``: of its records, of a second run, of their round trip.

    An empty list is what every text must give. Raises whatever the pipeline raises: nothing, if it is sound.
    """
    found = document(analyse(source, pack), pack)
    faults = record_faults(source, found)
    if document(analyse(source, pack), pack) != found:
        faults.append("two runs differ")
    if together(parts(source, pack, 1)) != found.rows:
        faults.append("its parts are not the whole")
    return faults + round_trip_faults([found], pack)


def together(rows: Iterable[Rows]) -> Rows:
    """The rows of a document's parts, in order, as those of one."""
    return Rows(*(tuple(chain.from_iterable(table)) for table in zip(*rows, strict=True)))


def record_faults(source: Source, found: Document) -> list[str]:
    """What is wrong with the records of a document: one message for each fault, with the place."""
    checks = (_spans, _ledger, _statements, _names, _sections, _places)
    return [fault for check in checks for fault in check(source, found)]


def round_trip_faults(documents: Sequence[Document], pack: Pack) -> list[str]:
    """The tables whose rows, written as Parquet and read again, are not the rows that were written."""
    whole = together(one.rows for one in documents)
    with TemporaryDirectory(prefix="nqparse-") as name:
        folder = Path(name)
        with Writer(folder, "part", version=__version__, patterns=pack.digest) as writer:
            writer.write(one.rows for one in documents)
        return [
            f"the table {table} differs after a round trip through Parquet"
            for table, model in TABLES.items()
            if records(read_table(folder, table), model) != list(getattr(whole, table))
        ]


def _spans(source: Source, found: Document) -> Iterator[str]:
    """Each row's text is what stands in the source at its offsets."""
    rows: list[Indicator | Number] = [*found.indicators, *found.numbers]
    for row in rows:
        if not row.text or source.raw[row.char_start : row.char_end] != row.text:
            yield f"{row.text!r} is not what stands at {row.char_start}-{row.char_end}"
    for section in found.sections:
        if source.raw[section.char_start] != section.marker[0]:
            yield f"section {section.path} does not begin at {section.char_start}"
    for finding in found.findings:
        if finding.char_start is None or finding.char_end is None:
            if finding.text is not None:
                yield f"finding {finding.code} has a text without a place"
        elif source.raw[finding.char_start : finding.char_end] != finding.text:
            yield f"finding {finding.code}: {finding.text!r} is not what stands at {finding.char_start}"


def _ledger(source: Source, found: Document) -> Iterator[str]:
    """Every run of digits has one row; the rows that are measures, and the indicators, belong to each other."""
    rows, at = found.numbers, 0
    for one, following in pairwise(rows):
        if one.char_end > following.char_start:
            yield f"the numbers at {one.char_start} and {following.char_start} overlap"
    for run in regex.finditer(r"\d+", source.raw):
        while at < len(rows) and rows[at].char_end < run.end():
            at += 1
        if at == len(rows) or rows[at].char_start > run.start():
            yield f"{run.group()} at {run.start()} has no row"
    owned = {row.indicator_id for row in rows if row.class_ == "measure"}
    if None in owned or any(row.indicator_id is not None for row in rows if row.class_ != "measure"):
        yield "not all and only the measures of the ledger name an indicator"
    if owned != {row.indicator_id for row in found.indicators}:
        yield "some indicator has no number, or some measure no indicator"


def _statements(source: Source, found: Document) -> Iterator[str]:
    """An indicator has a value, a name or a statement, and stands in its statement."""
    for row in found.indicators:
        if not 0 <= row.statement_start <= row.char_start < row.char_end <= row.statement_end <= len(source.raw):
            yield f"the statement of {row.text!r} at {row.char_start} does not contain it"
        if not row.name and not row.statement:
            yield f"{row.text!r} at {row.char_start} has neither name nor statement"
        if row.low is None and row.high is None:
            yield f"{row.text!r} at {row.char_start} has no value"


def _names(source: Source, found: Document) -> Iterator[str]:
    """A name's spans are stretches of the source, and the letters in them are those of the name, in its order.

    Of slips that were mended the base letters are the same. Letters of old fonts are not compared.
    """
    for row in found.indicators:
        if any(not 0 <= start < end <= len(source.raw) for start, end in row.name_spans):
            yield f"a span of the name of {row.text!r} at {row.char_start} is none of the source"
        elif source.lettering is None and row.name != UNKNOWN:
            there = " ".join(make_source(source.raw[start:end]).text for start, end in row.name_spans)
            if _letters(there) != _letters(row.name):
                yield f"the name {row.name!r} of {row.text!r} at {row.char_start} is not what its spans have: {there!r}"


def _letters(text: str) -> str:
    """The letters and digits of a text without their marks, whatever their capitals: lost ones are put back.

    Raised digits are marks of notes; a stroke is a mark too.
    """
    bare = unicodedata.normalize("NFD", text.casefold()).replace(_D_WITH_STROKE, "d")
    return "".join(c for c in bare if c.isalpha() or c.isdecimal())


def _sections(source: Source, found: Document) -> Iterator[str]:
    """Sections are in order, each within the one above it, whose path and depth it continues."""
    by_id = {section.section_id: section for section in found.sections}
    for one, following in pairwise(found.sections):
        if not one.char_start < following.char_start:
            yield f"section {following.path} does not follow {one.path}"
    for section in found.sections:
        above = by_id[section.parent_id] if section.parent_id is not None else None
        path, depth = (f"{above.path}/", above.depth) if above is not None else ("", 0)
        if (section.path, section.depth) != (path + section.label, min(depth + 1, 127)):
            yield f"section {section.path} does not continue {path}"
        if not section.char_start < section.char_end <= (above.char_end if above is not None else len(source.raw)):
            yield f"section {section.path} is not within the one above it"
    yield from _disjoint(found)


def _disjoint(found: Document) -> Iterator[str]:
    """Sections under the same one do not overlap."""
    last: dict[str | None, int] = {}
    for section in found.sections:
        if section.char_start < last.get(section.parent_id, 0):
            yield f"section {section.path} at {section.char_start} overlaps the one before"
        last[section.parent_id] = section.char_end


def _places(_source: Source, found: Document) -> Iterator[str]:
    """Rows are numbered in order and known by one id each; an indicator stands in the section that it names."""
    by_id = {section.section_id: section for section in found.sections}
    for rows in (found.sections, found.indicators):
        if [row.ordinal for row in rows] != list(range(len(rows))):
            yield "the ordinals are not the order"
    ids = [*(section.section_id for section in found.sections), *(row.indicator_id for row in found.indicators)]
    if len(set(ids)) != len(ids):
        yield "an id is used twice"
    for row in found.indicators:
        section = by_id[row.section_id] if row.section_id is not None else None
        if row.section_path != (section.path if section is not None else None):
            yield f"{row.text!r} at {row.char_start} names another section than it stands in"
        if section is not None and not _stands_in(row, section, found):
            yield f"{row.text!r} at {row.char_start} is outside of its section {section.path}"


def _stands_in(row: Indicator, section: Section, found: Document) -> bool:
    """Whether an indicator's statement is within its section; a footnote may run on, over the page's end."""
    if section.char_start <= row.statement_start and row.statement_end <= section.char_end:
        return True
    between = any(section.char_end <= other.char_start <= row.statement_end for other in found.sections)
    return between and section.char_start <= row.statement_start < section.char_end
