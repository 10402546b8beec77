"""The text that the stages read, and the way back from it to the source's own offsets."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.folding import fold
from nqparse.text.source import make_source

QUICK = settings(max_examples=150)
LETTERS = st.sampled_from(list("aăâđeêoôơuưyAĐ") + list("àảãáạằẳẵắặềểễếệộớừỹỵỒỮ"))
DECOMPOSED = LETTERS.map(lambda letter: unicodedata.normalize("NFD", letter))
SIGNS = st.sampled_from(list("0123456789 .,;:%-–\n\t"))
SPACES = st.sampled_from(["\u00a0", "\u2003", "\u202f", "\r", "\r\n", "\u2028", "\x0b", "\x00"])
HIDDEN = st.sampled_from(["\u200b", "\u00ad", "\ufeff", "\u2060", "\u200e"])
HEAPS = st.lists(st.one_of(LETTERS, DECOMPOSED, SIGNS, SPACES, HIDDEN), max_size=40).map("".join)


@given(HEAPS)
@QUICK
def test_each_character_comes_from_its_stretch_of_the_source(raw: str) -> None:
    source = make_source(raw)
    ends = [source.origin(at) for at in range(len(source.text) + 1)]
    assert ends == sorted(ends)
    assert ends[-1] == len(raw)
    for at, character in enumerate(source.text):
        assert make_source(raw[ends[at] : ends[at + 1]]).text == character


@given(HEAPS)
@QUICK
def test_the_text_is_composed_and_has_one_kind_of_space_and_of_line(raw: str) -> None:
    text = make_source(raw).text
    assert text == unicodedata.normalize("NFC", text)
    assert all(character.isprintable() or character in "\n\t" for character in text)
    assert make_source(text).text == text


@given(HEAPS)
@QUICK
def test_decomposed_input_gives_the_same_text(raw: str) -> None:
    assert make_source(unicodedata.normalize("NFD", raw)).text == make_source(raw).text


@pytest.mark.parametrize(
    ("raw", "text", "five"),
    [
        ("đạt 5%", "đạt 5%", 4),
        (unicodedata.normalize("NFD", "đạt 5%"), "đạt 5%", 5),
        ("đạt\u00a05%", "đạt 5%", 4),
        ("đạ\u00adt \u200b5%", "đạt 5%", 6),
        ("đạt\r\n5%", "đạt\n5%", 5),
        ("đạt\r5%", "đạt\n5%", 4),
        ("\ufeffđạt 5%", "đạt 5%", 5),
    ],
)
def test_a_place_leads_back(raw: str, text: str, five: int) -> None:
    source = make_source(raw)
    assert (source.text, source.origin(source.text.index("5"))) == (text, five)
    assert raw[five] == "5"


def test_a_plain_text_is_taken_as_it_is() -> None:
    source = make_source("Tỷ lệ hộ nghèo: 5%\n")
    assert source.text is source.raw
    assert source.offsets is None


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Hoà", "hòa"), ("THUỶ", "thủy"), ("quý", "quý"), ("khoẻ", "khỏe"), ("toàn", "toàn"), ("Thuý", "thúy")],
)
def test_tone_marks_have_one_form(word: str, folded: str) -> None:
    assert fold(word) == folded
