"""Documents built out of the grammar's own pieces: its markers, leads, units and examples, joined by all that joins.

Every document is a walk over two lists, so whatever can choose numbers can build documents: a fuzzer's bytes
(``from_bytes``), hypothesis (``nqparse.testing.strategies``), a random generator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from nqparse.packs.load import Located, Pack

# fmt: off
_MARKERS = (
    "A. ", "B. ", "I. ", "II- ", "V. ", "1. ", "2. ", "1.1. ", "3) ", "a) ", "(1) ", "(2) ", "- ", "+ ", "* ", "• ",
    "# ", "Phần thứ nhất ", "Điều 1. ", "Chương II ", "PHỤ LỤC 1", "## ", "**I.** ", "| ", "|---|---|", "¹ ", "[1] ",
    "CHỈ TIÊU", "KẾT QUẢ NĂM 2023", "Nhiệm vụ", "TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Nơi nhận:", "Biểu số 2",
)
_NUMBERS = (
    "0", "01", "5", "12,5", "2.5", "9.500", "1.167,81", "57/66", "10 - 12", "10-12", "10% đến 12", "100", "2024",
    "१२", "²", "2021-2025", "20/12/2023", "217, 218", "15-NQ/TU", "1.2.3", "..5", "5,", "9" * 29, "-5", "(5)", "1/2/3",
    "5%", "12 %", "từ 3 đến 5", "3,5 - 4,2%", "0/0", "½", "1e9", "1 234", "Ⅳ", "٣", "05", "1:500", "ba",
)
_WORDS = (
    "tỷ lệ hộ nghèo", "thu ngân sách", "hộ gia đình", "trong đó", "đạt", "giảm", "tăng", "tăng từ", "lên", "còn", "(",
    "vượt", "khoảng", "trên", "≥", "<", "ít nhất", "trở lên", "so với cùng kỳ", "kế hoạch tỉnh giao", "ước", ")",
    "phấn đấu", "đến năm", "năm", "ngày", "số", "lần thứ", "khóa XIII", "“", "”", "Bình Tân", "/năm", "/người",
)
_ODD = (
    "\x00", "\x1b[31m", "\x1b]0;x\x07", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffd", "\ud800", "\u0301",
    "a\u0302\u0301", "\U0001f600", "\u00ad", "\u200d", "ﬁ", "İ", "ß", "Ǆ", "\u0660", "\U0010ffff", "\ue000",
    "\x9b31m", "\\1", "&lt;", "<br>",
)
_JOINTS = (
    " ", " ", " ", "", ", ", "; ", ". ", ": ", "\n", "\n", "\n\n", "\t", " | ", "\r\n", "\r", "\u00a0", "\u200b", "-\n",
    " - ", "\f", "  ", "/", "%", " % ", "\n\t", "\n| ", " |\n", "\n- ", "\n1. ", "\n\n\n\n",
)
# fmt: on
_MOST_JOINED = 4096


@dataclass(frozen=True)
class Grammar:
    """What documents are made of: pieces, in groups that are chosen among equally, and what stands between them."""

    groups: tuple[tuple[str, ...], ...] = field(repr=False)
    joints: tuple[str, ...] = _JOINTS

    def walk(self, random: Random, most: int = 40) -> str:
        """A document of at most ``most`` pieces, each chosen by chance."""
        parts: list[str] = []
        for _ in range(random.randint(1, most)):
            parts += random.choice(random.choice(self.groups)), random.choice(self.joints)
        return "".join(parts)

    def from_bytes(self, data: bytes) -> str:
        """The document that a fuzzer's bytes spell: for each piece its group, its place there and what follows it."""
        parts: list[str] = []
        for at in range(0, min(len(data) - 3, _MOST_JOINED), 4):
            group, high, low, joint = data[at : at + 4]
            pieces = self.groups[group % len(self.groups)]
            parts += pieces[(high << 8 | low) % len(pieces)], self.joints[joint % len(self.joints)]
        return "".join(parts)


def grammar_of(pack: Pack) -> Grammar:
    """The pieces of a pack's grammar: the forms of its rules, their examples, and signs that no grammar foresees."""
    forms = tuple(dict.fromkeys(form for located in pack.rules for form in _forms(located)))
    examples = tuple(dict.fromkeys(one.text for located in pack.rules for one in located.rule.examples))
    return Grammar((_MARKERS, _NUMBERS, _NUMBERS, _WORDS, forms, forms, examples, _lines(examples), _ODD))


def _forms(located: Located) -> Iterable[str]:
    forms: Sequence[str] = getattr(located.rule, "forms", ())
    return forms


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """The lines of the examples, each once: parts of tables, heads, lists."""
    return tuple(dict.fromkeys(line for text in texts for line in text.splitlines() if line.strip()))
