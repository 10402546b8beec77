"""One file to its rows: the only place where what is wrong with a file becomes rows that say so."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from nqparse import pipeline
from nqparse.errors import NqparseError, PatternError, UnreadableError
from nqparse.faults import Guard, RuleFault
from nqparse.findings import RULE_FAILED
from nqparse.inputs import InputFile
from nqparse.models import DocType, DocumentRecord, Finding, Rows, Severity, Status
from nqparse.packs.load import Pack
from nqparse.tables import Packed, held
from nqparse.text.encodings import read_bytes, steady_bytes
from nqparse.version import __version__

UNREADABLE = UnreadableError.code
_MOST_LINES = 5
_LINE_END = re.compile(r"\r\n?|\n")
_NOTHING = hashlib.sha256().hexdigest()


class Outcome(NamedTuple):
    """What became of one file: how many rows of each kind; ``failure`` says why it could not be read, ``partial`` which
    lines of it could not be read in full."""

    doc_id: str
    sha256: str
    bytes: int
    sections: int = 0
    indicators: int = 0
    findings: int = 0
    failure: str | None = None
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file's rows, and what became of it."""

    outcome: Outcome
    rows: tuple[Rows | Packed, ...] = field(repr=False)


def parse_file(file: InputFile, pack: Pack, *, strict: bool | None = None) -> Parsed:
    """The rows of one file; where it cannot be read, or not processed, those that say so."""
    try:
        data = steady_bytes(file.path)
    except UnreadableError as error:
        return failed(file.doc_id, str(error), pack, code=error.code)
    return parse_bytes(data, file.doc_id, pack, strict=strict)


def parse_bytes(data: bytes, doc_id: str, pack: Pack, *, strict: bool | None = None) -> Parsed:
    """The rows of a file's bytes; where they cannot be read, or not processed, those that say so.

    Where it is ``strict``, whatever a rule raises is raised; None asks the environment.
    """
    guard = Guard(strict=strict)
    begun = Outcome(doc_id, hashlib.sha256(data).hexdigest(), len(data))
    return guard.or_do(lambda: _lost(begun, guard.met[-1], pack), _parsed, [data], begun, pack, strict)


def _parsed(held_data: list[bytes], begun: Outcome, pack: Pack, strict: bool | None) -> Parsed:
    try:
        source = read_bytes(held_data.pop(), begun.doc_id, strict=strict)  # a long document is held once, as text
        raw, parts = source.raw, pipeline.parts(source, pack, strict=strict)
        del source
        return _counted(begun, parts, raw)
    except PatternError:  # a fault of the pack is one of every file
        raise
    except NqparseError as error:
        code = error.code if isinstance(error, UnreadableError) else UNREADABLE
        return failed(begun.doc_id, str(error), pack, size=begun.bytes, digest=begun.sha256, code=code)
    except MemoryError:  # also of an expression that has to keep too much of a long text in mind
        reason = "it takes more memory than there is; split it"
        return failed(begun.doc_id, reason, pack, size=begun.bytes, digest=begun.sha256, code="memory_limit")


def _lost(begun: Outcome, fault: RuleFault, pack: Pack) -> Parsed:
    """The rows of a file of which nothing can be read, for a fault of ours: it must not end the run."""
    reason = f"nothing of it could be read, please report it: {fault}"
    return failed(begun.doc_id, reason, pack, size=begun.bytes, digest=begun.sha256, code=RULE_FAILED)


def _counted(outcome: Outcome, parts: Iterable[Rows], raw: str) -> Parsed:
    counts: Counter[str] = Counter()
    faults: list[Finding] = []

    def counted() -> Iterator[Rows]:
        for rows in parts:
            counts.update(sections=len(rows.sections), indicators=len(rows.indicators), findings=len(rows.findings))
            faults.extend(finding for finding in rows.findings if finding.code == RULE_FAILED)
            yield rows
            del rows  # or it would be held while the next is made

    rows = held(counted())
    sections, indicators, findings = (counts[name] for name in ("sections", "indicators", "findings"))
    partial = partial_message(outcome.doc_id, faults, raw)
    return Parsed(outcome._replace(sections=sections, indicators=indicators, findings=findings, partial=partial), rows)


def partial_message(doc_id: str, findings: Iterable[Finding], raw: str) -> str | None:
    """What to tell of a document that was not read in full, by its findings; None of one that was.

    >>> from nqparse.models import Severity
    >>> found = Finding(
    ...     doc_id="a.txt", code=RULE_FAILED, severity=Severity.ERROR, char_start=9, char_end=12, text="năm", message=""
    ... )
    >>> partial_message("a.txt", [found], "Kết quả\\n\\nnăm 2024")
    'a.txt: 1 line could not be read in full (line 3); please report it'
    """
    faults = [finding for finding in findings if finding.code == RULE_FAILED]
    if not faults:
        return None
    lines = sorted({_line_of(one.char_start, raw) for one in faults if one.char_start is not None})
    if not lines:
        return f"{doc_id}: it could not be read in full; please report it"
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    counted, named = ("1 line", "line") if len(lines) == 1 else (f"{len(lines)} lines", "lines")
    return f"{doc_id}: {counted} could not be read in full ({named} {shown}); please report it"


def _line_of(place: int, raw: str) -> int:
    """The number of the line of a place, from 1."""
    return 1 + len(_LINE_END.findall(raw, 0, place))


def failed(
    doc_id: str, reason: str, pack: Pack, *, size: int = 0, digest: str = _NOTHING, code: str = UNREADABLE
) -> Parsed:
    """The rows of a file that could not be read, for that reason."""
    head = DocumentRecord(
        doc_id=doc_id,
        sha256=digest,
        bytes=size,
        chars=0,
        encoding="",
        status=Status.FAILED,
        doc_type=DocType.OTHER,
        version=__version__,
        patterns=pack.digest,
    )
    message = f"{doc_id}: {reason}"
    finding = Finding(doc_id=doc_id, code=code, severity=Severity.ERROR, message=message)
    return Parsed(Outcome(doc_id, digest, size, findings=1, failure=message), (Rows((head,), findings=(finding,)),))
