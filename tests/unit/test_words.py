"""Word bounds: nothing of a phrase is lost, rewritten or moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.words import first_word, joined, segment, stands_alone

# fmt: off
SYLLABLES = [
    "tỷ", "lệ", "hộ", "nghèo", "hoà", "thuỷ", "sản", "57/66", "trường", "12,5%", "kinh", "tế", "-", "(GRDP)", "viên",
]
# fmt: on
PHRASES = st.lists(st.sampled_from(SYLLABLES), max_size=8).map(" ".join)


@given(PHRASES)
@settings(max_examples=60)
def test_the_words_spell_the_phrase(phrase: str) -> None:
    assert "".join("".join(segment(phrase)).split()) == "".join(phrase.split())
    assert first_word(phrase) == next(iter(segment(phrase)), "")
    assert joined(phrase) == joined(phrase).lower()


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("", ()),
        (" \n", ()),
        ("tỷ lệ hộ nghèo", ("tỷ lệ", "hộ", "nghèo")),
        ("hoà bình", ("hoà bình",)),
        ("kinh tế xã hội", ("kinh tế", "xã hội")),
    ],
)
def test_phrases_fall_into_words_as_they_are_written(phrase: str, words: tuple[str, ...]) -> None:
    assert segment(phrase) == words


def test_a_normal_form_has_one_kind_of_tone_marks() -> None:
    assert joined("Thuỷ sản") == joined("thủy sản") == "thủy_sản"


def test_a_syllable_of_a_longer_word_does_not_stand_alone() -> None:
    assert not stands_alone("đầu tư công", 0)
    assert stands_alone("đầu tư công", 9)
