"""The places that a document names as its own, by level."""

import pytest

from nqparse import parse
from nqparse.models import Level
from nqparse.outline.places import as_name

_ROW = "Trồng được 300 ha rừng; kết nạp 12 đảng viên."


def test_the_issuer_names_the_place_and_the_letterhead_the_province() -> None:
    head = parse(f"ĐẢNG BỘ TỈNH ĐỒNG LAU\nHUYỆN ỦY KHE ĐÁ\n\nBÁO CÁO\nvề công tác dân vận\n\n{_ROW}").head
    assert (head.locality, head.province, head.district, head.commune) == ("Khe Đá", "Đồng Lau", "Khe Đá", None)


def test_the_text_names_the_place_where_the_letterhead_does_not() -> None:
    """The letterhead says "Thị ủy", the text names the town and, often enough, its province."""
    body = (
        "I. TÌNH HÌNH\nThị xã Khe Đá thuộc tỉnh Đồng Lau có nhiều tiến bộ. Thị xã Khe Đá và tỉnh Đồng Lau trồng rừng."
    )
    head = parse(f"THỊ ỦY\n\nBÁO CÁO\nvề công tác dân vận\n\n{body}").head
    assert (head.locality, head.province, head.district) == ("Khe Đá", "Đồng Lau", "Khe Đá")


def test_a_place_that_is_named_once_is_not_its_own() -> None:
    body = "I. TÌNH HÌNH\nHọc tập kinh nghiệm của tỉnh Đồng Lau."
    head = parse(f"HUYỆN ỦY KHE ĐÁ\n\nBÁO CÁO\nvề công tác dân vận\n\n{body}").head
    assert (head.province, head.district) == (None, "Khe Đá")


def test_a_shorter_name_is_not_counted_where_a_longer_one_begins_with_it() -> None:
    body = "I. TÌNH HÌNH\nTỉnh Đồng Lau; tỉnh Đồng; tỉnh Đồng Lau; tỉnh Đồng Lau."
    assert parse(f"UBND TỈNH\n\nBÁO CÁO\nvề công tác dân vận\n\n{body}").head.province == "Đồng Lau"


def test_central_bodies_have_no_place() -> None:
    head = parse(f"CHÍNH PHỦ\n\nHà Nội, ngày 3 tháng 2 năm 2025\n\nNGHỊ QUYẾT\nvề trồng rừng\n\n{_ROW}").head
    assert (head.issuer_level, head.locality, head.province) == (Level.CENTRAL, None, None)


@pytest.mark.parametrize("printed", ["KHE ĐÁ", "khe đá", "Khe  Đá"])
def test_names_have_their_usual_letters(printed: str) -> None:
    assert as_name(printed) == "Khe Đá"
