"""Disguises of the lines: their ends, indents, hard wraps, pages."""

from collections.abc import Iterator
from functools import partial
from random import Random

import regex

from nqparse.testing.draft import Disguised, Edit, Maker

_HEADERS = ("Tài liệu lưu hành nội bộ", "Văn phòng Lam Hà                    Bản sao y", "BẢN TIN CÔNG BÁO")
_PAGES = ("{0}", "- {0} -", "Trang {0}", "                              {0}")
_LINES_PER_PAGE = 40
_BETWEEN_CUTS = 2500


def _ends(worn: Disguised, _random: Random, *, end: str) -> Disguised:
    return worn.sub(r"\r\n|\r|\n", end)


def _tabs(worn: Disguised, _random: Random) -> Disguised:
    """Tabs for indents: of indented lines, of paragraphs' first lines, after bullets."""
    indented = worn.sub(r"(?m)^ {2,}(?=\S)(?![^\n]*(?:   |\t|\|))", "\t")
    opened = indented.sub(r"(?<=\n\n)(?=\p{Lu}\p{L}* [^\n\t|]{60})", "\t")
    return opened.sub(r"(?m)^([-+•]) (?=[^\n\t|]+$)", r"\1" + "\t")


def _wrapped(worn: Disguised, random: Random, *, width: int, paged: bool = False) -> Disguised:
    wrapped = worn.edited(_breaks(worn.text, width))
    return wrapped.edited(_page_ends(wrapped.text, random)) if paged else wrapped


def _breaks(text: str, width: int) -> Iterator[Edit]:
    """Line breaks for blanks, so that no line of running text is longer than ``width``."""
    for line in regex.finditer(r"[^\n]+", text):
        if regex.search(r"\t|\||\S {3,}\S", line.group()):
            continue
        start = line.start()
        while line.end() - start > width:
            at = text.rfind(" ", start + 1, start + width + 1)
            if at < 0 or not text[start:at].strip():
                break
            yield at, at + 1, "\n"
            start = at + 1


def _page_ends(text: str, random: Random) -> Iterator[Edit]:
    header, number = random.choice(_HEADERS), random.choice(_PAGES)
    blank = random.choice(("\n", ""))
    for page, line in enumerate(list(regex.finditer(r"\n", text))[_LINES_PER_PAGE - 1 :: _LINES_PER_PAGE], 1):
        yield line.start(), line.end(), f"\n{blank}{number.format(page)}\n\f{header}\n{blank}"


def _page_cuts(worn: Disguised, random: Random) -> Disguised:
    """A blank line in the middle of sentences, as where a page ends, with nothing else to show it."""
    return worn.edited(_cuts(worn.text, random))


def _cuts(text: str, random: Random) -> Iterator[Edit]:
    last = 0
    for paragraph in regex.finditer(r"[^\n\t|]{200,}", text):
        places = list(
            regex.finditer(
                r"(?<=[\p{L}\d,]) (?=[\p{L}\d(])", text, pos=paragraph.start() + 60, endpos=paragraph.end() - 60
            )
        )
        if places and paragraph.start() + len(paragraph.group()) - last > _BETWEEN_CUTS:
            cut = random.choice(places)
            last = cut.start()
            yield cut.start(), cut.end(), "\n\n"


MAKERS: dict[str, Maker] = {
    "crlf": partial(_ends, end="\r\n"),
    "cr": partial(_ends, end="\r"),
    "tabs": _tabs,
    "wrap-60": partial(_wrapped, width=60),
    "wrap-80": partial(_wrapped, width=80),
    "wrap-100": partial(_wrapped, width=100),
    "pages-60": partial(_wrapped, width=60, paged=True),
    "pages-80": partial(_wrapped, width=80, paged=True),
    "pages-100": partial(_wrapped, width=100, paged=True),
    "page-cuts": _page_cuts,
}
