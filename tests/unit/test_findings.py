"""Findings: each code for the text that it is about, and none for a sound one."""

import pytest

from nqparse import parse

_SOUND = "I. CHỈ TIÊU\n1. Tỷ lệ hộ nghèo: 2%\n2. Độ che phủ rừng: 48%\n3. Thu ngân sách đạt 112% dự toán.\n"
_NUMBERED = "I. CHỈ TIÊU\n" + "".join(
    f"{n}. Tỷ lệ hộ dùng nước sạch xã {'ABCDEFG'[n]}: {n + 80}%\n" for n in range(1, 7)
)


def codes(text: str) -> dict[str, str | None]:
    return {finding.code: finding.text for finding in parse(text).findings}


@pytest.mark.parametrize(
    ("text", "code", "about"),
    [
        ("Tỷ lệ hộ sử dụng nước sạch đạt 960%", "implausible_value", "960"),
        ("Tỷ lệ hộ nghèo còn 62%", "implausible_value", "62"),
        ("Tỷ lệ hộ nghèo từ 5% - 2%", "implausible_value", "5% - 2"),
        (_NUMBERED + "II. NHIỆM VỤ\nPhấn đấu hoàn thành 18/18 chỉ tiêu.\n", "count_mismatch", "18/18"),
        ("1. Công tác một\nA.\n2. Công tác hai\nB.\n5. Công tác năm\nC.\n", "numbering_gap", "5."),
        ("I. MỘT\nViệc.\nII. HAI\nViệc.\nII. BA\nViệc.\nIII. BỐN\nViệc.\n", "duplicate_label", "II."),
        ("The committee will plant many more trees along the river.", "not_vietnamese", None),
        ("Ty le ho ngheo giam con 2,99% vao cuoi nam nay", "not_vietnamese", None),
    ],
)
def test_what_a_person_should_look_at(text: str, code: str, about: str | None) -> None:
    assert codes(text)[code] == about


def test_a_sound_text_has_none() -> None:
    assert codes(_SOUND) == {}
    assert codes(_NUMBERED + "II. NHIỆM VỤ\nPhấn đấu hoàn thành 6/6 chỉ tiêu.\n") == {}
    assert codes("") == {}
