"""Records as people read them: values, trees, tables; and no control character obeyed."""

from decimal import Decimal

import pytest

from nqparse import render
from nqparse.models import (
    Bound,
    Change,
    DocType,
    Document,
    DocumentRecord,
    Finding,
    Indicator,
    Number,
    Role,
    Section,
    SectionKind,
    SectionRole,
    Severity,
    Status,
)

HEAD = DocumentRecord(
    doc_id="a\x1b[31m.txt",
    sha256="",
    bytes=1,
    chars=1,
    encoding="utf-8",
    status=Status.OK,
    doc_type=DocType.PLAN,
    is_draft=True,
    title="Kế hoạch năm 2025",
    period_start=2025,
    period_end=2025,
    version="0",
    patterns="p",
)


def indicator(
    low: str | None,
    high: str | None,
    unit: str,
    *,
    bound: Bound = Bound.EXACT,
    per: str | None = None,
    of: str | None = None,
    change: Change = Change.LEVEL,
    section_id: str | None = None,
) -> Indicator:
    return Indicator(
        doc_id="a.txt",
        indicator_id="a.txt#0",
        ordinal=0,
        section_id=section_id,
        label="5",
        name="Tỷ lệ hộ nghèo",
        name_norm="tỷ_lệ hộ nghèo",
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
        of=None if of is None else Decimal(of),
        bound=bound,
        unit=unit,
        per=per,
        change=change,
        role=Role.TARGET,
        core=True,
        period_start=2021,
        period_end=2025,
        text="5",
        char_start=0,
        char_end=1,
        statement="",
        statement_start=0,
        statement_end=0,
    )


@pytest.mark.parametrize(
    ("row", "written"),
    [
        (indicator("10", "12.5000000000", "%"), "10–12,5 %"),
        (indicator("9500000000000", "9500000000000", "VND", bound=Bound.ABOUT), "khoảng 9.500 tỷ đồng"),
        (indicator("80", None, "%", bound=Bound.MIN), "≥ 80 %"),
        (indicator("95", None, "%", bound=Bound.ABOVE), "> 95 %"),
        (indicator(None, "8", "người", bound=Bound.MAX), "≤ 8 người"),
        (indicator(None, "1.5", "%", bound=Bound.BELOW), "< 1,5 %"),
        (indicator("57", "57", "trường", of="66"), "57/66 trường"),
        (indicator("0.4", "0.6", "%", change=Change.DECREASE), "giảm 0,4–0,6 %"),
        (indicator("5", None, "%", change=Change.EXCEED, bound=Bound.MIN), "vượt ≥ 5 %"),
        (indicator("4", "4", "vụ", change=Change.INCREASE), "tăng 4 vụ"),
        (indicator("68500000", "68500000", "VND", per="người/năm"), "68,5 triệu đồng/người/năm"),
        (indicator("1167810000000", "1167810000000", "VND"), "1.167,81 tỷ đồng"),
        (indicator("185000000", "185000000", "USD"), "185 triệu USD"),
        (indicator("120500", "120500", "VND"), "120.500 đồng"),
        (indicator("1200000", "1200000", "lượt khách"), "1,2 triệu lượt khách"),
        (indicator("495000", "495000", "cây", of="3871000"), "495.000/3.871.000 cây"),
        (indicator("3871000", "3871000", "cây"), "3.871.000 cây"),
        (indicator("0", "0", "%"), "0 %"),
        (indicator("0", "2000000000", "VND"), "0–2 tỷ đồng"),
        (indicator("5.5", "5.5", "m2", per="người"), "5,5 m²/người"),
        (indicator("12", "12", ""), "12"),
        (indicator(None, None, "%"), "5 %"),
    ],
)
def test_a_value_is_written_as_a_person_writes_it(row: Indicator, written: str) -> None:
    assert render.value(row) == written


def section(label: str, depth: int, title: str | None) -> Section:
    return Section(
        doc_id="a.txt",
        section_id=label,
        ordinal=0,
        depth=depth,
        kind=SectionKind.ARABIC,
        marker=f"{label}.",
        label=label,
        path=label,
        title=title,
        role=SectionRole.TARGETS,
        char_start=0,
        char_end=1,
    )


def test_a_document_has_its_head_its_tree_its_table_and_its_findings() -> None:
    finding = Finding(doc_id="a.txt", code="unit_missing", severity=Severity.WARNING, char_start=42, message="no unit")
    document = Document(
        head=HEAD,
        sections=(section("A", 1, "CHỈ TIÊU"), section("1", 2, None)),
        indicators=(indicator("80", None, "%", bound=Bound.MIN, section_id="1"),),
        findings=(finding,),
    )
    assert render.document(document, 100, render.line_numbers("")) == (
        "document  a\\x1b[31m.txt\n"
        "type      plan, draft\n"
        "title     Kế hoạch năm 2025\n"
        "years     2025\n"
        "\n"
        "Sections (2)\n"
        "Section      Role     Indicators\n"
        "────────────────────────────────\n"
        "A  CHỈ TIÊU  targets\n"
        "  1  …       targets           1\n"
        "\n"
        "Indicators (1)\n"
        "No.  Name            Value   Unit  Role    Period\n"
        "────────────────────────────────────────────────────\n"
        "5    Tỷ lệ hộ nghèo  ≥ 80 %  %     target  2021-2025\n"
        "\n"
        "Findings (1)\n"
        "Severity  At  Code          What to look at\n"
        "───────────────────────────────────────────\n"
        "warning   42  unit_missing  no unit\n"
    )


def test_a_wide_terminal_has_core_basis_section_and_line_too() -> None:
    fields = {"core": True, "basis": "kế hoạch", "section_path": "B/II", "char_start": 5}
    row = indicator("80", None, "%").model_copy(update=fields)
    lines = render.indicators([row], 120, render.line_numbers("một\n80 %")).splitlines()
    assert lines[0].split()[-4:] == ["Core", "Basis", "Section", "Line"]
    assert lines[2].split()[-5:] == ["●", "kế", "hoạch", "B/II", "2"]
    assert "Core" not in render.indicators([row], 119, render.line_numbers(""))


def test_a_long_title_goes_on_below_its_first_word() -> None:
    lines = render.sections([section("1", 2, "Nhóm chỉ tiêu về kinh tế và xã hội")], [], 50).splitlines()
    assert lines[3].startswith("     ")
    assert not lines[3].startswith("      ")


@pytest.mark.parametrize("name", render.TABLES)
def test_each_table_of_a_document_can_be_printed_alone(name: str) -> None:
    from nqparse.cli import documents

    assert documents.TABLES == render.TABLES
    number = Number(doc_id="a.txt", char_start=4, char_end=6, text="80", class_="measure")
    text = render.one_table(Document(head=HEAD, numbers=(number,)), name, 100, render.line_numbers("một\n80 %"))
    assert text == "none\n" if name != "numbers" else text.splitlines()[2].split() == ["2", "4", "80", "measure"]


def test_deep_sections_do_not_run_out_of_the_terminal() -> None:
    text = render.sections([section(str(i), i, "x") for i in range(1, 100)], [], 100)
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("odd", ["\x1b]0;x\x07", "\x9b2J", "\u202e", "\u2028", "\u200b", "\x7f", "\ufeff"])
def test_what_would_steer_a_terminal_is_shown(odd: str) -> None:
    assert render.visible(f"x{odd}y").isprintable()
    assert render.visible_json(f'"x{odd}y"').isprintable()


def test_a_text_of_several_lines_is_put_on_one() -> None:
    assert render.visible(" a\r\n\t b\n") == "a b"
