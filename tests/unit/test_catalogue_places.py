"""Codes of administrative units: of documents, and of places within names."""

from datetime import date

import pytest

from nqparse.catalogue.places import Codes, codes_of, place_in, systems_of
from nqparse.models import Level
from nqparse.packs.load import load_pack
from nqparse.pipeline import parse

OLD, NEW = systems_of(date(2024, 1, 1), None), systems_of(date(2025, 7, 1), None)


@pytest.mark.parametrize(
    ("names", "systems", "codes"),
    [
        ({Level.PROVINCE: "Hà Giang"}, OLD, Codes("02", "02")),
        ({Level.PROVINCE: "Hà Giang"}, NEW, Codes()),
        ({Level.PROVINCE: "Lâm Đồng", Level.DISTRICT: "Đức Trọng"}, OLD, Codes("678", "68")),
        ({Level.PROVINCE: None, Level.DISTRICT: "Châu Thành"}, OLD, Codes(ambiguous=True)),
        ({Level.PROVINCE: "Lam Giang"}, OLD, Codes()),
        ({Level.PROVINCE: "Hà Nội", Level.COMMUNE: "Ba Đình"}, NEW, Codes("00004", "01")),
        ({}, OLD, Codes()),
    ],
)
def test_codes_are_those_of_the_documents_date(
    names: dict[Level, str | None], systems: tuple[object, ...], codes: Codes
) -> None:
    assert codes_of(names, systems) == codes  # type: ignore[arg-type]


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n\nLâm Đồng, ngày 05 tháng 3 năm {year}\n\nBÁO CÁO\nvề giảm nghèo năm {year}\n\n"


def test_a_document_has_the_codes_of_its_place() -> None:
    head = parse(HEAD.format(year=2024) + "I. KẾT QUẢ\n- Tỷ lệ hộ nghèo còn 1,2%").head
    assert (head.place_code, head.province_code) == ("68", "68")


def test_a_place_within_a_statement_is_no_part_of_what_is_coded() -> None:
    text = (
        HEAD.format(year=2024) + "I. KẾT QUẢ\n- Tỷ lệ hộ nghèo huyện Đức Trọng: 1,2%\n- Tỷ lệ hộ nghèo huyện Nà Vài: 3%"
    )
    rows = parse(text).indicators
    assert [(row.code, row.place, row.place_code) for row in rows] == [
        ("poverty_rate", "huyện Đức Trọng", "678"),
        ("poverty_rate", "huyện Nà Vài", None),
    ]


def test_the_documents_own_place_is_not_said_again() -> None:
    rows = parse(HEAD.format(year=2024) + "I. KẾT QUẢ\n- Tỷ lệ hộ nghèo tỉnh Lâm Đồng: 1,2%").indicators
    assert [(row.code, row.place) for row in rows] == [("poverty_rate", None)]


@pytest.mark.parametrize("name", ["Số xã NTM", "Tỷ lệ hộ nghèo", "Đường nối huyện Nà Vài với huyện Khe Đá"])
def test_an_abbreviation_or_two_places_are_no_place(name: str) -> None:
    assert place_in(name, load_pack()) is None


def test_a_place_that_several_have_is_told() -> None:
    text = "HUYỆN ỦY CHÂU THÀNH\n\nngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nvề giảm nghèo năm 2024\n\nHộ nghèo còn 2%"
    document = parse(text)
    assert document.head.place_code is None
    assert "ambiguous_place" in {finding.code for finding in document.findings}
