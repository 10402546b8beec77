"""Cells in columns that keep to a width."""

from nqparse.columns import Column, table

COLUMNS = (Column("No."), Column("Name"), Column("Share", right=True, whole=True))


def test_columns_are_as_wide_as_their_cells() -> None:
    assert table(COLUMNS, [("1", "hộ nghèo", "5"), ("12", "hộ", "10")], 80) == (
        "No.  Name      Share\n────────────────────\n1    hộ nghèo      5\n12   hộ           10\n"
    )


def test_the_widest_column_gives_way() -> None:
    text = table(COLUMNS, [("1", "tỷ lệ hộ nghèo đa chiều giảm", "2,99")], 30)
    assert max(map(len, text.splitlines())) <= 30
    assert "giảm" in text


def test_a_long_word_is_broken_and_a_narrow_terminal_is_borne() -> None:
    text = table(COLUMNS, [("1", "x" * 50, "2,99")], 5)
    assert text.count("x") == 50
    assert "2,99" in text


def test_without_rows_there_is_nothing() -> None:
    assert table(COLUMNS, [], 80) == "none\n"
