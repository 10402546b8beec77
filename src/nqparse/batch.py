"""A folder of documents in, a folder of tables out.

A run is: list the files, give each to ``parse_file``, write the documents in order as one part of each table. The first
and the last are done once; ``parse_file`` depends on nothing but its file and the pack. So workers can take over the
middle, and a part can be written, kept and skipped for each shard of the files.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from pydantic import ValidationError

from nqparse import pipeline
from nqparse.errors import NqparseError, PatternError
from nqparse.inputs import InputFile, PassedOver, ignore, list_files
from nqparse.limits import Limited, LimitError
from nqparse.models import TABLES, DocType, DocumentRecord, Finding, Rows, Severity, Status
from nqparse.packs.load import Pack
from nqparse.readers import read_bytes, steady_bytes
from nqparse.staging import staged
from nqparse.tables import Packed, Writer, held
from nqparse.version import __version__
from nqparse.words import prepare


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one file: its rows, and how many of each kind; ``failure`` says why it could not be read."""

    doc_id: str
    bytes: int
    rows: tuple[Rows | Packed, ...] = field(repr=False)
    sections: int = 0
    indicators: int = 0
    findings: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is, after each file."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    document: Parsed


Progress = Callable[[Step], None]
Reader = Callable[[InputFile], Parsed]
_NOTHING = hashlib.sha256().hexdigest()
"""The digest of what could not be read."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run read and found."""

    files: int = 0
    failed: int = 0
    bytes: int = 0
    sections: int = 0
    indicators: int = 0
    findings: int = 0
    seconds: float = 0.0

    @property
    def megabytes_per_second(self) -> float:
        """Speed of the run, in millions of bytes read per second."""
        return self.bytes / 1e6 / self.seconds if self.seconds else 0.0


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    pack: Pack,
    globs: Sequence[str] = (),
    progress: Progress | None = None,
    timeout: float | None = None,
    follow_links: bool = False,
    passed_over: PassedOver = ignore,
) -> Summary:
    """Read the files of ``inputs`` and write their tables to ``out``, which holds a whole run at any moment.

    A file that cannot be read, or takes more than ``timeout`` seconds, is a row of ``documents`` with status ``failed``
    and a finding, and harms no other. ``follow_links`` and ``passed_over`` are those of ``list_files``. Raises
    InputError where there is nothing to read or ``out`` cannot be written.
    """
    started = perf_counter()
    files = list_files(inputs, globs, follow_links=follow_links, passed_over=passed_over)
    with staged(out, tuple(TABLES)) as folder, _reader(pack, timeout) as read:
        counts = _write_part(_parsed(files, read, progress), folder, "part-00000", pack)
    return Summary(len(files), **counts, seconds=perf_counter() - started)


@contextmanager
def _reader(pack: Pack, timeout: float | None) -> Iterator[Reader]:
    """What reads one file: under a time limit in a process of its own, else here."""
    read = partial(parse_file, pack=pack)
    if timeout is None:
        yield read
        return
    with Limited(read, timeout, prepare) as limited:

        def within(file: InputFile) -> Parsed:
            try:
                return limited(file)
            except LimitError as error:
                return _failed(_unread(file.doc_id, file.size, _NOTHING, pack), str(error), "time_limit")

        yield within


def _parsed(files: Sequence[InputFile], read: Reader, progress: Progress | None) -> Iterator[Parsed]:
    size, done = sum(file.size for file in files), 0
    for number, file in enumerate(files, start=1):
        document = read(file)
        done += file.size
        if progress:
            progress(Step(number, len(files), done, size, document))
        yield document


def _write_part(documents: Iterable[Parsed], folder: Path, part: str, pack: Pack) -> Counter[str]:
    counts = Counter(failed=0, bytes=0, sections=0, indicators=0, findings=0)
    with Writer(folder, part, version=__version__, patterns=pack.digest) as writer:
        for document in documents:
            writer.write(document.rows)
            counts.update(failed=document.failure is not None, bytes=document.bytes, sections=document.sections)
            counts.update(indicators=document.indicators, findings=document.findings)
    return counts


def parse_file(file: InputFile, pack: Pack) -> Parsed:
    """The rows of one file; where it cannot be read, or not processed, those that say so."""
    size, digest = 0, _NOTHING
    try:
        data = steady_bytes(file.path)
        size, digest = len(data), hashlib.sha256(data).hexdigest()
        source = read_bytes(data, file.doc_id)
        del data  # a long document is held once, as text
        return _parsed_as(file.doc_id, size, pipeline.parts(source, pack))
    except PatternError:  # a fault of the pack is one of every file
        raise
    except NqparseError as error:
        return _failed(_unread(file.doc_id, size, digest, pack), str(error))
    except ValidationError as error:  # a slip of ours: it must not end the run
        return _failed(
            _unread(file.doc_id, size, digest, pack), f"its records do not validate: please report this: {error}"
        )


def _parsed_as(doc_id: str, size: int, parts: Iterable[Rows]) -> Parsed:
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Rows]:
        for rows in parts:
            counts.update(sections=len(rows.sections), indicators=len(rows.indicators), findings=len(rows.findings))
            yield rows

    rows = held(counted())
    return Parsed(doc_id, size, rows, counts["sections"], counts["indicators"], counts["findings"])


def _failed(head: DocumentRecord, reason: str, code: str = "unreadable_file") -> Parsed:
    message = f"{head.doc_id}: {reason}"
    finding = Finding(doc_id=head.doc_id, code=code, severity=Severity.ERROR, message=message)
    return Parsed(head.doc_id, head.bytes, (Rows((head,), findings=(finding,)),), findings=1, failure=message)


def _unread(doc_id: str, size: int, digest: str, pack: Pack) -> DocumentRecord:
    return DocumentRecord(
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
