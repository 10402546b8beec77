"""One file to its rows: the only place where what is wrong with a file becomes rows that say so."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import ValidationError

from nqparse import pipeline
from nqparse.errors import NqparseError, PatternError, UnreadableError
from nqparse.inputs import InputFile
from nqparse.models import DocType, DocumentRecord, Finding, Rows, Severity, Status
from nqparse.packs.load import Pack
from nqparse.tables import Packed, held
from nqparse.text.encodings import read_bytes, steady_bytes
from nqparse.version import __version__

UNREADABLE = "unreadable_file"
_NOTHING = hashlib.sha256().hexdigest()


class Outcome(NamedTuple):
    """What became of one file: how many rows of each kind; ``failure`` says why it could not be read."""

    doc_id: str
    sha256: str
    bytes: int
    sections: int = 0
    indicators: int = 0
    findings: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file's rows, and what became of it."""

    outcome: Outcome
    rows: tuple[Rows | Packed, ...] = field(repr=False)


def parse_file(file: InputFile, pack: Pack) -> Parsed:
    """The rows of one file; where it cannot be read, or not processed, those that say so."""
    try:
        return parse_bytes(steady_bytes(file.path), file.doc_id, pack)
    except UnreadableError as error:
        return failed(file.doc_id, str(error), pack)


def parse_bytes(data: bytes, doc_id: str, pack: Pack) -> Parsed:
    """The rows of a file's bytes; where they cannot be read, or not processed, those that say so."""
    size, digest = len(data), hashlib.sha256(data).hexdigest()
    try:
        parts = pipeline.parts(read_bytes(data, doc_id), pack)
        del data  # a long document is held once, as text
        return _counted(Outcome(doc_id, digest, size), parts)
    except PatternError:  # a fault of the pack is one of every file
        raise
    except NqparseError as error:
        return failed(doc_id, str(error), pack, size=size, digest=digest)
    except MemoryError:  # also of an expression that has to keep too much of a long text in mind
        reason = "it takes more memory than there is; split it"
        return failed(doc_id, reason, pack, size=size, digest=digest, code="memory_limit")
    except ValidationError as error:  # a slip of ours: it must not end the run
        reason = f"its records do not validate: please report this: {error}"
        return failed(doc_id, reason, pack, size=size, digest=digest)


def _counted(outcome: Outcome, parts: Iterable[Rows]) -> Parsed:
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Rows]:
        for rows in parts:
            counts.update(sections=len(rows.sections), indicators=len(rows.indicators), findings=len(rows.findings))
            yield rows
            del rows  # or it would be held while the next is made

    rows = held(counted())
    sections, indicators, findings = (counts[name] for name in ("sections", "indicators", "findings"))
    return Parsed(outcome._replace(sections=sections, indicators=indicators, findings=findings), rows)


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
