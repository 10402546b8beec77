"""What a document says of itself where it has no letterhead."""

import nqparse
from nqparse.models import DocType

_ROW = "Trồng được 300 ha rừng; kết nạp 12 đảng viên."


def test_headline_is_title_and_gives_years() -> None:
    """A first line of its own heads a text that names no type."""
    read = nqparse.parse(f"Xã Khe Đá phấn đấu hoàn thành các chỉ tiêu năm 2027\n\n{_ROW}")
    assert read.head.title == "Xã Khe Đá phấn đấu hoàn thành các chỉ tiêu năm 2027"
    assert {(row.period_start, row.period_end) for row in read.indicators} == {(2027, 2027)}


def test_sentence_question_and_letterhead_are_no_headlines() -> None:
    """Running text, a question and an issuer in capitals name no document."""
    for first in (
        "Năm 2027 xã Khe Đá có nhiều chuyển biến tích cực.",
        "Đến năm 2027 xã Khe Đá làm gì?",
        "ĐẢNG ỦY XÃ KHE ĐÁ",
    ):
        assert nqparse.parse(f"{first}\n\n{_ROW}").head.title is None, first


def test_sentence_that_begins_with_a_type_names_none() -> None:
    """ "Báo cáo cho biết …" is what a report says, no report."""
    read = nqparse.parse(f"Xã Khe Đá họp bàn kế hoạch\n\n{_ROW}\n\nBáo cáo cho biết, năm 2026 thu được 9 tỷ đồng.")
    assert read.head.doc_type is DocType.OTHER
    assert read.head.title == "Xã Khe Đá họp bàn kế hoạch"


def test_title_that_lists_indicators_makes_all_of_it_core() -> None:
    """Under "Một số chỉ tiêu chủ yếu …" and no headings, what is stated is a list of indicators."""
    assert {row.core for row in nqparse.parse(f"Một số chỉ tiêu chủ yếu năm 2027\n\n{_ROW}").indicators} == {True}
    assert {row.core for row in nqparse.parse(f"Xã Khe Đá năm 2027\n\n{_ROW}").indicators} == {False}
