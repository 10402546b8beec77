"""What exports put into a text is taken out again, and every place leads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqparse.text.offsets import OffsetMap, chained, edited
from nqparse.text.source import make_source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("R&amp;D &lt; 5&nbsp;&#37;; t&#x1EF7; l&#7879; &ge; 3%", "R&D < 5 %; tỷ lệ ≥ 3%"),
        ("R&D; AT&T &nosuch; & 5", "R&D; AT&T &nosuch; & 5"),
        ("một<br>hai<br />\nba<BR/>bốn</p>năm", "một\nhai\nba\nbốn\nnăm"),
        ("| một<br>hai | ba |", "| một<br>hai | ba |"),
        ("đạt 10—12%, 10‒12%, −5%", "đạt 10–12%, 10-12%, -5%"),
        ("„a” và «b» và ‘c’ và ''d'' và ,,e”", '“a” và “b” và “c” và "d" và “e”'),
        ("\uf0b7 Một\n· Hai", "• Một\n• Hai"),
    ],
)
def test_signs_are_read_as_they_are_meant(raw: str, text: str) -> None:
    assert make_source(raw).text == text


JOINED = (
    "Tỷ_lệ hộ nghèo ( đa_chiều ) giảm còn 2,99 % ; trung_bình 57/66_trường , đạt 10 - 12 % . Công_nghiệp - xây_dựng ."
)


def test_joined_words_are_taken_apart() -> None:
    text = "Tỷ lệ hộ nghèo (đa chiều) giảm còn 2,99 %; trung bình 57/66 trường, đạt 10 - 12 %. Công nghiệp - xây dựng."
    assert make_source(JOINED).text == text


def test_underscores_of_other_texts_stay() -> None:
    text = "Gửi về van_phong@lamgiang.vn ; xem trang_chu và ban_do ."
    assert make_source(text).text == text


@given(
    st.lists(st.sampled_from(["&#7879;", "&amp;", "<br>", "<br>\n", "e\u0323", "\r\n", "a", "5", " ", "\u200b", "„x”"]))
)
def test_every_place_leads_back_through_all_steps(pieces: list[str]) -> None:
    source = make_source("".join(pieces))
    places = [source.origin(at) for at in range(len(source.text))]
    assert places == sorted(places)
    assert all(source.raw[place] == sign for sign, place in zip(source.text, places, strict=True) if sign in "a5x")


@given(st.text("abc", max_size=12), st.data())
def test_maps_in_a_chain_are_one_map(text: str, data: st.DataObject) -> None:
    middle, first = edited(text, [(at, at + 1, data.draw(st.text("xy", max_size=2))) for at in range(0, len(text), 3)])
    last, second = edited(
        middle, [(at, at + 1, data.draw(st.text("z", max_size=2))) for at in range(0, len(middle), 2)]
    )
    way, one, two = chained(first, second), first or OffsetMap((0,), (0,)), second or OffsetMap((0,), (0,))
    assert [(way or OffsetMap((0,), (0,)))(at) for at in range(len(last))] == [one(two(at)) for at in range(len(last))]
