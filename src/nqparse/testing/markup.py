"""Disguises of markup: Markdown added, taken away and escaped; HTML."""

from collections.abc import Iterator
from html.entities import codepoint2name
from random import Random

import regex

from nqparse.testing.draft import Disguised, Edit, Maker
from nqparse.testing.letters import HEADING

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _added(worn: Disguised, random: Random) -> Disguised:
    """Headings and bold for headings, bold for what a bullet begins with, italics for brackets."""
    plain = r"(?m)^(?![#*>])(?=[^\n|\t*]+$)"
    places = regex.finditer(plain + HEADING.removeprefix("(?m)^"), worn.text)
    headed = worn.edited(edit for match in places for edit in _heading(match, random))
    bold = headed.sub(r"(?m)^(- )([\p{L} ]{4,40}):(?= [^*\n|\t]+$)", r"\1**\2:**")
    return bold.sub(r"\((?!\*)(\p{L}[\p{L} ,]{8,60})\)", r"*(\1)*")


def _heading(match: "regex.Match[str]", random: Random) -> Iterator[Edit]:
    """The marks of a heading: before it, after its marker, after it."""
    before, between, after = random.choice((("## ", "", ""), ("**", "", "**"), ("### **", "", "**"), ("**", "** ", "")))
    end = match.end() - len(match.group()) + len(match.group().rstrip())
    yield match.start(), match.start(), before
    if between:
        marker = match.start() + len(match.group("marker").rstrip())
        yield marker, match.end("marker"), between
    yield end, end, after


def _removed(worn: Disguised, _random: Random) -> Disguised:
    return worn.sub(r"(?m)^#{1,6}\s+|\*\*|(?<![\s*])\*(?!\*)|\*(?=[^\s*])|\\(?=[\p{P}\p{S}])", "")


def _escaped(worn: Disguised, random: Random) -> Disguised:
    """Signs that Markdown might take for its own are kept from it."""
    numbers = worn.sub(r"(?m)(?<=^[ ]*(?:\d{1,2}\.)*\d{1,2}|^[IVX]{1,5}|^\p{Lu}|\b\d{4})\.(?=\s|$)", r"\\.")
    dashes = numbers.sub(r"(?<=\s)[-+](?=\s)", lambda match: f"\\{match.group()}")
    bullets = dashes.sub(r"(?m)^[-+](?= )", lambda match: random.choice(("", "\\")) + match.group())
    return bullets.sub(r"(?<!\\)[\[\]<>~]", lambda match: f"\\{match.group()}")


def _entities(worn: Disguised, random: Random) -> Disguised:
    def entity(match: "regex.Match[str]") -> str:
        code = ord(match.group())
        if match.group() == " ":
            return "&nbsp;" if random.random() < 0.1 else " "
        name = codepoint2name.get(code)
        return f"&{name};" if name else random.choice((f"&#{code};", f"&#x{code:X};"))

    return worn.sub(r"[^\x00-\x7f]|[&<>\"]|(?<=\S) (?=\S)", entity)


def _tags(worn: Disguised, random: Random) -> Disguised:
    """``<br>`` for line breaks, ``<sup>`` for raised digits; the lines of tables stay."""
    raised = worn.sub(r"[⁰¹²³⁴-⁹]+", lambda match: f"<sup>{match.group().translate(_SUPERSCRIPTS)}</sup>")
    return raised.sub(
        r"(?m)(?<=^[^\n\t|]*)\n(?=[^\n\t|]*$)", lambda _: random.choice(("<br>", "<br/>\n", "<br />\n", "<BR>\n"))
    )


MAKERS: dict[str, Maker] = {
    "markdown-added": _added,
    "markdown-removed": _removed,
    "escapes": _escaped,
    "html-entities": _entities,
    "html-tags": _tags,
}
