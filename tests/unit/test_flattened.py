"""Tables as documents come: a cell a line, headings over two lines, rows that date those below them."""

from nqparse import parse


def flattened(*rows: list[str]) -> str:
    """A table as web pages export it: each cell between lines that hold a bar, a bar more behind each row."""
    return "\n".join(line for row in rows for line in ["|", *(line for cell in row for line in (cell, "|") if line)])


TWO_LINES = flattened(
    ["TT", "Chỉ tiêu", "ĐVT", "ƯTH năm 2025", "GIAI ĐOẠN 2026 - 2028"],
    ["Năm 2026", "Năm 2027", "Năm 2028"],
    ["I", "CÂY LÂU NĂM", "", "", "", "", ""],
    ["1", "Hồ tiêu", "", "", "", "", ""],
    ["-", "Diện tích", "ha", "410", "420", "430", "440"],
    ["-", "Sản lượng hạt", "tấn", "900", "950", "960", "970"],
    ["2", "Điều", "", "", "", "", ""],
    ["-", "Diện tích", "ha", "210", "220", "230", "240"],
    ["-", "Sản lượng nhân", "tấn", "300", "350", "360", "370"],
)


def test_headings_over_two_lines_of_a_flattened_table() -> None:
    """The short second line of headings is a row of its own: the years stand over their columns."""
    found = parse(f"KẾ HOẠCH\nphát triển cây lâu năm\n\n{TWO_LINES}\n").indicators
    assert [(i.text, i.period_start, str(i.role)) for i in found[:4]] == [
        ("410", 2025, "estimate"),
        ("420", 2026, "target"),
        ("430", 2027, "target"),
        ("440", 2028, "target"),
    ]
    assert [i.name for i in found[::4]] == ["Hồ tiêu Diện tích", "Sản lượng hạt", "Điều Diện tích", "Sản lượng nhân"]


def test_five_merged_headings_over_two_columns_each() -> None:
    years = range(2026, 2031)
    text = flattened(
        ["TT", "Sản phẩm", *(f"Kế hoạch {year}" for year in years)],
        ["Lượng (tấn)", "Giá trị (triệu đồng)"] * 5,
        ["1", "Chè", *(str(n) for n in range(11, 21))],
        ["2", "Mật ong", *(str(n) for n in range(31, 41))],
    )
    found = parse(f"KẾ HOẠCH\nxuất bán nông sản\n\n{text}\n").indicators
    assert [i.period_start for i in found] == [year for year in years for _ in range(2)] * 2
    assert {i.unit for i in found[::2]} == {"tấn"}
    assert {i.label for i in found} == {"1", "2"}


def test_a_row_of_years_alone_dates_the_rows_below_it() -> None:
    text = (
        "| TT | Chỉ tiêu | ĐVT | Mức |\n|---|---|---|---|\n| | Đến năm 2030 | | |\n| 1 | Tỷ lệ hộ nghèo | % | 3 |\n"
        "| | Đến năm 2035 | | |\n| 1 | Tỷ lệ hộ nghèo | % | 1 |\n| 2 | Trường đạt chuẩn | trường | 12 |\n"
    )
    found = parse(f"NGHỊ QUYẾT\nvề giảm nghèo\n\n{text}").indicators
    assert [(i.text, i.period_end) for i in found] == [("3", 2030), ("1", 2035), ("12", 2035)]
