"""Whether a numbered line is a row of a list of indicators, which carries a value of its own, or opens a section."""

from typing import NamedTuple

from nqparse.layout.blocks import Block
from nqparse.layout.markers import Marked, Reading
from nqparse.models import SectionKind, SectionRole
from nqparse.outline.titles import COLON, role_of
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.numbers import BlockNumbers

_ROW_KINDS = frozenset((SectionKind.ARABIC, SectionKind.DECIMAL, SectionKind.ALPHA))
_DOINGS = (SectionRole.TASKS, SectionRole.IMPLEMENTATION)
_LONGEST_ROW = 420
_LONGEST_OF_RUN = 640
_LONGEST_STATEMENT = 300
_LONGEST_INDICATOR = 200
_LONGEST_LEAD = 80
_LONGEST_NAME = 200
_ENDING = 20


class Surroundings(NamedTuple):
    """The role of the section that a line stands in, whether in articles, whether it goes on a run of rows, and
    whether it is among the parts of a row above them."""

    role: SectionRole | None
    ruled: bool
    goes_on: bool = False
    part: bool = False


def is_row(
    block: Block, numbers: BlockNumbers, marked: Marked, reading: Reading, place: Surroundings, pack: Pack
) -> bool:
    """Whether a marked line is a row."""
    role, ruled, goes_on, part = place
    if reading.kind not in _ROW_KINDS or reading.rule.id == "marker-small-roman" or block.heading:
        return False
    values = [start for start in numbers.values if start >= marked.end]
    in_run = goes_on and role is SectionRole.TARGETS
    if not values or len(block.text) > (_LONGEST_OF_RUN if in_run else _LONGEST_ROW):
        return False
    text = block.text[marked.end :]
    if pack.expression("counts-what-follows").search(text) and len(values) == 1:
        return False
    lead = text[: values[0] - marked.end]
    if part and len(lead) <= _LONGEST_NAME:
        return True
    if goes_on and (_opens_with_an_indicator(text, pack) or (role is SectionRole.TARGETS and _acts(text, pack))):
        return not any(number.rule == "item-marker" for number in numbers.literals)
    if (colon := COLON.search(lead)) is not None:
        if goes_on and role is SectionRole.TARGETS and _lists_under_a_name(text, numbers, pack):
            return True
        parts = lead[colon.end() :].lstrip()
        return _names_its_value(lead, role, pack) or (
            role is SectionRole.TARGETS and _divides(text, parts, numbers, pack)
        )
    if lead.rstrip().endswith("=") or (role not in _DOINGS and _totals_what_follows(text, lead, pack)):
        return True
    if text.rstrip().endswith(":") or pack.expression("next-sentence").search(text):
        return False
    return in_run or _states_an_indicator(text, lead, role, ruled, pack)


def _opens_with_an_indicator(text: str, pack: Pack) -> bool:
    words = list(words_of(text[:60]))
    return any(pack.words(known).after(words, 0) is not None for known in ("row-openers", "indicator-heads"))


def _totals_what_follows(text: str, lead: str, pack: Pack) -> bool:
    """ "1. Tổng chi ngân sách là 320 tỷ đồng, trong đó:": whether an amount is stated that the next rows divide."""
    return is_divided(text, pack) and len(lead) <= _LONGEST_NAME and _opens_with_an_indicator(text, pack)


def is_divided(text: str, pack: Pack) -> bool:
    """Whether a line ends in words that say that the lines below it are parts of what it states."""
    return pack.expression("divided-below").search(text[-_ENDING:]) is not None


def _acts(text: str, pack: Pack) -> bool:
    """ "3. Lắp mới 25 camera": whether a line begins with what is to be done."""
    return pack.words("act-verbs").after(words_of(text[:60]), 0) is not None


def _divides(text: str, parts: str, numbers: BlockNumbers, pack: Pack) -> bool:
    """ "3. Cơ cấu kinh tế: nông nghiệp 30%; dịch vụ 70%": whether an indicator has values by parts after a colon."""
    if len(text) > _LONGEST_STATEMENT or any(number.rule == "item-marker" for number in numbers.literals):
        return False
    if parts[:1].islower():
        return _opens_with_an_indicator(text, pack)
    return pack.words("structures").after(words_of(text[:60]), 0) is not None


def _lists_under_a_name(text: str, numbers: BlockNumbers, pack: Pack) -> bool:
    """ "5. Chăn nuôi: trâu 640 con, bò 120 con": whether one sentence after a name states the values of a row."""
    if len(text) > _LONGEST_STATEMENT or text.rstrip().endswith(":") or pack.expression("next-sentence").search(text):
        return False
    if pack.words("topic-openers").after(words_of(text[:60]), 0) is not None:
        return False
    return not any(number.rule == "item-marker" for number in numbers.literals)


def _names_its_value(lead: str, role: SectionRole | None, pack: Pack) -> bool:
    """Whether the words before the first value are "name: " or "name: reaches"."""
    if len(lead) > _LONGEST_NAME or lead.rstrip().endswith(")") or not pack.expression("row-value").search(lead):
        return False
    if role in _DOINGS and not lead.rstrip().endswith(":"):
        return _opens_with_an_indicator(lead, pack)
    return role is not SectionRole.GOALS or role_of(lead, pack)[0] is not SectionRole.GOALS


def _states_an_indicator(text: str, lead: str, role: SectionRole | None, ruled: bool, pack: Pack) -> bool:
    """Whether a sentence with a value is an indicator among indicators: by the list that it stands in, or its words."""
    if ";" in text and pack.words("topic-openers").after(words_of(text[:60]), 0) is not None:
        return False
    if role is SectionRole.TARGETS:
        return len(text) <= _LONGEST_STATEMENT
    if role is SectionRole.APPENDIX:
        return len(text) <= _LONGEST_STATEMENT and not ruled
    if role in _DOINGS or (len(text) > _LONGEST_INDICATOR and len(lead) > _LONGEST_LEAD):
        return False
    return pack.words("row-openers").after(list(words_of(text[:60])), 0) is not None
