"""One fault costs one line: rules and functions that raise at one line, one after the other, in every stage.

Whatever raises, and wherever: no reader raises, the records of every other line are those of the clean run, every
number is in the ledger, and one finding says where it was.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from nqparse import findings, pipeline, records, statements
from nqparse.context.lead_ins import LeadIns
from nqparse.context.membership import Membership
from nqparse.context.periods import Periods
from nqparse.context.roles import Roles
from nqparse.context.scope import Scope
from nqparse.faults import Guard
from nqparse.findings import RULE_FAILED
from nqparse.layout import build, lines
from nqparse.layout.markers import MarkerReader
from nqparse.models import Document, Record, Status
from nqparse.naming import naming as namings
from nqparse.outline import act_heads, head, sections
from nqparse.packs.finding import Finder
from nqparse.packs.load import Pack, load_pack
from nqparse.pipeline import parse, parts
from nqparse.quantity import measures, numbers
from nqparse.rows import reader
from nqparse.statements import Stater
from nqparse.testing.invariants import record_faults, together
from nqparse.text import source as sources
from nqparse.text.source import Source, make_source

WORD = "gieo sạ"
"""What stands in the line at which a poisoned rule or function raises, and nowhere else."""
TEXT = """HỘI ĐỒNG NHÂN DÂN XÃ VĨNH KHÊ
Số: 12/NQ-HĐND

NGHỊ QUYẾT
Về nhiệm vụ năm 2026

I. CHỈ TIÊU CHỦ YẾU

1. Thu ngân sách trên địa bàn đạt 120 tỷ đồng.

2. Diện tích lúa gieo sạ đạt ít nhất 1.250 ha trong năm 2026.

3. Tỷ lệ hộ nghèo còn dưới 2,5%.

II. NHIỆM VỤ

Trồng mới 45 ha rừng tại các thôn phía bắc.

Chỉ tiêu | Đơn vị | Năm 2026
---|---|---
Sản lượng thóc | tấn | 8.400
Trường đạt chuẩn | trường | 12

Xây dựng 3 km đường liên thôn trong quý II.
"""
TABLE = TEXT.replace("Sản lượng thóc", "Sản lượng thóc gieo sạ").replace("lúa gieo sạ", "lúa")
LEDGER = re.compile(r"\d+")


class PoisonError(Exception):
    """What no rule raises by itself."""


def mentions(value: Any, depth: int = 3) -> bool:
    """Whether a text, or the text of what a function was given, has the word."""
    if isinstance(value, str):
        return WORD in value
    if isinstance(value, Scope):  # what earlier lines said
        return False
    if isinstance(value, list | tuple) and len(value) < 20 and depth:
        return any(mentions(one, depth - 1) for one in value)
    names = ("text", "raw", "tokens", "statement", "name", "named", "name_cell", "cells")
    return depth > 0 and any(mentions(getattr(value, name, None), depth - 1) for name in names)


OF_ONE_BLOCK = (measures._Reader,)


def poisoned(owner: Any, name: str) -> Callable[..., Any]:
    """The function, which raises where what it is given has the word (a method: but for what it is one of)."""
    function = getattr(owner, name)

    def poison(*args: Any, **kwargs: Any) -> Any:
        given = args[1:] if isinstance(owner, type) and owner not in OF_ONE_BLOCK else args
        if any(map(mentions, given)):
            raise PoisonError("poison")
        return function(*args, **kwargs)

    return poison


FUNCTIONS: dict[str, tuple[Any, str, str]] = {
    "a line": (lines, "read_line", TEXT),
    "a marker": (MarkerReader, "__call__", TEXT.replace("2. ", "Đến nay ")),
    "joining lines": (build, "_continues", TEXT.replace("\n\n2. ", "\n")),
    "cutting blocks": (build, "pieces_of", TEXT),
    "numbers": (numbers, "_of_block", TEXT),
    "a section": (sections, "is_row", TEXT),
    "a heading": (
        sections,
        "heads_what_follows",
        TEXT.replace("Diện tích lúa gieo sạ đạt ít nhất 1.250 ha trong năm 2026", "Đẩy mạnh gieo sạ tập trung").replace(
            "2. ", ""
        ),
    ),
    "tokens": (statements, "tokenize", TEXT),
    "a measure": (measures._Reader, "_measure", TEXT),
    "words before a number": (measures._Reader, "_led", TEXT),
    "words behind a number": (measures._Reader, "_tailed", TEXT),
    "proper names": (statements, "ends_proper_name", TEXT),
    "what a clause tells of a measure": (namings, "_completed", TEXT),
    "the words of a block for its names": (namings, "Scene", TEXT),
    "all names of a block": (statements, "name_measures", TEXT),
    "a role": (Roles, "decide", TEXT),
    "a period": (Periods, "decide", TEXT),
    "a lead-in": (LeadIns, "of", TEXT),
    "an account": (Roles, "going_on", TEXT),
    "a list of indicators": (Membership, "of", TEXT),
    "a clause": (Stater, "_clause", TEXT),
    "a statement": (Stater, "_statement", TEXT),
    "a block": (Stater, "_prose", TEXT),
    "a row": (reader.TableReader, "_row", TABLE),
    "the name of a row": (reader, "read_row_name", TABLE),
    "a cell": (reader.TableReader, "_in_cell", TABLE),
    "a statement of a row": (Stater, "_of_row", TABLE),
    "a record": (records.Recorder, "_indicator", TEXT),
    "the normal form of a name": (records, "normal_name", TEXT),
    "a review": (findings, "_implausible", TEXT),
}
"""Functions of every stage, with a text in which they meet the word at one line."""

WHOLE = {
    "letters of old fonts": (sources, "lettering_of"),
    "markup": (sources, "html_edits"),
    "odd characters": (sources, "_odd_edits"),
    "slips": (pipeline, "mend"),
    "layout": (pipeline, "lay_out"),
    "stacks": (build, "stacked"),
    "wrapping": (build, "wrapping"),
    "capitals": (build, "with_capitals"),
    "tables": (build, "find_tables"),
    "mending pages": (build, "Mender"),
    "sections": (pipeline, "segment"),
    "the builder of sections": (sections, "_Builder"),
    "the records of sections": (pipeline, "section_records"),
    "the acts": (sections, "find_acts"),
    "the head": (act_heads, "read_head"),
    "the heads of acts": (pipeline, "with_heads"),
    "the type": (head, "_type"),
    "the issuer": (head, "_issuer"),
    "the record of the document": (pipeline, "head_record"),
    "the context": (pipeline, "Stater"),
    "counts": (findings, "_counts"),
    "the language": (findings, "_language"),
}
"""Functions that work on a document as a whole."""


@pytest.fixture
def pack() -> Pack:
    return load_pack()


def sound(text: str, found: Document) -> None:
    """What holds of every document, however much of it was passed over."""
    assert record_faults(Source("", text, text), found) == []
    runs = [match.span() for match in LEDGER.finditer(text)]
    assert all(any(row.char_start <= a and b <= row.char_end for row in found.numbers) for a, b in runs)


def others(found: Document, text: str) -> list[dict[str, Any]]:
    """The records of all lines but the one with the word."""
    at = text.index(WORD)
    first, last = text.rfind("\n", 0, at) + 1, text.index("\n", at)
    rows: tuple[Record, ...] = (*found.sections, *found.indicators, *found.numbers)
    return [row.model_dump(exclude={"ordinal"}) for row in rows if not first <= getattr(row, "char_start", -1) < last]


def failures(found: Document) -> list[tuple[int | None, str]]:
    return [(row.char_start, row.message) for row in found.findings if row.code == RULE_FAILED]


@pytest.mark.parametrize("stage", FUNCTIONS)
def test_a_function_that_raises_costs_its_line(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, text = FUNCTIONS[stage]
    clean = parse(text)
    monkeypatch.setattr(owner, name, poisoned(owner, name))
    found = parse(text, strict=False)
    sound(text, found)
    assert others(found, text) == others(clean, text)
    assert found.head == clean.head.model_copy(update={"status": Status.PARTIAL})
    ((place, message),) = failures(found)
    assert place is not None
    assert "\n" not in text[place : text.index(WORD)]
    assert "PoisonError: poison" in message
    with pytest.raises(PoisonError):
        parse(text, strict=True)


@pytest.mark.parametrize("stage", WHOLE)
def test_a_function_for_the_whole_document_is_passed_over(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def poison(*_args: Any, **_kwargs: Any) -> Any:
        raise PoisonError("poison")

    owner, name = WHOLE[stage]
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, poison)
        if stage != "the record of the document":
            found = parse(TEXT, strict=False)
            assert found.head.status is Status.PARTIAL
            assert [place for place, _ in failures(found)] == [None] or stage == "the builder of sections"
        with pytest.raises(PoisonError):
            parse(TEXT, strict=True)
    if stage != "the record of the document":
        sound(TEXT, found)


class Poison(Finder):
    """An expression that raises at the line with the word."""

    def _check(self, text: str, pos: int = 0, end: int | None = None) -> None:
        if WORD in text:
            raise PoisonError(self.pattern.pattern[:20])

    def match(self, text: str, pos: int = 0, end: int | None = None) -> Any:
        self._check(text)
        return super().match(text, pos, end)

    def fullmatch(self, text: str, pos: int = 0, end: int | None = None) -> Any:
        self._check(text)
        return super().fullmatch(text, pos, end)

    def search(self, text: str, pos: int = 0, end: int | None = None) -> Any:
        self._check(text)
        return super().search(text, pos, end)

    def finditer(self, text: str, pos: int = 0, end: int | None = None) -> Iterator[Any]:
        self._check(text)
        return super().finditer(text, pos, end)


RULES = sorted(load_pack().expressions)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_raises_costs_its_line(rule: str, pack: Pack) -> None:
    known = pack.expressions[rule]
    bad = replace(pack, expressions={**pack.expressions, rule: Poison(known.pattern, known.needs)})
    clean, found = parse(TEXT, pack=pack), parse(TEXT, pack=bad, strict=False)
    sound(TEXT, found)
    assert [row for row in others(found, TEXT) if "marker" not in row] == [
        row for row in others(clean, TEXT) if "marker" not in row
    ]
    assert len(failures(found)) <= 2
    assert (found.head.status is Status.PARTIAL) == bool(failures(found))


def test_the_parts_of_a_document_with_faults_are_the_document(monkeypatch: pytest.MonkeyPatch, pack: Pack) -> None:
    monkeypatch.setattr(namings, "Scene", poisoned(namings, "Scene"))
    for text in (TEXT, TABLE):
        whole = parse(text, strict=False)
        size = len(text.encode())
        assert together(parts(make_source(text, size=size), pack, 1, strict=False)) == whole.rows


def test_a_block_that_falls_back_keeps_value_unit_bound_and_the_words_left_of_the_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(namings, "Scene", poisoned(namings, "Scene"))
    row = next(row for row in parse(TEXT, strict=False).indicators if row.unit == "ha" and row.low == 1250)
    assert (row.name, row.bound) == ("Diện tích lúa gieo sạ", "min")
    assert "rule-failed" in row.rules


def test_what_is_no_fault_of_a_rule_is_raised() -> None:
    def lacks_memory() -> int:
        raise MemoryError

    with pytest.raises(MemoryError):
        Guard(strict=False).or_else(0, lacks_memory)
