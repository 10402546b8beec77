"""What pages show: documents read now, or those of a finished run beside the files that it read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from nqparse.errors import InputError, UnreadableError
from nqparse.gate.drafts import measure_row, section_row
from nqparse.gate.reads import read_documents
from nqparse.inputs import InputFile, list_files
from nqparse.models import TABLES, Document
from nqparse.packs.load import Pack
from nqparse.pipeline import analyse, document
from nqparse.quantity.units import Step
from nqparse.text.encodings import file_digest, read_file, read_text
from nqparse.viewing.payload import Mode, Page, Rows


class Seen(NamedTuple):
    """A document with its text, and what each rule set (nothing over a finished run)."""

    text: str
    document: Document
    steps: dict[str, tuple[Step, ...]]


def see(file: InputFile, pack: Pack) -> Seen:
    """Read a file; raises UnreadableError, with its name, where it holds no text."""
    path = Path(str(file.path))
    try:
        source = read_file(path, file.doc_id)
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error}") from error
    analysis = analyse(source, pack)
    statements = analysis.stated.statements if analysis.stated is not None else ()
    steps = {
        row.indicator_id: tuple(one.measure.steps) for row, one in zip(analysis.indicators, statements, strict=False)
    }
    return Seen(source.raw, document(analysis, pack), steps)


def is_run(folder: Path) -> bool:
    """Whether a folder holds the tables of a run."""
    return folder.is_dir() and all((folder / name).is_dir() for name in TABLES)


def see_run(folder: Path, texts: Sequence[Path]) -> Iterator[Seen]:
    """The documents of a finished run with their texts, which are those of the files in ``texts``.

    Raises InputError where a file is not there, or is not as it was when the run read it.
    """
    if not texts:
        raise InputError(f"{folder}: a run keeps no texts; name the folder that it read, with --texts documents/")
    paths = {file.doc_id: Path(str(file.path)) for file in list_files(list(texts))}
    for one in read_documents(folder):
        head = one.head
        if head.status == "failed":
            continue
        path = paths.get(head.doc_id)
        if path is None:
            raise InputError(f"{head.doc_id}: the run in {folder} read it, and --texts has no such file")
        if file_digest(path) != head.sha256:
            raise InputError(f"{path}: it was edited since the run in {folder} read it; run again")
        yield Seen(read_text(path), one, {})


def drafted(document: Document) -> Rows:
    """What was read, as rows that nobody has checked."""
    return Rows(
        measures=tuple({**measure_row(row), "checked": False} for row in document.indicators),
        sections=tuple({**section_row(row), "checked": False} for row in document.sections),
        version="",
    )


def page_of(seen: Seen) -> Page:
    """The page on which a document is looked at."""
    return Page(mode=Mode.VIEW, text=seen.text, document=seen.document, steps=seen.steps, rows=drafted(seen.document))
