"""Stages' values → records, with offsets of the source as decoded and ids that stay while the text stays."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate

from nqparse.catalogue.dimensions import Sort
from nqparse.catalogue.growth import growth_of
from nqparse.catalogue.matching import Coded, coder_of
from nqparse.catalogue.places import Named, codes_of, named_places, place_in, systems_of
from nqparse.faults import RAISING, Guard
from nqparse.folding import fold_all
from nqparse.layout.blocks import Block
from nqparse.models import DocumentRecord, Indicator, Level, Number, Section, Span, Status
from nqparse.outline.head import Head
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack
from nqparse.quantity.numbers import BlockNumbers
from nqparse.statements import Stated, Statement
from nqparse.syntax.dates import Years
from nqparse.text.source import Source
from nqparse.version import __version__
from nqparse.words import joined

_WORDS = re.compile(r"\S+")
_DIGITS = re.compile(r"\d+")
_MOST_NAMES = 1 << 12
_PAST_YEARS = 10_000


def identity(*parts: str) -> str:
    """A short id that depends on the parts alone."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


def head_record(source: Source, head: Head, pack: Pack) -> DocumentRecord:
    """The row of ``documents``."""
    start, end = _years(head.period)
    codes = codes_of(named_places(head.places), systems_of(head.issued_on, start))
    return DocumentRecord(
        doc_id=source.doc_id,
        sha256=source.sha256,
        bytes=source.size,
        chars=len(source.raw),
        encoding=source.encoding,
        status=Status.OK,
        doc_type=head.doc_type,
        number=head.number,
        is_draft=head.is_draft,
        issuer=head.issuer,
        issuer_level=head.level,
        locality=head.locality,
        province=head.places.province,
        district=head.places.district,
        commune=head.places.commune,
        place_code=codes.place,
        province_code=codes.province,
        title=head.title,
        issued_on=head.issued_on,
        period_start=start,
        period_end=end,
        signer=head.signer,
        version=__version__,
        patterns=pack.digest,
    )


def _years(period: Years | None) -> tuple[int | None, int | None]:
    """The years as columns hold them; none where a rule took for a year what cannot be one."""
    if period is None or not all(0 < year < _PAST_YEARS for year in period):
        return None, None
    return period


class Placer:
    """Places in blocks → places in the source as decoded."""

    def __init__(self, source: Source, blocks: Sequence[Block]) -> None:
        self.source = source
        self.blocks = blocks

    def span(self, block: int, start: int, end: int) -> tuple[int, int]:
        """Source span of a block's characters; at least one character must be in it."""
        first, last = self.blocks[block].offsets.span(start, max(end - 1, start))
        if self.source.offsets is not None:
            first, last = self.source.offsets.span(first, last)
        return first, last + 1

    def runs(self, block: int, start: int, end: int) -> Iterator[Span]:
        """The source spans of a block's characters: one where they lie side by side, else one for each word."""
        offsets, further = self.blocks[block].offsets, self.source.offsets
        first, last = offsets.span(start, end - 1)
        if further is not None:
            first, last = further.span(first, last)
        if last - first == end - start - 1 and self.source.raw[last].isalnum() and further is None:
            yield Span(first, last + 1)
            return
        for word in _WORDS.finditer(self.blocks[block].text, start, end):
            yield Span(self._letter(block, word.start())[0], self._letter(block, word.end() - 1)[1])

    def joined(self, runs: Iterable[Span]) -> Iterator[Span]:
        """Spans in their order, those with nothing but white space between them as one."""
        raw, last = self.source.raw, None
        for one in runs:
            if last is not None and last.end <= one.start and not raw[last.end : one.start].strip():
                last = Span(last.start, one.end)
                continue
            if last is not None:
                yield last
            last = one
        if last is not None:
            yield last

    def _letter(self, block: int, at: int) -> tuple[int, int]:
        """The source span of one character of a block; one that was read otherwise may be of several."""
        source = self.source
        place = self.blocks[block].origin(at)
        first = source.origin(place)
        if place + 1 >= len(source.text) or source.raw[first] == source.text[place]:
            return first, first + 1
        return first, max(first + 1, source.origin(place + 1))


def section_records(source: Source, blocks: Sequence[Block], tree: Tree) -> tuple[Section, ...]:
    """The rows of ``sections``."""
    place = Placer(source, blocks)
    ids: list[str] = []
    seen: Counter[str] = Counter()
    rows: list[Section] = []
    reach = _reach(place, blocks)
    for ordinal, span in enumerate(tree.sections):
        seen[span.path] += 1
        ids.append(identity(source.doc_id, "section", span.path, str(seen[span.path])))
        start, _ = place.span(span.first, 0, 1)
        rows.append(
            Section.unchecked(
                doc_id=source.doc_id,
                section_id=ids[-1],
                ordinal=ordinal,
                parent_id=None if span.parent is None else ids[span.parent],
                depth=min(span.depth, 127),
                kind=span.kind,
                marker=span.marker,
                label=span.label,
                path=span.path,
                title=span.title,
                role=span.role,
                char_start=start,
                char_end=max(start + 1, min(reach[span.last - 1], _start(place, blocks, span.last))),
            )
        )
    return tuple(rows)


def _reach(place: Placer, blocks: Sequence[Block]) -> list[int]:
    """For each block, where the text of all up to it ends: one that a page cuts in two ends after those in between."""
    ends = (place.span(n, 0, len(block.text))[1] if block.text else 0 for n, block in enumerate(blocks))
    return list(accumulate(ends, max))


def _start(place: Placer, blocks: Sequence[Block], first: int) -> int:
    """Where the text that begins with the block ``first`` starts; the end of the source where there is none."""
    at = next((n for n in range(first, len(blocks)) if blocks[n].text), None)
    return len(place.source.raw) if at is None else place.span(at, 0, 1)[0]


class Recorder:
    """What was stated, as rows of ``indicators`` and ``numbers``: of the whole document, or of one stretch of it after
    the other."""

    def __init__(
        self,
        source: Source,
        blocks: Sequence[Block],
        sections: Sequence[Section],
        pack: Pack,
        guard: Guard = RAISING,
        head: DocumentRecord | None = None,
    ) -> None:
        self._places: dict[Level, str | None] = named_places(head) if head is not None else {}
        self._systems = systems_of(head.issued_on, head.period_start) if head is not None else ()
        self._source = source
        self._blocks = blocks
        self._sections = sections
        self._pack = pack
        self._guard = guard
        self._coder = coder_of(pack)
        self._place = Placer(source, blocks)
        self._seen: Counter[str] = Counter()
        self._normal: dict[str, str] = {}
        self._ordinal = 0

    def record(self, stated: Stated) -> tuple[tuple[Indicator, ...], tuple[Number, ...]]:
        """The rows of the next stretch, in the order of the text. Of a statement that makes no row, the numbers are in
        the ledger."""
        rows = [(one, self._guarded(one)) for one in stated.statements]
        owners: dict[int, list[tuple[int, int, str]]] = {}
        for one, row in rows:
            if row is not None:
                owners.setdefault(one.block, []).append((one.measure.start, one.measure.end, row.indicator_id))
        return tuple(row for _, row in rows if row is not None), self._ledger(stated, owners)

    def _guarded(self, one: Statement) -> Indicator | None:
        row = self._guard.or_else(None, self._indicator, one, place=self._blocks[one.block])
        if row is not None:
            self._ordinal += 1
        return row

    def _indicator(self, one: Statement) -> Indicator:
        source, place, measure = self._source, self._place, one.measure
        start, end = place.span(one.block, measure.start, measure.end)
        statement = self._blocks[one.block].text[one.start : one.end].strip()
        statement_start, statement_end = place.span(one.block, one.start, one.end)
        key = identity(source.doc_id, statement)
        self._seen[key] += 1
        section = self._sections[one.section] if one.section is not None else None
        years = _years(one.period)
        block = self._blocks[one.block]
        within = self._guard.or_else(None, place_in, one.name, self._pack, place=block)
        coded = self._guard.or_else(Coded(), self._code, one, within.rest if within else one.name, place=block)
        other = within if within is not None and self._places.get(within.level) != within.name else None
        spans: tuple[Span, ...] = self._guard.or_else((), self._name_spans, one, place=block)
        return Indicator(
            doc_id=source.doc_id,
            indicator_id=identity(key, str(self._seen[key])),
            ordinal=self._ordinal,
            section_id=section.section_id if section else None,
            section_path=section.path if section else None,
            group=one.group,
            label=one.label,
            name=one.name,
            name_spans=spans,
            name_norm=self._guard.or_else(one.name.lower(), self._normal_name, one.name, place=self._blocks[one.block]),
            code=coded.code,
            code_rule=coded.rule,
            dimension=coded.dimension,
            place=other.printed if other else None,
            place_code=self._guard.or_else(None, self._place_code, other, place=block) if other else None,
            growth=growth_of(measure.low, measure.high, measure.change, coded),
            low=measure.low,
            high=measure.high,
            bound=measure.bound,
            unit=measure.unit,
            per=measure.per,
            of=measure.of,
            change=measure.change,
            basis=measure.basis,
            role=one.role,
            core=one.core,
            period_start=years[0],
            period_end=years[1],
            text=source.raw[start:end],
            char_start=start,
            char_end=end,
            statement=statement.replace("\t", " | "),
            statement_start=min(statement_start, start),
            statement_end=max(statement_end, end),
            rules=tuple({step.rule: None for step in measure.steps}),
        )

    def _place_code(self, place: Named) -> str | None:
        """The code of a place within the document's own."""
        above = {level: name for level, name in self._places.items() if level is not place.level}
        if place.level is Level.PROVINCE:
            above = {}
        elif place.level is Level.DISTRICT:
            above.pop(Level.COMMUNE, None)
        return codes_of({**above, place.level: place.name}, self._systems).place

    def _code(self, one: Statement, name: str) -> Coded:
        measure = one.measure
        return self._coder.code(name, Sort(measure.unit, measure.per, measure.change, measure.basis is not None))

    def _name_spans(self, one: Statement) -> tuple[Span, ...]:
        place = self._place
        return tuple(place.joined(span for piece in one.pieces for span in place.runs(*piece[3:], *piece[1:3])))

    def _normal_name(self, name: str) -> str:
        """The normal form of a name; a table has most names once for each of its columns."""
        found = self._normal.get(name)
        if found is None:
            if len(self._normal) >= _MOST_NAMES:
                self._normal.clear()
            found = self._normal[name] = normal_name(name, self._pack)
        return found

    def _ledger(self, stated: Stated, owners: Mapping[int, list[tuple[int, int, str]]]) -> tuple[Number, ...]:
        """Each number of the stretch once, in the order of the source."""
        rows: list[Number] = []
        for at, found in enumerate(stated.numbers, start=stated.first):
            if found.literals or self._blocks[at].marks:
                block, of_block = self._blocks[at], owners.get(at, ())
                plainly = partial(self._plain_numbers, at, of_block)
                rows += self._guard.or_do(plainly, self._numbers, at, found, of_block, place=block)
        rows.sort(key=lambda row: row.char_start)
        return tuple(rows)

    def _numbers(self, at: int, found: BlockNumbers, owners: Sequence[tuple[int, int, str]]) -> list[Number]:
        """The numbers of a block, and those of the marks in it; ``owners`` are the indicators by their spans."""
        source, place = self._source, self._place
        rows: list[Number] = []
        measures = sorted(owners)
        starts = [measure[0] for measure in measures]
        for literal in found.literals:
            start, end = place.span(at, literal.start, literal.end)
            near = bisect_right(starts, literal.start) - 1
            owner = measures[near][2] if near >= 0 and literal.end <= measures[near][1] else None
            rows.append(_number(source, start, end, literal.class_, literal.rule, owner))
        for start, end in self._blocks[at].marks:
            span = source.origin(start), source.origin(end - 1) + 1
            rows.append(_number(source, *span, "footnote", "footnote-mark", None))
        return rows

    def _plain_numbers(self, at: int, owners: Sequence[tuple[int, int, str]]) -> list[Number]:
        """The runs of digits in the source of a block whose numbers cannot be placed one by one."""
        first, last = self._blocks[at].span
        spans = [(*self._place.span(at, start, end), owner) for start, end, owner in owners]
        rows = []
        for match in _DIGITS.finditer(self._source.raw, self._source.origin(first), self._source.origin(last - 1) + 1):
            start, end = match.span()
            owner = next((one for a, b, one in spans if a <= start and end <= b), None)
            rows.append(_number(self._source, start, end, None, None, owner))
        return rows


def stretches(blocks: Sequence[Block], size: int) -> Iterator[range]:
    """The blocks of a document in stretches of at least ``size`` characters, none of which runs into the next.

    A paragraph that a page break cuts in two ends after the blocks in between: no stretch ends within it.
    """
    first = length = reach = 0
    for at, block in enumerate(blocks):
        if length >= size and block.text and block.origin(0) >= reach:
            yield range(first, at)
            first, length = at, 0
        length += len(block.text)
        last = max((end for _, end in block.marks), default=0)
        reach = max(reach, last, block.origin(len(block.text) - 1) + 1 if block.text else 0)
    yield range(first, len(blocks))


def normal_name(name: str, pack: Pack) -> str:
    """A name in its normal form: lower case, one form of tone marks, slips mended, words joined by ``_``."""
    folded = fold_all(" ".join(name.lower().split()))
    return joined(pack.slip_pattern.sub(lambda m: pack.slips[m.group()], folded))


def _number(source: Source, start: int, end: int, class_: str | None, rule: str | None, owner: str | None) -> Number:
    if owner is not None:
        class_, rule = "measure", None
    return Number.unchecked(
        doc_id=source.doc_id,
        char_start=start,
        char_end=end,
        text=source.raw[start:end],
        class_=class_ or "unexplained",
        indicator_id=owner,
        rule=rule,
    )
