"""Documents of any size that are built to take long: each repeats what some step has to look back on."""

from collections.abc import Callable
from itertools import cycle, islice, product

Builder = Callable[[int], str]
"""Builds a document of about so many characters."""


def _over(piece: str, end: str = "") -> Builder:
    """The piece over and over."""
    return lambda size: piece * max(1, size // len(piece)) + end


def _counted(form: str) -> Builder:
    """The form over and over, with the count in it."""

    def build(size: int) -> str:
        return "".join(form.format(n) for n in range(1, max(2, size // (len(form) + 2))))

    return build


def _deep(size: int) -> str:
    """Sections of all kinds, each in the one before."""
    lines = (
        "Phần thứ nhất\n",
        "A. NHIỆM VỤ\n",
        "I. CHỈ TIÊU\n",
        "1. Kinh tế\n",
        "1.1. Thu\n",
        "a) Thuế 5%\n",
        "- Phí: 3%\n",
    )
    return "".join(islice(cycle(lines), max(1, size // 12)))


def _words(size: int) -> str:
    """Syllables that all differ, with a number now and then."""
    signs = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    syllables = ("".join(letters) for letters in product(signs, repeat=4))
    return " ".join(f"{one} 5%." if at % 9 == 0 else one for at, one in enumerate(islice(syllables, size // 5)))


DOCUMENTS: dict[str, Builder] = {
    "one number": _over("1"),
    "one number with points": _over("1."),
    "numbers and commas": _over("1,"),
    "numbers and blanks": _over("1 "),
    "numbers and slashes": _over("1/2/"),
    "shares": _over("5% "),
    "ranges that go on": _over("10-"),
    "from one to the next": _over("từ 5% đến "),
    "one word": _over("nghèo"),
    "one syllable over and over": _over("hộ "),
    "blanks": _over(" ", "5%"),
    "tabs": _over("\t", "5%"),
    "lines without text": _over("\n", "5%"),
    "pipes": _over("| ", "5%"),
    "rows of one number": _over("5\n"),
    "rows of a table": _counted("{}\tSố hộ\thộ\t12\n"),
    "brackets in a cell": lambda size: "1\tThu" + "(a) " * (size // 4) + "\ttỷ đồng\t5\n2\tChi\ttỷ đồng\t5\n",
    "shares dealt out": lambda size: "Tỷ lệ" + " hộ," * (size // 8) + " lần lượt là" + " 5%," * (size // 8) + "\n",
    "slips": _over("Tỷ lể hộ nghẽo dạt 5%. Vốn dầu tu công. "),
    "words that are rare": _words,
    "rows that grow": lambda size: "".join("5\t" * n + "\n" for n in range(1, max(2, int(size**0.5)))),
    "brackets that open": _over("(5 "),
    "brackets that open and close": _over("(5) "),
    "quotes that open": _over("“5 "),
    "list marks": _over("- "),
    "bullets": _over("- Tỷ lệ hộ nghèo 5%\n"),
    "section numbers": _counted("{}. Thu ngân sách đạt 5 tỷ đồng\n"),
    "sections under the same number": _over("1. Thu\n"),
    "deep section numbers": _over("1.1.1.1. "),
    "nested sections": _deep,
    "footnote marks": _over("hộ¹ "),
    "footnotes": _counted("hộ[{0}]\n[{0}] gồm 5 hộ\n"),
    "pages": _counted("Tỷ lệ hộ nghèo giảm\n{}\n\f"),
    "lines that a page cuts": _over("Tỷ lệ hộ-\n\n"),
    "combining marks": _over("a\u0301\u0302"),
    "marks on nothing": _over("\u0301"),
    "what is not seen": _over("\u200b", "5%"),
    "names that go on": _over("tỷ lệ hộ nghèo và ", "5%"),
    "parts of a whole": _over("trong đó: thu 5 tỷ đồng, "),
    "compared": _over("so với cùng kỳ năm 2020 "),
    "clauses": _over("giảm 5%; "),
    "markdown": _over("**5** "),
    "headings": _over("# Chỉ tiêu\n"),
    "capitals": _over("CHỈ TIÊU "),
    "dates": _over("ngày 5 tháng 5 năm 2020, "),
    "seals": _over("TM. BAN CHẤP HÀNH\nBÍ THƯ\n"),
}
"""The documents by what they are made of."""
