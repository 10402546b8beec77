"""What a person should look at: faults of the numbering, implausible values, slips, numbers that no rule explains."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, groupby
from typing import NamedTuple

from nqparse.catalogue.places import codes_of, named_places, systems_of
from nqparse.consistency import Indicators, Odd, in_statement, oddities
from nqparse.faults import RAISING, Guard, RuleFault
from nqparse.layout.blocks import Block
from nqparse.models import DocumentRecord, Finding, Indicator, Number, Severity
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack
from nqparse.quantity.amounts import COMMA_OF_THOUSANDS, ambiguous
from nqparse.quantity.measures import ROUNDED
from nqparse.quantity.numbers import TOO_LARGE
from nqparse.text.language import reads_as_vietnamese
from nqparse.text.source import Source

RULE_FAILED = "rule_failed"
_MILD = frozenset({"name_is_unit", "outlier"})
_SAMPLE = 1 << 11
_FEWEST_LETTERS = 20
_NUMBERED = 5
_MOST_POOR = Decimal(50)


class _Place(NamedTuple):
    """Where an indicator's number is."""

    source: Source
    row: Indicator

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the text as the stages read it."""
        offsets, start, end = self.source.offsets, self.row.char_start, self.row.char_end
        return (start, end) if offsets is None else (offsets.back(start), offsets.back(end - 1) + 1)


class Reviewer:
    """Finds what a person should look at: in the whole document, or in one stretch of it after the other."""

    def __init__(
        self,
        source: Source,
        blocks: Sequence[Block],
        tree: Tree,
        pack: Pack,
        guard: Guard = RAISING,
        head: DocumentRecord | None = None,
    ) -> None:
        self._head = head
        self._source = source
        self._blocks = blocks
        self._tree = tree
        self._pack = pack
        self._guard = guard
        self._labels: set[str] = set()
        self._counted: list[Indicator] = []
        self._known = Indicators()
        self._issued = head.issued_on.year if head is not None and head.issued_on is not None else None

    def review(self, indicators: Sequence[Indicator], numbers: Sequence[Number]) -> tuple[Finding, ...]:
        """The findings on rows of the next stretch, in the order of the text."""
        self._guard.or_else(None, self._count, indicators)
        found = [
            *_unexplained(self._source, numbers),
            *chain.from_iterable(map(self._of_row, indicators)),
            *self._step(lambda: self._beside(indicators)),
        ]
        return tuple(sorted(found, key=_order))

    def _of_row(self, row: Indicator) -> list[Finding]:
        self._guard.place = _Place(self._source, row)
        found = self._step(lambda: _indicator(self._source, row, self._pack))
        found += self._step(lambda: map(self._odd, oddities(row, self._issued, self._pack)))
        self._guard.place = None
        return found

    def _beside(self, indicators: Sequence[Indicator]) -> Iterator[Finding]:
        """The findings on rows beside those of their statement, and beside those of the document before them."""
        for _, rows in groupby(indicators, key=lambda row: (row.statement_start, row.statement_end)):
            yield from map(self._odd, in_statement(tuple(rows), self._pack))
        yield from map(self._odd, self._known.odd(indicators))

    def _odd(self, odd: Odd) -> Finding:
        grave = Severity.INFO if odd.code in _MILD else Severity.WARNING
        return _finding(self._source, odd.code, grave, odd.span, odd.message)

    def conclude(self) -> tuple[Finding, ...]:
        """The findings on the document as a whole, after its last stretch, and on what was passed over in it."""
        source = self._source
        steps: tuple[Callable[[], Iterator[Finding]], ...] = (
            lambda: _empty(source),
            lambda: _replaced(source),
            lambda: _encoding(source),
            lambda: _language(source),
            lambda: _slips(source),
            lambda: _numbering(source, self._blocks, self._tree),
            lambda: _counts(source, self._counted, len(self._labels)),
            lambda: _place(source, self._head),
        )
        found = [one for step in steps for one in self._step(step)]
        return tuple(sorted((*found, *_passed_over(source, self._guard.met)), key=_order))

    def _step(self, step: Callable[[], Iterator[Finding]]) -> list[Finding]:
        """The findings of one step of the review; none where it fails."""
        nothing: list[Finding] = []
        return self._guard.or_else(nothing, lambda: list(step()))

    def _count(self, indicators: Sequence[Indicator]) -> None:
        counted = self._pack.expression("counted-indicators")
        targets = [row for row in indicators if row.role == "target"]
        self._labels |= {row.label for row in targets if row.core and row.label and row.label.isdigit()}
        self._counted += (row for row in targets if row.of is not None and counted.match(row.unit))


def _order(finding: Finding) -> tuple[int, str, str]:
    return finding.char_start or 0, finding.code, finding.message


def _finding(source: Source, code: str, severity: Severity, span: tuple[int, int] | None, message: str) -> Finding:
    start, end = span or (None, None)
    text = source.raw[start:end] if start is not None else None
    return Finding(
        doc_id=source.doc_id, code=code, severity=severity, char_start=start, char_end=end, text=text, message=message
    )


def _encoding(source: Source) -> Iterator[Finding]:
    if source.lettering is not None:
        message = (
            f"the letters are those of {source.lettering} fonts (over {source.encoding}) by their statistics, and were"
            " read as such; save the file in Unicode if names look wrong"
        )
        yield _finding(source, "encoding_guessed", Severity.WARNING, None, message)
    elif source.guessed:
        message = f"the encoding was guessed to be {source.encoding}; save the file as UTF-8 if letters look wrong"
        yield _finding(source, "encoding_guessed", Severity.WARNING, None, message)


def _empty(source: Source) -> Iterator[Finding]:
    if not source.raw.strip():
        message = "the file holds no text; is it a scan, or the copy of one, that was not recognised?"
        yield _finding(source, "empty_text", Severity.WARNING, None, message)


def _replaced(source: Source) -> Iterator[Finding]:
    if not source.replaced:
        return
    first = source.replaced_at[0]
    places = ", ".join(map(str, source.replaced_at)) + (", …" if source.replaced > len(source.replaced_at) else "")
    message = (
        f"{source.replaced} invalid bytes of the file (runs that begin a character count once) were read as U+FFFD, at "
        f"{places}: look at the words there"
    )
    yield _finding(source, "bytes_replaced", Severity.WARNING, (first, first + 1), message)


def _slips(source: Source) -> Iterator[Finding]:
    for start, word in source.slips:
        span = source.origin(start), source.origin(start + len(word) - 1) + 1
        message = f"a slip of the scanner, read as {word!r}"
        yield _finding(source, "suspected_ocr_error", Severity.INFO, span, message)


def _language(source: Source) -> Iterator[Finding]:
    sample = source.text[:_SAMPLE]
    if not reads_as_vietnamese(sample) and sum(map(str.isalpha, sample)) >= _FEWEST_LETTERS:
        message = "the text does not read as Vietnamese: is it in another language, without accents, or in an old font?"
        yield _finding(source, "not_vietnamese", Severity.WARNING, None, message)


def _numbering(source: Source, blocks: Sequence[Block], tree: Tree) -> Iterator[Finding]:
    for fault in tree.faults:
        section = tree.sections[fault.section]
        block = blocks[section.first]
        start = source.origin(block.origin(0))
        end = source.origin(block.origin(max(0, len(section.marker) - 1))) + 1
        yield _finding(source, fault.code, Severity.WARNING, (start, end), f"section {section.path}: {fault.message}")


def _passed_over(source: Source, faults: Sequence[RuleFault]) -> Iterator[Finding]:
    """The rules and functions that failed; the place is that of the line or block at which they did."""
    for fault in _once_each(faults):
        span = None
        if fault.span is not None and fault.span[0] < fault.span[1]:
            span = source.origin(fault.span[0]), source.origin(fault.span[1] - 1) + 1
        message = f"not read in full, please report it: {fault}"
        yield _finding(source, RULE_FAILED, Severity.ERROR, span, message)


def _once_each(faults: Sequence[RuleFault]) -> Iterator[RuleFault]:
    """The faults without those that say the same of a place as another: several steps may ask one rule about a line."""
    last: RuleFault | None = None
    for fault in sorted(faults, key=lambda one: (one.reason, one.span or (-1, -1))):
        same = last is not None and last.reason == fault.reason
        if same and last is not None and _meet(last.span, fault.span):
            continue
        last = fault
        yield fault


def _meet(one: tuple[int, int] | None, two: tuple[int, int] | None) -> bool:
    """Whether two places, of which the first does not begin after the second, have something in common."""
    return two[0] < one[1] if one is not None and two is not None else one is two


def _indicator(source: Source, row: Indicator, pack: Pack) -> Iterator[Finding]:
    span = (row.char_start, row.char_end)
    if ROUNDED in row.rules:
        message = f"the value of {row.text} has more decimals than the tables hold, and was rounded half even"
        yield _finding(source, "value_rounded", Severity.WARNING, span, message)
    if (printed := ambiguous(row.text)) is not None:
        grave = Severity.INFO if row.unit == "%" else Severity.WARNING
        yield _finding(source, "ambiguous_number", grave, span, _either(printed, row))
    if not row.unit:
        yield _finding(source, "unit_missing", Severity.WARNING, span, f"no unit for {row.name!r}")
    if (reason := _implausible(row, pack)) is not None:
        yield _finding(source, "implausible_value", Severity.WARNING, span, f"{row.name!r}: {reason}")
    if pack.slip_pattern.search(row.name.lower()):
        place = (row.statement_start, row.statement_end)
        yield _finding(source, "suspected_ocr_error", Severity.INFO, place, f"a slip in the name {row.name!r}")


def _either(printed: str, row: Indicator) -> str:
    """How a number was read whose comma may mean two things."""
    decimal, whole = f"{Decimal(printed.replace(',', '.')).normalize():f}", printed.replace(",", "")
    if COMMA_OF_THOUSANDS in row.rules:
        return f"{printed} was read as {whole}: three digits follow every comma of its column; it may be {decimal}"
    return f"{printed} was read as {decimal}; it may be {whole}, if its comma parts thousands"


def _implausible(row: Indicator, pack: Pack) -> str | None:
    """Why a value cannot be right, or is seldom right."""
    low, high = row.low, row.high
    if low is not None and high is not None and low > high:
        return f"the range runs down, from {low.normalize():f} to {high.normalize():f}"
    top = high if high is not None else low
    if row.unit != "%" or row.change != "level" or row.basis is not None or top is None:
        return None
    name = row.name.lower()
    if top > 100 and pack.expression("share-of-a-whole").match(name):
        return f"a share of {top.normalize():f} %"
    if top > _MOST_POOR and pack.expression("poverty-rate").match(name):
        return f"a poverty rate of {top.normalize():f} %"
    return None


def _unexplained(source: Source, numbers: Sequence[Number]) -> Iterator[Finding]:
    for number in numbers:
        if number.class_ != "unexplained":
            continue
        span = (number.char_start, number.char_end)
        if number.rule == TOO_LARGE:
            message = f"the value of {number.text} is larger than the tables hold: it is no indicator"
            yield _finding(source, "unexplained_number", Severity.WARNING, span, message)
        else:
            message = f"no rule explains the number {number.text}"
            yield _finding(source, "unexplained_number", Severity.INFO, span, message)


def _counts(source: Source, counted: Sequence[Indicator], labels: int) -> Iterator[Finding]:
    """ "18/18 chỉ tiêu" beside another number of numbered indicators."""
    for row in counted:
        if labels < _NUMBERED or row.of == labels:
            continue
        message = f"{row.text} {row.unit}, but {labels} indicators are numbered"
        yield _finding(source, "count_mismatch", Severity.WARNING, (row.char_start, row.char_end), message)


def _place(source: Source, head: DocumentRecord | None) -> Iterator[Finding]:
    """A place whose name several have, so that it has no code."""
    if head is None or not codes_of(named_places(head), systems_of(head.issued_on, head.period_start)).ambiguous:
        return
    message = f"several places are called {head.commune or head.district or head.province}: which one is not said"
    yield _finding(source, "ambiguous_place", Severity.INFO, None, message)
