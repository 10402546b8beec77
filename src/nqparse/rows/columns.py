"""A table's headings → what each column holds: labels, names, units, or the values of a year, a role, an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import regex

from nqparse.layout.cells import is_label, is_value
from nqparse.layout.tables import Table, numbers_columns
from nqparse.models import Role
from nqparse.packs.load import Pack, words_of
from nqparse.quantity.units import is_unit
from nqparse.rows.separators import columns_of_thousands
from nqparse.syntax.dates import Years

_YEARS = regex.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*[-–]\s*((?:19|20)\d{2}))?(?!\d)")
_BRACKETED = regex.compile(r"\s*\(([^()]{1,40})\)")
_SAMPLE = 60
_LONG_UNIT = 25
_MOST_MERGED = 4
_ROLES = ((Role.ESTIMATE, "column-estimate"), (Role.TARGET, "column-target"), (Role.ACTUAL, "column-actual"))


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: ``what`` is label, name, unit, value, group or other.

    ``title`` is what its heading adds to the rows' names; ``parts`` are the heading's cells that it is from, each as it
    is printed and with the words that are taken of it; ``change`` tells that its numbers are differences, ``ratio``
    that they are shares of ``basis``; ``years`` that bare years in its cells are years; ``thousands`` that its commas
    part thousands.
    """

    what: str
    role: Role | None = None
    period: Years | None = None
    unit: str = ""
    change: bool = False
    ratio: bool = False
    basis: str | None = None
    title: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    years: bool = True
    thousands: bool = False


class Columns(NamedTuple):
    """The columns of a table, the unit that its headings give for all of it, and whether its rows are places."""

    columns: tuple[Column, ...]
    unit: str
    places: bool
    results: bool


class _Content(NamedTuple):
    """How many of a column's cells are filled, and with what."""

    filled: int
    values: int
    labels: int
    units: int


def columns_of(table: Table, pack: Pack) -> Columns:
    """What each column of a table holds, by its headings and by what stands under them."""
    grid = _grid(_heading_rows(table), table.width, pack)
    levels = [tuple(dict.fromkeys(text for text in column if text)) for column in zip(*grid, strict=True)]
    levels = levels or [()] * table.width
    contents = _contents(table, pack)
    label = _label_column(levels, contents, pack)
    name = _name_column(levels, contents, label, pack)
    columns: list[Column] = []
    for at in range(table.width):
        if at in (label, name):
            columns.append(Column("label" if at == label else "name"))
        else:
            columns.append(_column(levels[at], contents[at], at > name, columns, pack))
    title = " ".join(levels[name])
    places = _begins(title, pack, "column-places")
    if places:
        _share_titles(columns)
    for at in columns_of_thousands(table):
        columns[at : at + 1] = [replace(column, thousands=True) for column in columns[at : at + 1]]
    unit = _unit_above(table, pack) or _unit_in(title, pack)
    results = any(column.role in (Role.ACTUAL, Role.ESTIMATE) for column in columns)
    return Columns(tuple(columns), unit, places, results)


def plain_columns(table: Table) -> Columns:
    """The columns of a table whose headings cannot be read: the first with words names the rows, numbers are values."""
    texts = [row.texts() for at, row in enumerate(table.rows[:_SAMPLE]) if at not in table.heads]
    kinds: list[str] = []
    for at in range(table.width):
        filled = [row[at] for row in texts if at < len(row) and row[at]]
        values = sum(map(is_value, filled))
        named = "name" in kinds
        kinds.append("value" if named and values else "label" if not named and 2 * values >= len(filled) else "name")
    return Columns(tuple(Column("other" if "name" in kinds[:at] and kind == "name" else kind)
                         for at, kind in enumerate(kinds)), "", places=False, results=False)  # fmt: skip


def _share_titles(columns: list[Column]) -> None:
    """Give a column of a year alone the indicator of the year's column before it, where the rows are places."""
    for at in range(1, len(columns)):
        one, before = columns[at], columns[at - 1]
        bare = one.what == "value" and not one.title and one.period and not (one.change or one.ratio)
        if bare and before.title and before.period and before.unit == one.unit:
            columns[at] = replace(one, title=before.title, parts=before.parts)


def _heading_rows(table: Table) -> list[tuple[str, ...]]:
    """The heading rows without the table's caption and the columns' numbers."""
    rows = []
    for row in table.titles:
        filled = [text for text in row if text]
        if len(filled) > 1 and not numbers_columns(filled):
            rows.append(row)
    return rows


def _unit_above(table: Table, pack: Pack) -> str:
    for row in table.titles:
        for text in row:
            found = pack.expression("unit-above").search(text)
            if found is not None:
                return str(found.group("unit")).strip(" .)")
    return ""


def _contents(table: Table, pack: Pack) -> list[_Content]:
    """What the cells of each column are, by those of the first rows."""
    counts = [[0] * 4 for _ in range(table.width)]
    body = (row for n, row in enumerate(table.rows[: _SAMPLE + len(table.titles)]) if n not in table.heads)
    for row in body:
        if len(row.cells) < 2:
            continue
        for at, text in enumerate(row.texts()[: table.width]):
            if text:
                value = is_value(text)
                unit = not value and len(text) < _LONG_UNIT and is_unit(text, pack)
                kinds = (True, value, is_label(text), unit)
                counts[at] = [count + kind for count, kind in zip(counts[at], kinds, strict=True)]
    return [_Content(*count) for count in counts]


def _begins(text: str, pack: Pack, rule: str) -> bool:
    return pack.words(rule).after(list(words_of(text)), 0) is not None


def _label_column(levels: Sequence[Sequence[str]], contents: Sequence[_Content], pack: Pack) -> int:
    for at, level in enumerate(levels[:2]):
        if _begins(" ".join(level), pack, "column-label"):
            return at
    first = contents[0]
    return 0 if len(levels) > 2 and not any(levels[0][:1]) and first.labels * 2 > first.filled else -1


def _name_column(levels: Sequence[Sequence[str]], contents: Sequence[_Content], label: int, pack: Pack) -> int:
    """The column of the rows' names: of those that hold words, one that is headed so; else the first."""
    wordy = [
        at
        for at, content in enumerate(contents)
        if at != label
        and content.values * 2 <= content.filled
        and not _begins(" ".join(levels[at]), pack, "column-other")
    ]
    wordy = [at for at in wordy if not _holds_units(levels[at], contents[at], pack)] or wordy
    titled = [at for at in wordy if _is_name_title(" ".join(levels[at]), pack)]
    if titled:
        return max(titled, key=lambda at: (contents[at].filled * 2 >= contents[titled[0]].filled * 3, -at))
    filled = [at for at in wordy if contents[at].filled]
    return (filled or wordy or [min(label + 1, len(levels) - 1)])[0]


def _holds_units(level: Sequence[str], content: _Content, pack: Pack) -> bool:
    """ "Đơn vị" over "người", "xã": the heading and most cells are of units, though the word also heads places."""
    return content.units * 3 > content.filled * 2 and _begins(" ".join(level), pack, "column-unit")


def _is_name_title(title: str, pack: Pack) -> bool:
    return _begins(title, pack, "column-name") and not _YEARS.search(title)


# -- one column -------------------------------------------------------------------------------------------------------


def _column(levels: tuple[str, ...], content: _Content, named: bool, before: Sequence[Column], pack: Pack) -> Column:
    title = " ".join(levels)
    what = _kind(levels, pack)
    if what == "unit" and named and content.values * 2 <= content.filled:
        return Column("unit")
    if named and content.units * 3 > content.filled * 2 and not any(column.what == "unit" for column in before):
        return Column("unit")
    if what == "other" and (content.values * 2 <= content.filled or _begins(title, pack, "column-codes")):
        return Column("other")
    if not named and content.values * 2 <= content.filled:
        return Column("group")
    period = _period(levels)
    role = _role(levels, pack)
    years = not content.values
    unit = _unit_in(title, pack)
    if what in ("change", "ratio"):
        return _compared(Column("value", role, period, unit, years=years), what, title, before, pack)
    if not unit and before and _begins(levels[0] if levels else "", pack, "part-of"):
        unit = before[-1].unit
    parts = tuple(_indicator(levels, pack))
    return Column("value", role, period, unit, title=" ".join(said for _, said in parts), parts=parts, years=years)


def _kind(levels: Sequence[str], pack: Pack) -> str:
    """Which kind of column the longest form at the start of its whole heading, or of the last row of it, names."""
    best, most = "", 0
    for text in (" ".join(levels), levels[-1] if levels else ""):
        words = list(words_of(text))
        for what in ("unit", "other", "change", "ratio"):
            found = pack.words(f"column-{what}").after(words, 0)
            if found is not None and found[0] > most:
                best, most = what, found[0]
    if best in ("", "ratio") and pack.expression("column-of-two-years").search(" ".join(levels)):
        return "ratio"
    return best


def _compared(column: Column, what: str, title: str, before: Sequence[Column], pack: Pack) -> Column:
    """A column of growth or of shares: of the year and role of the column before it, unless its own heading says."""
    last = next((c for c in reversed(before) if c.what == "value"), None)
    if last is not None:
        column = replace(column, role=column.role or last.role, period=column.period or last.period)
    found = pack.expression("column-basis").search(title)
    basis = " ".join(found.group("basis").split()) if found is not None else None
    if what == "change":
        return replace(column, change=True, basis=basis, unit=column.unit or ("%" if "%" in title else ""))
    return replace(column, ratio=True, basis=basis, unit=column.unit or "%")


def _period(levels: Sequence[str]) -> Years | None:
    for text in reversed(levels):
        found = _YEARS.search(text)
        if found is not None:
            first, last = int(found.group(1)), int(found.group(2) or found.group(1))
            return min(first, last), max(first, last)
    return None


def _role(levels: Sequence[str], pack: Pack) -> Role | None:
    """The role that the lowest heading row with one names first."""
    for text in reversed(levels):
        words = list(words_of(text))
        for at in range(len(words)):
            found = [(hit[0], role) for role, rule in _ROLES if (hit := pack.words(rule).after(words, at)) is not None]
            if found:
                return max(found, key=lambda pair: pair[0])[1]
    return None


def _indicator(levels: Sequence[str], pack: Pack) -> Iterator[tuple[str, str]]:
    """The parts of a heading that name an indicator: those without a year or a role, and that say something."""
    for text in levels:
        bare = pack.expression("column-of-years").sub("", _BRACKETED.sub("", text).strip(" :;,.")).strip(" ,")
        words = list(words_of(bare))
        generic = pack.words("column-generic").after(words, 0)
        part = pack.words("part-of").after(words, 0)
        if not words or any(found is not None and found[0] == len(words) for found in (generic, part)):
            continue
        if _role((text,), pack) is None and (named := _without_years(bare, text, pack)):
            yield text, named


def _without_years(bare: str, text: str, pack: Pack) -> str:
    """A heading without its year, if what is left names an indicator ("Tỷ lệ hộ nghèo năm 2021")."""
    if _period((text,)) is None:
        return bare
    if not _begins(bare, pack, "indicator-heads"):
        return ""
    left = pack.expression("row-years").sub("", bare).strip(" :;,.")
    return left if len(words_of(left)) > 2 and _period((left,)) is None else ""


def _unit_in(title: str, pack: Pack) -> str:
    """The unit that a heading gives in brackets, or after "ĐVT:"."""
    found = pack.expression("unit-above").search(title)
    if found is not None:
        return str(found.group("unit")).strip(" .)")
    return next((text for text in reversed(_BRACKETED.findall(title)) if is_unit(text, pack)), "")


# -- headings over several columns ------------------------------------------------------------------------------------


def _grid(rows: Sequence[tuple[str, ...]], width: int, pack: Pack) -> list[list[str]]:
    """The heading rows, each with a text for every column; a merged cell's text stands over all columns under it."""
    if not rows:
        return []
    top, below = rows[0], rows[1:]
    if len(top) >= width:
        return [_spread(top[:width], below), *_grid(below, width, pack)]
    spans = _spans(top, below, width, pack)
    if spans is None:
        shift = 0 if len(rows) == 1 and len(top) * 2 > width else width - len(top)
        return [[*[""] * shift, *top, *[""] * (width - shift - len(top))], *_grid(below, width, pack)]
    merged = [at for at, span in enumerate(spans) for _ in range(span or 1)]
    places = [n for n, at in enumerate(merged) if spans[at]]
    out = [[top[at] for at in merged]]
    for row in _grid(below, len(places), pack):
        laid = [""] * width
        for place, text in zip(places, row, strict=True):
            laid[place] = text
        out.append(laid)
    return out


def _spread(top: Sequence[str], below: Sequence[tuple[str, ...]]) -> list[str]:
    """A full row in which merged cells are empty: a text goes on over the empty cells to its right with texts below."""
    out = list(top)
    for at in range(1, len(out)):
        if not out[at] and any(len(row) == len(top) and row[at] and row[at - 1] for row in below):
            out[at] = out[at - 1]
    return out


def _spans(top: Sequence[str], below: Sequence[tuple[str, ...]], width: int, pack: Pack) -> list[int] | None:
    """How many columns each cell of a short heading row stands over; 0 for one that no row below divides."""
    options = [len(below[0])] if below else []
    if len(below) > 1 and len(below[1]) < len(below[0]) + 4:
        options += [len(below[0]) - k + len(below[1]) for k in range(1, len(below[0]))]
    for under in options:
        merged = under - (width - len(top))
        if 1 <= merged <= min(len(top), under):
            cells = below[0] if len(below[0]) == under else ()
            divisions = _divisions(top, under, merged, pack)
            return min(divisions, key=lambda spans: _strain(top, cells, spans, pack), default=None)
    return None


def _divisions(top: Sequence[str], under: int, merged: int, pack: Pack) -> Iterator[list[int]]:
    bound = ("column-label", "column-other")
    free = [n for n, text in enumerate(top) if text and not any(_begins(text, pack, rule) for rule in bound)]
    free = [n for n in free if n > 0] or free
    for chosen in combinations(free[:10], merged):
        for parts in _parts(under, merged):
            spans = [0] * len(top)
            for n, part in zip(chosen, parts, strict=True):
                spans[n] = part
            yield spans


def _parts(under: int, merged: int) -> Iterator[list[int]]:
    """How some columns may be divided among merged cells; among many of them, in equal parts.

    >>> list(_parts(4, 2)), list(_parts(12, 6))
    ([[1, 3], [2, 2], [3, 1]], [[2, 2, 2, 2, 2, 2]])
    """
    if merged > _MOST_MERGED:
        if under % merged == 0:
            yield [under // merged] * merged
        return
    for cuts in combinations(range(1, under), merged - 1):
        yield [b - a for a, b in zip((0, *cuts), (*cuts, under), strict=True)]


def _strain(top: Sequence[str], cells: Sequence[str], spans: Sequence[int], pack: Pack) -> int:
    """How badly the cells below fit under the merged cells that a division puts them under."""
    strain = at = 0
    for text, span in zip(top, spans, strict=True):
        if not span:
            continue
        years = _period((text,))
        strain += 2 * (span == 1) + 2 * (_begins(text, pack, "column-name") or _begins(text, pack, "column-unit"))
        if regex.search(rf"(?<!\d)0?{span}(?!\d)", text):
            strain -= 2
        for cell in cells[at : at + span]:
            own = _period((cell,))
            if years and own:
                strain += 0 if years[0] <= own[0] and own[1] <= years[1] else 3
            elif years or own:
                strain -= 1 if years else 0
            strain += _role((text,), pack) not in (None, _role((cell,), pack)) and _role((cell,), pack) is not None
        at += span
    return strain


__all__ = ["Column", "Columns", "Years", "columns_of", "is_unit"]
