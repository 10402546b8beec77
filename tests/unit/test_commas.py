"""Commas in the words that follow a number."""

import pytest

from nqparse import parse


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Phấn đấu 60% trẻ em mầm non, trẻ em tiểu học ở các bản giáp biên được khám mắt.",
            "trẻ em mầm non, trẻ em tiểu học ở các bản giáp biên được khám mắt",
        ),
        (
            "Phấn đấu 60% bản thuộc các xã vùng lòng hồ, vùng cao và vùng giáp biên Nậm Lau được cấp nước.",
            "bản thuộc các xã vùng lòng hồ, vùng cao và vùng giáp biên Nậm Lau được cấp nước",
        ),
        ("Trồng 45 ha quế, phát dọn rừng và sửa chữa đường băng.", "Trồng quế"),
        ("Có 40 hộ được hỗ trợ, giải ngân đạt 98% kế hoạch.", "hộ được hỗ trợ"),
    ],
)
def test_a_name_goes_over_a_comma_only_within_a_list(text: str, name: str) -> None:
    assert parse(text).indicators[0].name == name
