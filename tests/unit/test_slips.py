"""Slips in single letters are read as meant, where they stand; names and other words are left alone."""

import pytest

from nqparse.packs.load import load_pack
from nqparse.pipeline import parse
from nqparse.stages.slips import mend
from nqparse.text import make_source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Số trường đạt chuẩn quộc gia tăng 5%", "Số trường đạt chuẩn quốc gia tăng 5%"),
        ("giảm tỷ lể hộ nghèo", "giảm tỷ lệ hộ nghèo"),
        ("xã Lam Giang, huyện Tây Tru", "xã Lam Giang, huyện Tây Tru"),
        ("trồng cây ăn quả ở bãi bồi ven sông", "trồng cây ăn quả ở bãi bồi ven sông"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(raw: str, text: str) -> None:
    source = mend(make_source(raw), load_pack())
    assert (source.raw, source.text) == (raw, text)


def test_a_mended_slip_is_told_with_its_place() -> None:
    raw = "Số trường đạt\u200b chuẩn quộc gia: 5 trường"
    found = parse(raw)
    assert [row.name_norm for row in found.indicators] == ["số trường đạt chuẩn quốc_gia"]
    told = [one for one in found.findings if one.code == "suspected_ocr_error"]
    assert [(one.text, one.char_start, "quốc" in one.message) for one in told] == [("quộc", 21, True)]
