"""Documents that are built to take long: their records are sound, and their time grows no faster than they do."""

from functools import partial
from time import thread_time

import pytest

from nqparse.growth import superlinear
from nqparse.packs.load import load_pack
from nqparse.pipeline import analyse, document, parse
from nqparse.quantity.numbers import parts_of
from nqparse.testing.hostile import DOCUMENTS, Builder
from nqparse.testing.invariants import record_faults
from nqparse.text.source import make_source

SMALL, LARGE = 1 << 10, 1 << 12


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_read_whole(name: str) -> None:
    source = make_source(DOCUMENTS[name](SMALL), "hostile.txt")
    assert record_faults(source, document(analyse(source, load_pack()), load_pack())) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_time_grows_no_faster_than_a_hostile_document(name: str) -> None:
    parse("Tỷ lệ hộ nghèo: 1,25%")  # the model of word bounds is loaded when it is first needed
    assert superlinear(partial(seconds, DOCUMENTS[name]), SMALL, LARGE) is None


@pytest.mark.parametrize("before", ["", "5 - ", "năm ", "số "])
@pytest.mark.parametrize("turn", ["1.", "111,", "12.1,"])
def test_a_number_without_end_is_found_whole(before: str, turn: str) -> None:
    """The state of all groups is kept at each turn of a repeat: a megabyte of turns was more than there is room for."""
    text = before + turn * (1_500_000 // len(turn)) + "x"
    *_, last = load_pack().numbers.finditer(text)
    assert [end for _, end in parts_of(last, text)] == [len(text) - 2]


def seconds(build: Builder, size: int) -> float:
    source = make_source(build(size), "hostile.txt")
    started = thread_time()
    analyse(source, load_pack())
    return thread_time() - started
