"""What other programs put into a text on its way: entities and line breaks of HTML, words joined by underscores.

Each function gives the edits that take it out again: (start, end, what is read there instead), in order.
"""

import re
from collections.abc import Iterator
from html import unescape

import regex

Edit = tuple[int, int, str]

_HTML = re.compile(
    r"[&<](?:(?<=&)(?P<entity>(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});)"
    r"|(?<=<)(?:[bB][rR]\s{0,3}/?|/(?:[pP]|[dD][iI][vV]|[lL][iI]|[tT][rR]|[hH][1-6]))>[ \t]*+(?:\r?\n)?)"
)
_ROW = re.compile(r"[ \t]*+\|")
_JOINT = regex.compile(r"(?<=\p{L})_(?=\p{L})")
_APART = regex.compile(
    r"(?P<joint>(?<=\S)_(?=\S))"
    r"|(?P<torn>(?<=\b(?P=end)-(?P<end>\d{1,6})) ?, ?(?=\d))"  # a range from a number to itself had a decimal
    r"|(?P<decimal>(?<=\d) (?=[.,]\d))"
    r"|(?P<before>(?<=\S) (?=[,.;:!?…](?:\s|$|[,.;:)\]”])|[)\]”’]))"
    r"|(?P<mark>(?<=\S) (?=[¹²³⁰-⁹]|\[ ?\d{1,3} ?\]))"
    r"|(?P<after>(?<=[(\[“‘]) (?=\S))"
    r"|(?P<slash>(?<=[\p{L}\p{N}]) (?=/ ?[\p{L}\p{N}])|(?<=[\p{L}\p{N}*\]] ?/) (?=[\p{L}\p{N}]))"
    r"|(?P<number>(?<=\d) (?=- \p{Lu}{2})|(?<=\d ?-) (?=\p{Lu}{2})|(?<=\b\p{Lu}{1,3}\.) (?=\d))"
    r"|(?P<unit>(?<=\d[KMGT]) (?=[bB]\b))",
    regex.MULTILINE,
)
_FEWEST_JOINTS = 5
_LETTERS_PER_JOINT = 100


def html_edits(text: str) -> Iterator[Edit]:
    """Entities as the characters that they stand for; breaks as line ends, but within the cells of a Markdown table.

    >>> [new for _, _, new in html_edits("t&#7927; l&#x1EC7;&nbsp;5%<br/>R&D")]
    ['ỷ', 'ệ', '\\xa0', '\\n']
    """
    if "&" not in text and "<" not in text:
        return
    last, in_row = 0, _ROW.match(text) is not None
    for match in _HTML.finditer(text):
        line = text.rfind("\n", last, match.start()) + 1
        last, in_row = match.start(), _ROW.match(text, line) is not None if line else in_row
        if not match.group("entity"):
            if not in_row:
                yield *match.span(), "\n"
        elif (new := unescape(match.group())) != match.group():
            yield *match.span(), new


def joint_edits(text: str) -> Iterator[Edit]:
    """The blanks of a text whose words were joined by "_" and whose signs were set apart, as they were before.

    >>> [text[start:end] for text in ["tỷ_lệ hộ"] for start, end, _ in joint_edits(text)]
    []
    """
    if "_" not in text or not _is_joined(text):
        return
    for match in _APART.finditer(text):
        yield *match.span(), {"joint": " ", "torn": ","}.get(match.lastgroup or "", "")


def _is_joined(text: str) -> bool:
    """Whether joints are as many as only segmentation makes them: other texts have them in addresses alone."""
    joints = sum(1 for _ in _JOINT.finditer(text))
    return joints >= _FEWEST_JOINTS and joints * _LETTERS_PER_JOINT >= len(text)
