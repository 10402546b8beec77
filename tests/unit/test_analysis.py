"""Over a finished run: results beside targets, comparisons, exports, suggestions; and what wrong use says."""

import csv
import json
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner, Result

from nqparse import models
from nqparse.analysis.comparing import Move, compared
from nqparse.analysis.queries import fulfilment
from nqparse.batch import run
from nqparse.cli import cli
from nqparse.models import Fulfilment
from nqparse.packs.load import load_pack
from nqparse.pipeline import parse
from nqparse.tables import read_table, records, schema_of

HEAD = (
    "HUYỆN ỦY {place}\n*\nSố {number}\n\n{place}, ngày 15 tháng {month} năm {year}\n\n{kind}\nvề {title} năm 2024\n\n"
)
PLAN = """I. CHỈ TIÊU CHỦ YẾU NĂM 2024

1. Tỷ lệ hộ nghèo giảm còn dưới 2%.
2. Tỷ lệ che phủ rừng đạt 45%.
3. Kim ngạch xuất khẩu tăng 8,5%.
4. Thu ngân sách nhà nước đạt 100 tỷ đồng.
5. Sản lượng lúa đạt 5.000 tấn.
6. Số nhịp cầu treo hoàn thành: 4 cầu.
"""
REPORT = """I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU CHỦ YẾU NĂM 2024

1. Hộ nghèo còn 2,4%.
2. Độ che phủ rừng đạt 45,5%.
3. Tốc độ tăng kim ngạch xuất khẩu: 9%.
4. Thu ngân sách nhà nước đạt 102% kế hoạch.
"""
ROWS = """I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU CHỦ YẾU NĂM 2024

TT\tChỉ tiêu\tĐVT\tKế hoạch\tThực hiện\tĐánh giá
1\tTỷ lệ hộ nghèo\t%\t3\t2,5\tĐạt
2\tTỷ lệ tham gia bảo hiểm y tế\t%\t95\t94\tĐạt
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over a plan and the report on it, and over a report that prints its plan."""
    folder = tmp_path_factory.mktemp("documents")
    plan = HEAD.format(place="KHE ĐÁ", number="01-NQ/HU", month="01", year=2024, kind="NGHỊ QUYẾT", title="nhiệm vụ")
    report = HEAD.format(place="KHE ĐÁ", number="9-BC/HU", month="12", year=2024, kind="BÁO CÁO", title="kết quả")
    other = HEAD.format(place="NÀ VÀI", number="7-BC/HU", month="12", year=2024, kind="BÁO CÁO", title="kết quả")
    for name, text in {"a-plan.txt": plan + PLAN, "b-report.txt": report + REPORT, "c-other.txt": other + ROWS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    tables = folder.with_name("tables")
    run([folder], tables)
    return tables


@pytest.fixture(scope="module")
def linked(out: Path) -> dict[tuple[str, str], Fulfilment]:
    assert call("link", out).exit_code == 0
    return {(row.target_doc_id[0], row.name): row for row in records(read_table(out, "fulfilment"), Fulfilment)}


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments], catch_exceptions=False)


# --- link


@pytest.mark.parametrize(
    ("name", "verdict", "distance"),
    [
        ("Tỷ lệ hộ nghèo", "missed", "0.4"),
        ("Tỷ lệ che phủ rừng", "exceeded", "0.5"),
        ("Kim ngạch xuất khẩu", "exceeded", "0.5"),
        ("Thu ngân sách nhà nước", "exceeded", "2"),
        ("Sản lượng lúa", "open", None),
        ("Số nhịp cầu treo hoàn thành", "open", None),
    ],
)
def test_a_target_is_answered_by_the_report_on_it(
    linked: dict[tuple[str, str], Fulfilment], name: str, verdict: str, distance: str | None
) -> None:
    row = linked["a", name]
    assert (row.verdict, row.distance) == (verdict, None if distance is None else Decimal(distance))
    assert row.result_doc_id == (None if verdict == "open" else "b-report.txt")


def test_a_result_of_the_same_row_answers_and_what_is_printed_is_compared(
    linked: dict[tuple[str, str], Fulfilment],
) -> None:
    poor, insured = linked["c", "Tỷ lệ hộ nghèo"], linked["c", "Tỷ lệ tham gia bảo hiểm y tế"]
    assert (poor.verdict, poor.printed_verdict, poor.finding) == ("exceeded", "met", None)
    assert (insured.verdict, insured.printed_verdict, insured.finding) == ("missed", "met", "verdict_differs")


def test_each_target_has_one_row_of_the_declared_columns(out: Path, linked: dict[tuple[str, str], Fulfilment]) -> None:
    table = read_table(out, "fulfilment")
    targets = duckdb.execute(f"SELECT count(*) FROM '{out}/indicators/*.parquet' WHERE role = 'target'").fetchone()
    assert targets == (table.num_rows,)
    assert table.schema.equals(schema_of(Fulfilment))


def test_linking_again_writes_the_same_bytes(out: Path, linked: dict[tuple[str, str], Fulfilment]) -> None:
    file = out / "fulfilment" / "part-00000.parquet"
    before = file.read_bytes()
    assert "8 targets: 0 met, 4 exceeded, 2 missed, 2 open" in call("link", out).output
    assert file.read_bytes() == before
    assert [path.name for path in out.iterdir() if path.name.startswith(".fulfilment")] == []


def test_the_query_is_printed_whole() -> None:
    printed = call("link", "nowhere", "--sql").output
    assert printed == fulfilment(load_pack())
    assert "/*" not in printed
    assert "('poverty_rate', 'down')" in printed


# --- compare


def test_places_by_years(out: Path) -> None:
    assert call("compare", out, "--indicator", "poverty_rate").output.splitlines() == [
        "place (%)  2024", "Khe Đá     2.4", "Nà Vài     2.5",
    ]  # fmt: skip
    rows = json.loads(call("compare", out, "--indicator", "poverty_rate", "--targets", "--format", "json").output)
    assert rows == [{"place (%)": "Khe Đá", "2024": "<2"}, {"place (%)": "Nà Vài", "2024": "3"}]
    assert call("compare", out, "--indicator", "poverty_rate", "--place", "nà", "--format", "csv").output == (
        "place (%),2024\nNà Vài,2.5\n"
    )


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_a_comparison_is_drawn_the_same_each_time(out: Path, tmp_path: Path, ending: str) -> None:
    files = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for file in files:
        assert call("compare", out, "--indicator", "poverty_rate", "--plot", file).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert (b"<svg" in files[0].read_bytes()) is (ending != "png")


def test_two_documents_are_compared_indicator_by_indicator(tmp_path: Path) -> None:
    draft = "I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo: 3%\n- Tỉ lệ che phủ rừng: 45%\n- Số chợ: 4 chợ\n- Số thôn có loa: 9 thôn"
    final = "I. CHỈ TIÊU\n- Hộ nghèo: 2%\n- Độ che phủ rừng: 45,5%\n- Số thôn có loa: 9 thôn\n- Số bác sĩ: 5 bác sĩ"
    moves = [(one.move, one.code) for one in compared(parse(draft), parse(final))]
    assert moves == [
        (Move.LOWERED, "poverty_rate"),
        (Move.RAISED, "forest_cover_rate"),
        (Move.SAME, None),
        (Move.ADDED, "doctors"),
        (Move.DROPPED, "markets_meeting_standard"),
    ]
    for name, text in (("a.txt", draft), ("b.txt", final)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    printed = call("compare", tmp_path / "a.txt", tmp_path / "b.txt", "--format", "markdown").output
    assert "| lowered | Hộ nghèo | poverty_rate | 3 % | 2 % |" in printed


# --- export


def test_a_workbook_has_tidy_sheets(out: Path, linked: dict[tuple[str, str], Fulfilment], tmp_path: Path) -> None:
    assert call("export", out, tmp_path / "a.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["indicators", "fulfilment", "findings", "columns"]
    sheet = book["indicators"]
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, (cell.value for cell in sheet[2]), strict=True))
    assert first["Mã chỉ tiêu"] == "poverty_rate"
    assert first["Giá trị cao"] == 2
    assert first["Ngày ban hành"] == datetime(2024, 1, 15)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    assert book["fulfilment"].max_row == len(linked) + 1


def test_csv_opens_in_excel_and_a_database_has_all_tables(out: Path, tmp_path: Path) -> None:
    assert call("export", out, tmp_path / "a.csv", "--core").exit_code == 0
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert rows[0]["Chỉ tiêu"] == "Tỷ lệ hộ nghèo"
    assert rows[0]["Giá trị cao"] == "2"
    assert call("export", out, tmp_path / "a.duckdb").exit_code == 0
    with duckdb.connect(tmp_path / "a.duckdb") as base:
        names = {name for (name,) in base.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    assert set(models.TABLES) <= names


# --- suggest


def test_names_without_a_code_are_listed_with_the_nearest_entries(out: Path) -> None:
    rows = json.loads(call("catalogue", "suggest", out, "--format", "json").output)
    assert [row["name"] for row in rows] == ["Số nhịp cầu treo hoàn thành"]


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "OUT"), "give the output folder of a run and --indicator CODE, or two documents"),
        (
            ("compare", "OUT", "--indicator", "poverty"),
            "no row of 'poverty'; codes that the run has, the nearest first",
        ),
        (("compare", "OUT", "--indicator", "poverty_rate", "--years", "24"), "--years 24: write a year"),
        (
            ("compare", "OUT", "--indicator", "poverty_rate", "--years", "1999"),
            "rows of poverty_rate, but none for these",
        ),
        (("compare", "OUT", "--indicator", "poverty_rate", "--plot", "a.pdf"), "ends in .svg, .png, .html"),
        (("compare", "x.txt", "y.txt"), "x.txt: no such document"),
        (("export", "OUT", "a.ods"), "ends in .xlsx, .csv, .duckdb"),
        (("export", "OUT", "no/such/folder/a.csv"), "cannot be written"),
        (("link", "nowhere"), "nowhere: no tables of a run"),
    ],
)
def test_wrong_use_is_told_with_the_remedy(out: Path, arguments: tuple[str, ...], told: str) -> None:
    result = call(*(str(out) if one == "OUT" else one for one in arguments))
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


def test_tables_of_another_schema_version_are_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nqparse.analysis.base.SCHEMA_VERSION", "99")
    result = call("link", out)
    assert result.exit_code == 2
    assert f"schema version {models.SCHEMA_VERSION}, and this nqparse reads version 99" in result.output


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("duckdb", ("link", "OUT")),
        ("xlsxwriter", ("export", "OUT", "a.xlsx")),
        ("matplotlib", ("compare", "OUT", "--indicator", "poverty_rate", "--plot", "a.svg")),
    ],
)
def test_a_missing_extra_is_told(
    out: Path, monkeypatch: pytest.MonkeyPatch, module: str, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = call(*(str(out) if one == "OUT" else one for one in arguments))
    assert result.exit_code == 2
    assert f"{module} is not installed, which this command needs: pip install 'nqparse[analysis]'" in result.output


# --- the samples: a resolution, and the report on it a year later


def test_the_samples_are_linked_as_their_gold_says(tmp_path: Path) -> None:
    samples = Path(__file__).parents[2] / "samples"
    run(sorted(samples.glob("1[23]-*.txt")), tmp_path)
    assert call("link", tmp_path).exit_code == 0
    with duckdb.connect() as base:
        found = base.execute(
            f"""
            SELECT t.doc_id, t.text, r.doc_id, r.text, f.distance, f.verdict, f.printed_verdict, f.finding
            FROM '{tmp_path}/fulfilment/*.parquet' AS f
            JOIN '{tmp_path}/indicators/*.parquet' AS t ON t.indicator_id = f.target_id
            LEFT JOIN '{tmp_path}/indicators/*.parquet' AS r ON r.indicator_id = f.result_id
            ORDER BY t.doc_id, t.ordinal
            """
        ).fetchall()
    gold = (samples / "gold" / "13-bao-cao-nam-2024.fulfilment.jsonl").read_text(encoding="utf-8").splitlines()
    keys = ("target_doc", "target", "result_doc", "result", "distance", "verdict", "printed_verdict", "finding")
    wanted = [tuple(json.loads(line)[key] for key in keys) for line in gold]
    assert [(*row[:4], f"{row[4].normalize():f}", *row[5:]) for row in found] == wanted
