"""What a person should look at: faults of the numbering, implausible values, slips, numbers that no rule explains."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nqparse.language import reads_as_vietnamese
from nqparse.models import Finding, Indicator, Number, Severity
from nqparse.packs.load import Pack
from nqparse.stages.blocks import Block
from nqparse.stages.sections import Tree
from nqparse.text import Source

_SAMPLE = 1 << 11
_FEWEST_LETTERS = 20
_NUMBERED = 5
_MOST_POOR = Decimal(50)


def find_faults(
    source: Source,
    blocks: Sequence[Block],
    tree: Tree,
    indicators: Sequence[Indicator],
    numbers: Sequence[Number],
    pack: Pack,
) -> tuple[Finding, ...]:
    """All findings of a document, in the order of the text."""
    found = [
        *_encoding(source),
        *_language(source),
        *_numbering(source, blocks, tree),
        *_indicators(source, indicators, pack),
        *_unexplained(source, numbers),
        *_counts(source, indicators, pack),
    ]
    return tuple(sorted(found, key=lambda f: (f.char_start or 0, f.code, f.message)))


def _finding(source: Source, code: str, severity: Severity, span: tuple[int, int] | None, message: str) -> Finding:
    start, end = span or (None, None)
    text = source.raw[start:end] if start is not None else None
    return Finding(
        doc_id=source.doc_id, code=code, severity=severity, char_start=start, char_end=end, text=text, message=message
    )


def _encoding(source: Source) -> Iterator[Finding]:
    if source.guessed:
        message = f"the encoding was guessed to be {source.encoding}; save the file as UTF-8 if letters look wrong"
        yield _finding(source, "encoding_guessed", Severity.WARNING, None, message)


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


def _indicators(source: Source, indicators: Sequence[Indicator], pack: Pack) -> Iterator[Finding]:
    for row in indicators:
        span = (row.char_start, row.char_end)
        if not row.unit:
            yield _finding(source, "unit_missing", Severity.WARNING, span, f"no unit for {row.name!r}")
        if (reason := _implausible(row, pack)) is not None:
            yield _finding(source, "implausible_value", Severity.WARNING, span, f"{row.name!r}: {reason}")
        if pack.slip_pattern is not None and pack.slip_pattern.search(row.name.lower()):
            place = (row.statement_start, row.statement_end)
            yield _finding(source, "suspected_ocr_error", Severity.INFO, place, f"a slip in the name {row.name!r}")


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
        if number.class_ == "unexplained":
            span = (number.char_start, number.char_end)
            yield _finding(
                source, "unexplained_number", Severity.INFO, span, f"no rule explains the number {number.text}"
            )


def _counts(source: Source, indicators: Sequence[Indicator], pack: Pack) -> Iterator[Finding]:
    """ "18/18 chỉ tiêu" beside another number of numbered indicators."""
    targets = [row for row in indicators if row.role == "target"]
    labels = {row.label for row in targets if row.core and row.label and row.label.isdigit()}
    if len(labels) < _NUMBERED:
        return
    for row in targets:
        if row.of is None or row.of == len(labels) or not pack.expression("counted-indicators").match(row.unit):
            continue
        message = f"{row.text} {row.unit}, but {len(labels)} indicators are numbered"
        yield _finding(source, "count_mismatch", Severity.WARNING, (row.char_start, row.char_end), message)
