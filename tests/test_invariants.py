"""What holds of any document: of the samples, of the corpus where it lies beside the clone, of heaps of words."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.models import TABLES, Document, Indicator, Number, Record, Rows, Section
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document, parse, parts
from nqparse.readers import read_file
from nqparse.tables import Writer, read_table, records
from nqparse.text import Source, make_source
from nqparse.version import __version__

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "samples", ROOT.parent / "shared" / "corpus")
FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.*") if path.is_file())

# --- what is read


@cache
def read(path: Path) -> tuple[Source, Document]:
    source = read_file(path, path.name)
    return source, document(analyse(source, load_pack()), load_pack())


def heap(raw: str) -> tuple[Source, Document]:
    source = make_source(raw, "heap.txt")
    return source, document(analyse(source, load_pack()), load_pack())


# fmt: off
MARKERS = [
    "A. ", "B. ", "I. ", "II- ", "V. ", "1. ", "2. ", "1.1. ", "3) ", "a) ", "(1) ", "(2) ", "- ", "+ ", "* ", "• ",
    "# ", "Phần thứ nhất ", "Điều 1. ", "Chương II ", "PHỤ LỤC 1", "## ", "**I.** ", "| ", "¹ ", "[1] ",
]
NUMBERS = [
    "0", "01", "5", "12,5", "2.5", "9.500", "1.167,81", "57/66", "10 - 12", "10-12", "10% đến 12", "100", "2024",
    "१२", "²", "2021-2025", "20/12/2023", "217, 218", "15-NQ/TU", "1.2.3", "..5", "5,", "9" * 29,
]
UNITS = [
    "%", " %", " tỷ đồng", " triệu đồng/người/năm", " ha", " trường", " bác sĩ/1 vạn dân", "/năm", " m³/ngày đêm", "",
]
WORDS = [
    "CHỈ TIÊU", "KẾT QUẢ NĂM 2023", "Nhiệm vụ", "tỷ lệ hộ nghèo", "thu ngân sách", "hộ gia đình", "trong đó", "đạt",
    "giảm", "tăng", "tăng từ", "lên", "còn", "vượt", "khoảng", "trên", "dưới", "≥", "<", "ít nhất", "trở lên",
    "so với cùng kỳ", "kế hoạch tỉnh giao", "ước", "phấn đấu", "đến năm", "năm", "ngày", "số", "lần thứ", "khóa XIII",
    "Nơi nhận:", "(", ")",
]
# fmt: on
BETWEEN = [" ", " ", " ", ", ", "; ", ". ", ": ", "\n", "\n", "\n\n", "\t", " | ", "\r\n", "\u00a0", "\u200b", "-\n"]
PIECES = st.tuples(
    st.one_of(*(st.sampled_from(words) for words in (MARKERS, NUMBERS, NUMBERS, UNITS, WORDS, WORDS))),
    st.sampled_from(BETWEEN),
)
HEAPS = st.lists(PIECES, max_size=40).map(lambda pieces: "".join(word + space for word, space in pieces))
QUICK = settings(derandomize=True, deadline=None, max_examples=300)


# --- what must hold


def faults(source: Source, found: Document) -> list[str]:
    """Everything that is wrong with the records of a document, by what any document's must be."""
    checks = (_spans, _ledger, _statements, _sections, _places)
    return [fault for check in checks for fault in check(source, found)]


def _spans(source: Source, found: Document) -> Iterator[str]:
    rows: list[Indicator | Number] = [*found.indicators, *found.numbers]
    for row in rows:
        if not row.text or source.raw[row.char_start : row.char_end] != row.text:
            yield f"{row.text!r} is not what stands at {row.char_start}-{row.char_end}"
    for section in found.sections:
        if source.raw[section.char_start] != section.marker[0]:
            yield f"section {section.path} does not begin at {section.char_start}"
    for finding in found.findings:
        if finding.char_start is not None and not 0 <= finding.char_start <= (finding.char_end or 0) <= len(source.raw):
            yield f"finding {finding.code} lies outside of the text"


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
    for row in found.indicators:
        if not 0 <= row.statement_start <= row.char_start < row.char_end <= row.statement_end <= len(source.raw):
            yield f"the statement of {row.text!r} at {row.char_start} does not contain it"
        if not row.name and not row.statement:
            yield f"{row.text!r} at {row.char_start} has neither name nor statement"
        if row.low is None and row.high is None:
            yield f"{row.text!r} at {row.char_start} has no value"


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
    """Whether an indicator is within its section; a footnote may run on, over the page's end, into the next."""
    if row.char_start < section.char_end:
        return section.char_start <= row.char_start
    between = any(section.char_end <= other.char_start <= row.char_start for other in found.sections)
    return between and section.char_start <= row.statement_start < section.char_end


# --- the tests


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_records_of_a_document_are_sound(path: Path) -> None:
    assert faults(*read(path)) == []


@given(HEAPS)
@QUICK
def test_the_records_of_a_heap_are_sound(raw: str) -> None:
    assert faults(*heap(raw)) == []


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@QUICK
def test_the_records_of_any_text_are_sound(raw: str) -> None:
    assert faults(*heap(raw)) == []


@pytest.mark.parametrize("path", FILES[:3], ids=[path.name for path in FILES[:3]])
def test_two_runs_agree(path: Path) -> None:
    _, found = read(path)
    assert parse(path).model_dump() == found.model_dump()


@given(HEAPS)
@settings(QUICK, max_examples=50)
def test_two_runs_over_a_heap_agree(raw: str) -> None:
    assert heap(raw) == heap(raw)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("size", [1, 2000])
def test_the_parts_of_a_document_are_the_document(path: Path, size: int) -> None:
    source, found = read(path)
    assert together(parts(source, load_pack(), size)) == found.rows


@given(HEAPS)
@settings(QUICK, max_examples=100)
def test_the_parts_of_a_heap_are_the_heap(raw: str) -> None:
    source, found = heap(raw)
    assert together(parts(source, load_pack(), 1)) == found.rows


def together(rows: Iterable[Rows]) -> Rows:
    """All rows as one part, in order; the findings on rows before those on the document."""
    return Rows(*(tuple(chain.from_iterable(table)) for table in zip(*rows, strict=True)))


@pytest.mark.parametrize("sentence", ["Tỷ lệ hộ nghèo là 5,2%. ", "5,2% hộ nghèo và ", "1", "1,"])
def test_a_line_of_any_length_is_read_in_pieces(sentence: str) -> None:
    source = make_source(sentence * (200_000 // len(sentence)), "long.txt")
    found = document(analyse(source, load_pack()), load_pack())
    assert faults(source, found) == []
    pieces = analyse(source, load_pack()).blocks
    assert len(pieces) == (1 if sentence.strip(",").isdigit() else 7)


def rows_of(documents: Sequence[Document], name: str) -> list[Record]:
    if name == "documents":
        return [one.head for one in documents]
    return [row for one in documents for row in getattr(one, name)]


def test_records_survive_parquet(tmp_path: Path) -> None:
    documents = [read(path)[1] for path in FILES]
    with Writer(tmp_path, "part", version=__version__, patterns=load_pack().digest) as writer:
        writer.write(one.rows for one in documents)
    for name, model in TABLES.items():
        assert records(read_table(tmp_path, name), model) == rows_of(documents, name)


@given(st.lists(HEAPS, min_size=1, max_size=3))
@settings(QUICK, max_examples=30)
def test_the_records_of_heaps_survive_arrow(raws: list[str]) -> None:
    for raw in raws:
        _, found = heap(raw)
        for name, table in found.to_arrow().items():
            assert records(table, TABLES[name]) == rows_of([found], name)
