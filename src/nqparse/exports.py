"""What other programs put into a text on its way: entities and line breaks of HTML, words joined by underscores.

Each function gives the edits that take it out again: (start, end, what is read there instead), in order.
"""

from collections.abc import Iterator
from html import unescape

import regex

Edit = tuple[int, int, str]

_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_HTML = regex.compile(
    r"(?P<row>^[ \t]*+\|[^\n]*+)|(?P<break><(?:br\s{0,3}/?|/(?:p|div|li|tr|h[1-6]))>[ \t]*+(?:\r?\n)?)|(?P<entity>"
    + _ENTITY.pattern
    + ")",
    regex.MULTILINE | regex.IGNORECASE,
)
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
    for match in _HTML.finditer(text):
        if match.lastgroup == "row":
            for entity in _ENTITY.finditer(text, match.start(), match.end()):
                yield from _entity(entity)
        elif match.lastgroup == "break":
            yield *match.span(), "\n"
        else:
            yield from _entity(match)


def _entity(match: "regex.Match[str]") -> Iterator[Edit]:
    new = unescape(match.group())
    if new != match.group():
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
