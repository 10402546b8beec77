"""A folder of documents in, a folder of tables out.

A run is: list the files, give each to ``parse_file``, write the documents in order as one part of each table. The first
and the last are done once; ``parse_file`` depends on nothing but its file and the pack. So workers can take over the
middle, and a part can be written, kept and skipped for each shard of the files.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from pydantic import ValidationError

from nqparse import pipeline
from nqparse.errors import NqparseError, PatternError
from nqparse.inputs import InputFile, list_files
from nqparse.models import TABLES, DocType, Document, DocumentRecord, Finding, Severity, Status
from nqparse.packs.load import Pack
from nqparse.readers import file_bytes, read_bytes
from nqparse.staging import staged
from nqparse.tables import Writer
from nqparse.version import __version__

_ROWS_AT_ONCE = 4096
"""How many rows are kept as records before they become columns, which take a tenth of the memory."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is, after each file."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    document: Document = field(repr=False)

    @property
    def failed(self) -> bool:
        """Whether the last file could not be read."""
        return self.document.head.status is Status.FAILED


Progress = Callable[[Step], None]


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
    inputs: Sequence[Path], out: Path, *, pack: Pack, globs: Sequence[str] = (), progress: Progress | None = None
) -> Summary:
    """Read the files of ``inputs`` and write their tables to ``out``, which holds a whole run at any moment.

    A file that cannot be read is a row of ``documents`` with status ``failed`` and a finding, and harms no other.
    Raises InputError where there is nothing to read or ``out`` cannot be written.
    """
    started = perf_counter()
    files = list_files(inputs, globs)
    with staged(out, tuple(TABLES)) as folder:
        counts = _write_part(_parsed(files, pack, progress), folder, "part-00000", pack)
    return Summary(len(files), **counts, seconds=perf_counter() - started)


def _parsed(files: Sequence[InputFile], pack: Pack, progress: Progress | None) -> Iterator[Document]:
    size, done = sum(file.size for file in files), 0
    for number, file in enumerate(files, start=1):
        document = parse_file(file, pack)
        done += file.size
        if progress:
            progress(Step(number, len(files), done, size, document))
        yield document


def _write_part(documents: Iterable[Document], folder: Path, part: str, pack: Pack) -> Counter[str]:
    counts = Counter(failed=0, bytes=0, sections=0, indicators=0, findings=0)
    with Writer(folder, part, version=__version__, patterns=pack.digest) as writer:
        for chunk in _chunks(documents):
            writer.write(chunk)
            for document in chunk:
                counts.update(_counts(document))
    return counts


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    rows = 0
    for document in documents:
        chunk.append(document)
        rows += 1 + len(document.numbers) + len(document.sections) + len(document.indicators) + len(document.findings)
        if rows >= _ROWS_AT_ONCE:
            yield chunk
            chunk, rows = [], 0
    if chunk:
        yield chunk


def _counts(document: Document) -> dict[str, int]:
    return {
        "failed": document.head.status is Status.FAILED,
        "bytes": document.head.bytes,
        "sections": len(document.sections),
        "indicators": len(document.indicators),
        "findings": len(document.findings),
    }


def parse_file(file: InputFile, pack: Pack) -> Document:
    """The records of one file; where it cannot be read, or not processed, one that says so."""
    data = b""
    try:
        data = file_bytes(file.path)
        return pipeline.document(pipeline.analyse(read_bytes(data, file.doc_id), pack), pack)
    except PatternError:  # a fault of the pack is one of every file
        raise
    except NqparseError as error:
        return _failed(file.doc_id, data, str(error), pack)
    except ValidationError as error:  # a slip of ours: it must not end the run
        return _failed(file.doc_id, data, f"its records do not validate: please report this: {error}", pack)


def _failed(doc_id: str, data: bytes, reason: str, pack: Pack) -> Document:
    head = DocumentRecord(
        doc_id=doc_id,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        chars=0,
        encoding="",
        status=Status.FAILED,
        doc_type=DocType.OTHER,
        version=__version__,
        patterns=pack.digest,
    )
    finding = Finding(doc_id=doc_id, code="unreadable_file", severity=Severity.ERROR, message=f"{doc_id}: {reason}")
    return Document(head=head, findings=(finding,))
