"""Vietnamese number forms → exact decimals, written out and read again."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.quantity.amounts import read_amount

QUICK = settings(max_examples=200)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9.500", "9500"),
        ("1.167,81", "1167.81"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("12,5", "12.5"),
        ("1,047", "1.047"),
        ("2.5", "2.5"),
        ("0.125", "0.125"),
        ("12.50", "12.50"),
        ("01", "1"),
        ("0,41", "0.41"),
        ("१२,५", "12.5"),
    ],
)
def test_a_printed_form_has_one_value(text: str, value: str) -> None:
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", ",5", "5,", "1.2.3", "1..2", "12.34.567,8", "năm", "5%", "9" * 61])
def test_what_is_no_number_has_none(text: str) -> None:
    assert read_amount(text) is None


@given(st.integers(0, 10**15), st.integers(0, 999), st.integers(0, 3))
@QUICK
def test_a_value_written_in_the_vietnamese_way_is_read_again(whole: int, part: int, places: int) -> None:
    decimals = f"{part:03}"[:places]
    text = f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    assert read_amount(text) == Decimal(f"{whole}.{decimals or 0}")


@given(st.text("0123456789.,", max_size=30))
@QUICK
def test_any_run_of_digits_and_signs_is_a_number_or_none(text: str) -> None:
    value = read_amount(text)
    digits = text.replace(".", "").replace(",", "")
    assert value is None or (value >= 0 and value.is_finite())
    if value is not None:
        assert str(value).replace(".", "").lstrip("0") == digits.lstrip("0")
