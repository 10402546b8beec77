"""Statements said in other words give records that changed in just these words: a fixed set of cases of the samples."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nqparse.gate.check import by_pipeline, check
from nqparse.packs.load import load_pack
from nqparse.testing.draft import Disguised
from nqparse.testing.paraphrase import KINDS, Case, Text, cases, drawn, paraphrase, share
from nqparse.testing.paraphrase.drawing import read

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
CASES = 500
FLOOR = 0.98
"""What is reached, rounded down to a whole percent: raise it with each step, never lower it."""


def test_the_records_of_the_samples_follow_the_words() -> None:
    checked = check([SAMPLES], SAMPLES / "gold", by_pipeline(load_pack()), ["*.txt", "*.md"])
    texts = [
        Text(one.doc_id, (SAMPLES / one.doc_id).read_bytes().decode("utf-8-sig"), one.misread) for one in checked.scored
    ]
    tried = [one for one in drawn(texts, CASES) if one.counts]
    assert len(tried) == CASES
    wrong = [f"{one.case.text}: {'; '.join(one.case.differences())}" for one in tried if not one.case.right]
    assert share(tried) >= FLOOR, "\n".join(wrong)
    assert {kind for one in tried for kind in one.case.kinds} >= set(KINDS) - {"organisation"}


def tried(text: str, *kinds: str, seeds: int = 12) -> list[Case]:
    """The cases of one text with some kinds of exchange, of so many seeds."""
    return [case for seed in range(seeds) for case in cases(paraphrase(text, seed, frozenset(kinds)))]


@pytest.mark.parametrize(
    ("kind", "text", "plain", "others"),
    [
        ("place", "Xã Khe Sim có 45 hộ; xã Khe Sim trồng 12 ha quế.", "Khe Sim", None),
        ("crop", "- Trồng mới 35 ha lúa.\n- Năng suất lúa đạt 58 tạ/ha.", "lúa", {"vừng", "dưa hấu", "khoai tây"}),
        ("livestock", "Đàn trâu có 1.250 con.", "trâu", {"bò", "lợn", "dê", "gà", "vịt", "ngựa", "cừu", "ngan"}),
        ("attainment", "Tỷ lệ hộ dùng nước sạch đạt 95%.", "đạt", {"đạt được", "đạt mức", "là", "ở mức", "bằng"}),
        ("change", "Tỷ lệ hộ nghèo giảm 0,4%.", "giảm", {"giảm bớt", "hạ", "kéo giảm", "giảm được", "hạ thấp"}),
        ("bound", "Trồng ít nhất 35 ha rừng.", "ít nhất", {"tối thiểu", "không dưới", "không thấp hơn"}),
        ("unit", "Thu ngân sách 12,5 tỷ đồng.", "tỷ đồng", {"triệu đồng"}),
    ],
)
def test_words_become_others_of_their_kind(kind: str, text: str, plain: str, others: set[str] | None) -> None:
    found = [case for case in tried(text, kind) if plain not in case.text]
    assert found
    assert all(case.kinds == {kind} for case in found)
    if others:
        assert any(other in case.text for case in found for other in others)


def test_a_word_becomes_the_same_in_the_whole_document() -> None:
    text = "Diện tích lúa: 120 ha\n\n- Năng suất lúa: 58 tạ/ha\n- Sản lượng lúa: 696 tấn"
    said = next(one for seed in range(20) if (one := paraphrase(text, seed, frozenset({"crop"}))).said[0].changes)
    word = said.text.removeprefix("Diện tích ").split(":")[0]
    assert said.text == text.replace("lúa", word)
    assert [case.right for case in cases(said)] == [True, True, True]


def test_a_number_keeps_its_form_and_its_rank() -> None:
    text = "Đàn trâu tăng từ 1.250 con lên 1.320,5 con; đã tiêm 05/07 xã; 100% số hộ; năm 2025 có 2.025 con."
    for seed in range(40):
        rows = read(paraphrase(text, seed, frozenset({"number"})).text)
        plain = read(text)
        assert [[sign.isdigit() or sign for sign in row.text] for row in rows] == [
            [sign.isdigit() or sign for sign in row.text] for row in plain
        ]
        assert rows[0].low is not None
        assert rows[1].low is not None
        assert rows[0].low < rows[1].low
        assert [row.low for row in rows if row.unit == "%"] == [Decimal(100)]


def test_a_value_follows_its_unit() -> None:
    found = [case for case in tried("Thu ngân sách đạt 12,5 tỷ đồng.", "unit") if "triệu" in case.text]
    assert found
    assert all(case.right for case in found)


def test_dates_labels_and_document_numbers_are_let_be() -> None:
    text = "Số 31-NQ/TU, ngày 18/12/2024\n\n2. Chỉ tiêu năm 2025\n\n(1) Trồng 35 ha rừng theo Quyết định số 217."
    for seed in range(20):
        said = paraphrase(text, seed).text
        assert said.startswith("Số 31-NQ/TU, ngày 18/12/2024\n\n2. Chỉ tiêu năm 2025\n\n(1) Trồng ")
        assert said.endswith(" Quyết định số 217.")


def test_the_same_seed_draws_the_same() -> None:
    text = (SAMPLES / "01-nghi-quyet-thi-uy.txt").read_text(encoding="utf-8")
    assert paraphrase(text, 3) == paraphrase(text, 3)
    assert paraphrase(text, 3).text != paraphrase(text, 4).text


def test_records_that_do_not_follow_are_told() -> None:
    """The plain text, read again, has none of the words and numbers that were exchanged."""
    text = "- Trồng mới 35 ha lúa.\n- Thu ngân sách 12 tỷ đồng."
    said = next(one for seed in range(20) if len((one := paraphrase(text, seed)).said[0].changes) > 2)
    assert all(case.right for case in cases(said))
    wrong = cases(replace(said, worn=Disguised(text)))[0]
    assert not wrong.right
    assert any("name" in line and "low 5" not in line for line in wrong.differences())
    lost = cases(replace(said, worn=Disguised("\n" * len(text))))[0]
    assert list(lost.differences()) == [f"{lost.missing[0][1]}: lost"]


def test_what_no_gold_says_does_not_count() -> None:
    text = "- Tỷ lệ hộ nghèo giảm 0,4%.\n- Trồng mới 35 ha rừng."
    known = drawn([Text("a", text, frozenset({22}))], 5)
    assert {one.case.plain[:5] for one in known if one.counts} == {"Trồng"}
    assert not any(one.counts for one in drawn([Text("a", text)], 5))
