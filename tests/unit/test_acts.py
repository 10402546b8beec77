"""Where the acts of a file begin and end, and what a measure takes from the act that it stands in."""

import pytest

from nqparse import parse
from nqparse.layout.build import lay_out
from nqparse.models import DocType, Role
from nqparse.outline.acts import Act, ActKind, Acts, find_acts
from nqparse.packs.load import load_pack
from nqparse.text.source import make_source

DECISION = """ỦY BAN NHÂN DÂN HUYỆN KHE ĐÁ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 37/QĐ-UBND
Độc lập - Tự do - Hạnh phúc

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phát triển dược liệu

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển dược liệu.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận:
- Như Điều 2;
- Lưu: VT (03 bản).

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lò Văn Mẫu
"""

PLAN = """
KẾ HOẠCH
PHÁT TRIỂN DƯỢC LIỆU GIAI ĐOẠN 2026 - 2030

I. MỤC TIÊU
Trồng mới 150 ha sa nhân.

II. KINH PHÍ
Tổng kinh phí 12 tỷ đồng.
"""


def acts_of(text: str) -> Acts:
    pack = load_pack()
    return find_acts(lay_out(make_source(text), pack), pack)


def test_a_plan_after_the_signature_is_an_act_of_its_own() -> None:
    found = acts_of(DECISION + PLAN)
    assert [act.kind for act in found.acts] == [ActKind.OWN, ActKind.ATTACHED]
    assert found.main() == 0


def test_its_measures_take_their_years_from_its_title_and_the_document_keeps_its_head() -> None:
    document = parse(DECISION + PLAN)
    assert document.head.doc_type is DocType.DECISION
    assert [section.path for section in document.sections] == ["Đ1", "Đ2", "I", "II"]
    first, second = document.indicators
    assert (first.text, first.section_path, first.role) == ("150", "I", Role.TARGET)
    assert (first.period_start, first.period_end) == (2026, 2030)
    assert second.section_path == "II"


def test_the_numbers_of_recipients_stay_those_of_a_signature() -> None:
    classes = {number.text: number.class_ for number in parse(DECISION + PLAN).numbers}
    assert classes["03"] == "signature"
    assert classes["150"] == "measure"


def test_a_letterhead_of_its_own_begins_an_act() -> None:
    found = acts_of(DECISION + "\n" + DECISION.replace("QUYẾT ĐỊNH", "NGHỊ QUYẾT"))
    assert [act.kind for act in found.acts] == [ActKind.OWN, ActKind.OWN]


def test_what_an_export_prints_above_the_letterhead_is_no_act() -> None:
    lines = (
        "Thông tin văn bản",
        "Cơ quan ban hành:",
        "Thủ tướng Chính phủ",
        "Người ký",
        "Lò Văn Mẫu",
        "Tóm tắt nội dung",
    )
    above = "\n\n".join((*lines, ""))
    found = acts_of(above + DECISION)
    assert [act.kind for act in found.acts] == [ActKind.BEFORE, ActKind.OWN]
    assert found.main() == 1
    assert parse(above + DECISION).head.doc_type is DocType.DECISION


def test_an_office_without_a_name_below_it_closes_nothing() -> None:
    text = "I. NHIỆM VỤ\n\nCHỦ TỊCH\n\n" + "\n\n".join(f"Xã Đồng Lau trồng {n} ha rừng." for n in range(11, 17))
    assert acts_of(text).acts[0].tails == ()


def test_numbering_that_goes_on_shows_that_a_signature_was_none() -> None:
    text = "I. TÌNH HÌNH\nĐã trồng 12 ha.\n\nPhó Chủ tịch Lò Văn Mẫu\n\nII. NHIỆM VỤ\nTrồng 15 ha."
    assert acts_of(text).acts[0].tails == ()


@pytest.mark.parametrize("block", range(6))
def test_each_block_is_in_one_act(block: int) -> None:
    acts = Acts((Act(ActKind.OWN, 0, 2, ((1, 2),)), Act(ActKind.ATTACHED, 2, 6)))
    assert acts.at(block) is acts.acts[block >= 2]
    assert acts.in_tail(block) is (block == 1)
