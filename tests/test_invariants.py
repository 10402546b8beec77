"""What holds of any document: of the samples, of the corpus where it lies beside the clone, of heaps of words."""

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.models import Document
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document, parse, parts
from nqparse.testing.invariants import faults_of, record_faults, round_trip_faults, together
from nqparse.testing.pieces import grammar_of
from nqparse.testing.strategies import documents
from nqparse.text.encodings import read_file
from nqparse.text.source import Source, make_source

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


HEAPS = documents(load_pack())
GRAMMAR = grammar_of(load_pack())
_WALKS = 100
QUICK = settings(max_examples=300)


# --- the tests


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_records_of_a_document_are_sound(path: Path) -> None:
    assert record_faults(*read(path)) == []


@given(HEAPS)
@QUICK
def test_the_records_of_a_heap_are_sound(raw: str) -> None:
    assert record_faults(*heap(raw)) == []


@pytest.mark.parametrize("seed", range(12))
def test_walks_over_the_pieces_of_the_grammar_are_sound(seed: int) -> None:
    """Two rules that raised for a name of no words, or at a block's last word, were met by one walk in five hundred."""
    for n in range(seed * _WALKS, (seed + 1) * _WALKS):
        assert record_faults(*heap(GRAMMAR.walk(Random(n)))) == []


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@QUICK
def test_the_records_of_any_text_are_sound(raw: str) -> None:
    assert record_faults(*heap(raw)) == []


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


@pytest.mark.parametrize("sentence", ["Tỷ lệ hộ nghèo là 5,2%. ", "5,2% hộ nghèo và ", "1", "1,"])
def test_a_line_of_any_length_is_read_in_pieces(sentence: str) -> None:
    source = make_source(sentence * (80_000 // len(sentence)), "long.txt")
    found = document(analyse(source, load_pack()), load_pack())
    assert record_faults(source, found) == []
    pieces = analyse(source, load_pack()).blocks
    assert len(pieces) == (1 if sentence.strip(",").isdigit() else 3)


def test_records_survive_parquet() -> None:
    assert round_trip_faults([read(path)[1] for path in FILES], load_pack()) == []


@given(documents(load_pack(), 12), st.binary(max_size=400))
@settings(QUICK, max_examples=60)
def test_all_that_must_hold_of_a_text_holds(raw: str, walk: bytes) -> None:
    assert faults_of(make_source(raw, "heap.txt"), load_pack()) == []
    assert faults_of(make_source(grammar_of(load_pack()).from_bytes(walk), "walk.txt"), load_pack()) == []


# --- what fuzzing found

FUZZED = sorted((ROOT / "tests" / "fuzzed").glob("*.txt"))


@pytest.mark.skipif(not FUZZED, reason="make fuzz has found nothing that is kept")
@pytest.mark.parametrize("path", FUZZED, ids=lambda path: path.name)
def test_what_once_failed_is_sound(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    assert faults_of(make_source(text, path.name), load_pack()) == []


def test_a_lone_surrogate_is_read_as_what_stands_for_no_character() -> None:
    source = make_source("Tỷ lệ hộ\ud800 nghèo: 5%", "cut.txt")
    assert source.raw == "Tỷ lệ hộ\ufffd nghèo: 5%"
    assert faults_of(source, load_pack()) == []


def test_a_part_of_a_whole_without_a_name_has_its_own() -> None:
    source = make_source("Toàn xã có 20.000 ha, trong đó 90% cao su tiểu điền.", "whole.txt")
    assert faults_of(source, load_pack()) == []


def test_a_note_above_the_end_of_a_document_does_not_go_on_below_it() -> None:
    note = "¹n Các xã ven sông trồng từ 3 đến 5 ha tre\ntổng diện tích từ 3 đến 5 ha, trong số các xã"
    more = "ven sông và ven biển của huyện, tính cả hai thị trấn mới lập"
    source = make_source(f"A.\n{note} {more}\nNơi nhận:\nlưu", "note.txt")
    assert faults_of(source, load_pack()) == []


def test_a_row_ends_where_its_text_does_however_many_of_its_cells_are_blank() -> None:
    source = make_source("1. Kế hoạch\nTT\tNội dung\tĐVT\t2026\tGhi chú\n1\tSố hộ\thộ\t12\t\t\n", "row.txt")
    found = document(analyse(source, load_pack()), load_pack())
    assert [source.raw[row.statement_start : row.statement_end] for row in found.indicators] == ["1\tSố hộ\thộ\t12"]
    assert found.sections[0].char_end == found.indicators[0].statement_end


def test_a_number_in_a_cell_that_is_no_part_of_its_row_has_a_row_in_the_ledger() -> None:
    source = make_source("\t#\tNội dung\tĐVT\n:\t3", "labels.txt")
    assert faults_of(source, load_pack()) == []
