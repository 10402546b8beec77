"""Lines → tables: rows and cells of tab-separated tables, of pipe tables, and of those flattened to a cell a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from nqparse.layout.cells import YEAR, Row, is_label, is_value, part
from nqparse.layout.flattened import read_flattened
from nqparse.layout.lines import Line
from nqparse.layout.pages import page_ends
from nqparse.layout.stacks import opens_stack, read_stack
from nqparse.packs.load import Pack, words_of

_RULE_LINE = regex.compile(r"\s{0,3}:?-{2,99}:?(?:[ \t]{0,9}\|[ \t]{0,9}:?-{2,99}:?){1,99}\s{0,9}")
_RULE_CELL = regex.compile(r"\s*:?-{2,}:?\s*$")
_PIPE_LINE = regex.compile(r"\s*\|(?:[^|\n]*\|)++\s*$")
_OPEN_LINE = regex.compile(r"[^|\n]++\|(?:[^|\n]*\|)++\s*$")
_COLUMN_NUMBER = regex.compile(r"\(?(\d{1,2}|\p{Lu}|[a-h])\)?(?:\s*=.*)?$")
_MOST_HEADS = 5
_GAP_LINES = 4


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ``width`` columns. ``heads`` are the numbers of the rows that hold headings, those printed again
    included; ``titles`` are the texts of the first of them, from above; ``end`` is the line after the last row."""

    rows: tuple[Row, ...]
    width: int
    heads: frozenset[int]
    titles: tuple[tuple[str, ...], ...]
    end: int


class _Found:
    """What a search from a line came to: a table or none, and the line to go on from."""

    __slots__ = ("end", "table")

    def __init__(self, table: Table | None, end: int) -> None:
        self.table = table
        self.end = end


def find_tables(lines: list[Line], pack: Pack) -> dict[int, Table]:
    """Tables by the number of the line that they begin at. Page furniture within a table is no part of it."""
    tables: dict[int, Table] = {}
    ends = page_ends(lines)
    numbers = [at for at in range(len(lines)) if at not in ends] if ends else range(len(lines))
    body = [_on_page(lines[at], at - 1 in ends) for at in numbers] if ends else lines
    at = 0
    while at < len(body):
        found = _found_at(body, at, pack)
        if found.table is not None:
            tables[numbers[at]] = replace(found.table, end=numbers[found.table.end - 1] + 1)
        at = max(found.end, at + 1)
    return tables


def _on_page(line: Line, tops: bool) -> Line:
    """A line that tops a page or not: the same one where it is so already, since there may be millions."""
    return line if line.page_top == tops else line._replace(page_top=tops)


def _found_at(lines: list[Line], at: int, pack: Pack) -> _Found:
    raw = lines[at].raw
    if "|" in raw:
        if raw.strip() == "|":
            return _flattened(lines, at, pack)
        if _is_piped(raw):
            return _piped(lines, at, pack)
        if at + 1 < len(lines) and _RULE_LINE.fullmatch(lines[at + 1].raw):
            return _ruled(lines, at, pack)
    elif "\t" in raw:
        return _tabbed(lines, at, pack)
    elif opens_stack(lines[at], pack):
        return _stacked(lines, at, pack)
    return _Found(None, at + 1)


def _flattened(lines: list[Line], at: int, pack: Pack) -> _Found:
    """A table whose every cell stands on lines of its own, between lines that hold nothing but a bar."""
    found = read_flattened(lines, at)
    table = _made(list(found.rows), found.end, found.width, pack) if len(found.rows) > 1 else None
    return _Found(table, found.end)


def _stacked(lines: list[Line], at: int, pack: Pack) -> _Found:
    """A table whose every cell stands on a line of its own, with nothing between the cells."""
    stack = read_stack(lines, at, pack)
    table = _made(list(stack.rows), stack.end, len(stack.rows[0].cells), pack, ruled=1) if stack is not None else None
    return _Found(table, table.end if table is not None else at + 1)


# -- heading rows -----------------------------------------------------------------------------------------------------


def _made(rows: list[Row], end: int, width: int, pack: Pack, *, ruled: int = 0) -> Table | None:
    """The table that the rows make: with headings (``ruled`` rows of them are certain), or with columns of numbers."""
    texts = [row.texts() for row in rows]
    if any(pack.expression("no-table").match(text) for row in texts[:_MOST_HEADS] for text in row if text):
        return None
    heads = ruled or _first_heads(texts, width, pack)
    if not heads and not _has_columns_of_numbers(texts):
        return None
    while heads and heads < min(_MOST_HEADS, len(texts)) and _goes_on(texts, heads, width, pack):
        heads += 1
    titles = tuple(texts[:heads])
    return Table(tuple(rows), width, frozenset(range(heads)) | _again(texts, titles), titles, end)


def _first_heads(texts: list[tuple[str, ...]], width: int, pack: Pack) -> int:
    """How many rows there are down to the first that reads like headings; above it stands the table's caption."""
    for n, row in enumerate(texts[:3]):
        if _reads_like_heads(row, pack):
            return n + 1
    first = [text for text in texts[0] if text] if texts else []
    wordy = len(first) >= 3 and len(first) >= width - 1 and not any(is_value(text) or len(text) > 80 for text in first)
    followed = sum(any(is_value(text) for text in row[1:]) for row in texts[1:4])
    return 1 if wordy and followed >= 2 and not is_label(first[0]) else 0


def _reads_like_heads(row: Sequence[str], pack: Pack) -> bool:
    """Whether two cells of a row or more are headings of columns, one of them that of the rows' names or labels."""
    filled = [text for text in row if text]
    if len(filled) < 2 or any(is_value(text) for text in filled):
        return False
    leads = any(_begins(text, pack, rule) for text in filled[:3] for rule in ("column-label", "column-name"))
    known = sum(bool(YEAR.match(text)) or _begins(text, pack, "table-header") for text in filled)
    return leads and known >= 2


def _begins(text: str, pack: Pack, rule: str) -> bool:
    return pack.words(rule).after(list(words_of(text[:60])), 0) is not None


def _has_columns_of_numbers(texts: list[tuple[str, ...]]) -> bool:
    """Whether rows without headings are a table all the same."""
    counted = sum(sum(is_value(text) for text in row[1:]) >= 2 for row in texts)
    return counted >= 3 and counted * 2 >= len(texts)


def _goes_on(texts: list[tuple[str, ...]], n: int, width: int, pack: Pack) -> bool:
    """Whether row ``n``, under headings, is one more row of them: numbers, the parts of merged cells, or a wrap."""
    row = texts[n]
    filled = [text for text in row if text]
    if not filled or numbers_columns(filled):
        return bool(filled)
    if any(is_value(text) for text in filled) or len(filled) < 2:
        return False
    if len(row) < width:
        return not is_label(row[0]) and len(texts[n - 1]) < width
    return not any(row[: _first_values(texts[:n], pack)])


def numbers_columns(filled: Sequence[str]) -> bool:
    """Whether cells number their columns: "A, B, 1, 2, 3 = 2/1"."""
    found = [_COLUMN_NUMBER.match(text) for text in filled]
    numbers = [int(match.group(1)) for match in found if match and match.group(1).isdigit()]
    return all(found) and len(numbers) >= 2 and all(a < b for a, b in pairwise(numbers))


def _first_values(heads: list[tuple[str, ...]], pack: Pack) -> int:
    """The first column that holds neither the rows' labels nor their names."""
    named = (n for row in heads for n, text in enumerate(row) if text and _begins(text, pack, "column-name"))
    return next(named, 0) + 1


def _again(texts: list[tuple[str, ...]], titles: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    """The rows that print the headings again after a page break."""
    known = [frozenset(text for text in row if text) for row in titles]
    known = [heads for heads in known if len(heads) >= 2]
    words = frozenset(text for heads in known for text in heads)
    likely = (n for n in range(len(titles), len(texts)) if sum(text in words for text in texts[n]) >= 2)
    return frozenset(n for n in likely if any(_same(texts[n], heads) for heads in known))


def _same(row: tuple[str, ...], heads: frozenset[str]) -> bool:
    filled = [text for text in row if text]
    return len(filled) >= 2 and sum(text in heads for text in filled) >= max(2, len(filled) - 1)


# -- tab-separated tables ----------------------------------------------------------------------------------------------


def _split(line: Line, sign: str) -> list[tuple[Line, ...]]:
    cells: list[tuple[Line, ...]] = []
    start = 0
    for raw in line.raw.split(sign):
        cell = part(raw, line.start + start)
        cells.append((cell,) if cell.text or cell.marks else ())
        start += len(raw) + 1
    return cells


def _tabbed(lines: list[Line], at: int, pack: Pack) -> _Found:
    if not _tab_heads(lines[at], pack) and sum(bool(text.strip()) for text in lines[at].raw.split("\t")) < 3:
        return _Found(None, at + 1)
    rows: list[Row] = []
    end = n = at
    while n < len(lines) and n - end <= _GAP_LINES:
        line = lines[n]
        if "\t" in line.raw and line.raw.strip():
            if (
                (n > end or (rows and line.page_top))
                and _tab_heads(line, pack)
                and not _same(_split_texts(line), frozenset(rows[0].texts()))
            ):
                break
            _add(rows, _split(line, "\t"), line.start)
            end = n + 1
        elif not line.blank:
            if n > end or not _belongs(lines, n, rows[-1]):
                break
            end = n + 1
            if _wraps(rows[-1], line.text):
                _wrap(rows, [(line,)])
            else:
                rows.append(Row(line.start, ((line,),)))
        n += 1
    return _tab_table(lines, at, end, rows, pack)


def _tab_table(lines: list[Line], at: int, end: int, rows: list[Row], pack: Pack) -> _Found:
    width = max(len(row.cells) for row in rows)
    padded = [row if len(row.cells) == 1 else _padded(row, width) for row in rows]
    table = _made(padded, end, width, pack) if len(rows) > 1 else None
    again = (n for n in range(at + 1, end) if "\t" in lines[n].raw and _tab_heads(lines[n], pack))
    return _Found(table, end if table is not None else next(again, end))


def _padded(row: Row, width: int) -> Row:
    return Row(row.start, (*row.cells, *[()] * (width - len(row.cells))))


def _split_texts(line: Line) -> tuple[str, ...]:
    return tuple(text.strip("*_# ") for text in line.raw.split("\t"))


def _tab_heads(line: Line, pack: Pack) -> bool:
    return _reads_like_heads(_split_texts(line), pack)


def _belongs(lines: list[Line], n: int, above: Row) -> bool:
    """Whether a line without tabs stands in a table: it goes on with the row above, or rows follow it."""
    followed = n + 1 < len(lines) and "\t" in lines[n + 1].raw and len(lines[n].text) < 120
    return followed or _wraps(above, lines[n].text)


def _wraps(row: Row, text: str) -> bool:
    """Whether a text goes on with the last cell of the row above it."""
    return bool(row.cells[-1]) and len(row.cells) > 1 and (text[:1].islower() or text[:1] == "(")


def _add(rows: list[Row], cells: list[tuple[Line, ...]], start: int) -> None:
    """Add a row, or make the last one whole where a cell of it was broken into two lines."""
    text = cells[0][0].text if rows and cells[0] else ""
    if text and _wraps(rows[-1], text) and not is_label(text) and _completes(rows, cells):
        _wrap(rows, cells)
    else:
        rows.append(Row(start, tuple(cells)))


def _completes(rows: list[Row], cells: list[tuple[Line, ...]]) -> bool:
    return len(rows[-1].cells) + len(cells) - 1 == len(rows[0].cells)


def _wrap(rows: list[Row], cells: list[tuple[Line, ...]]) -> None:
    """Put the first of ``cells`` at the end of the last row's last cell, and the others after it."""
    last = rows[-1]
    rows[-1] = Row(last.start, (*last.cells[:-1], (*last.cells[-1], *cells[0]), *cells[1:]))


# -- markdown pipe tables ---------------------------------------------------------------------------------------------


def _is_piped(raw: str) -> bool:
    """Whether a line holds cells each of which a bar ends; the first may have none before it ("Thu | 12 | 14 |")."""
    return bool(_PIPE_LINE.match(raw) or _OPEN_LINE.match(raw))


def _piped(lines: list[Line], at: int, pack: Pack) -> _Found:
    rows: list[Row] = []
    ruled = 0
    end = at
    first = 1
    while end < len(lines) and _is_piped(lines[end].raw):
        first = first if _PIPE_LINE.match(lines[end].raw) else 0
        end += 1
    for line in lines[at:end]:
        if all(_RULE_CELL.match(text) for text in line.raw.strip().strip("|").split("|")):
            ruled = ruled or len(rows)
        else:
            rows.append(Row(line.start, tuple(_split(line, "|")[first:-1])))
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return _Found(None, end)
    return _Found(_made(rows, end, max(len(row.cells) for row in rows), pack, ruled=min(ruled, _MOST_HEADS)), end)


def _ruled(lines: list[Line], at: int, pack: Pack) -> _Found:
    """A table that nothing but a rule under its headings shows, with bars between its cells and none around them."""
    end = at + 2
    while end < len(lines) and "|" in lines[end].raw:
        end += 1
    rows = [Row(line.start, tuple(_split(line, "|"))) for line in (lines[at], *lines[at + 2 : end])]
    if len(rows) < 2:
        return _Found(None, at + 1)
    return _Found(_made(rows, end, max(len(row.cells) for row in rows), pack, ruled=1), end)
