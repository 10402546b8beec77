"""Pages as files: one for each document, and an index."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from nqparse.errors import InputError
from nqparse.models import Document
from nqparse.viewing.html import index_html, page_html
from nqparse.viewing.payload import Entry, Index, Mode
from nqparse.viewing.reading import Seen, page_of
from nqparse.viewing.series import series

INDEX = "index.html"


def write_pages(documents: Iterable[Seen], folder: Path) -> list[Path]:
    """Write a page for each document below ``folder``, and the index; gives what was written, the index last.

    Raises InputError where a file cannot be written.
    """
    written: list[Path] = []
    entries: list[Entry] = []
    charted: list[Document] = []
    for seen in documents:
        href = page_name(seen.document.head.doc_id)
        written.append(_write(folder / href, page_html(seen.document.head.doc_id, page_of(seen))))
        entries.append(entry(seen.document, href))
        charted.append(_coded(seen.document))
    entries.sort(key=lambda one: one.doc_id)
    index = Index(mode=Mode.VIEW, entries=tuple(entries), series=series(charted))
    return [*written, _write(folder / INDEX, index_html("nqparse", index))]


def page_name(doc_id: str) -> str:
    """The path of a document's page below the folder of pages.

    >>> page_name("2024/nq-15.txt"), page_name("index")
    ('2024/nq-15.txt.html', 'index.document.html')
    """
    parts = [part for part in PurePosixPath(doc_id).parts if part not in ("/", "..", ".")] or ["document"]
    name = "/".join(parts)
    return f"{name}.document.html" if name.lower() == "index" else f"{name}.html"


def entry(document: Document, href: str) -> Entry:
    """A document's line in the index."""
    head = document.head
    return Entry(
        doc_id=head.doc_id,
        href=href,
        doc_type=head.doc_type,
        title=head.title,
        locality=head.locality,
        year=head.period_end or (head.issued_on.year if head.issued_on else None),
        status=head.status,
        sections=len(document.sections),
        indicators=len(document.indicators),
        core=sum(row.core for row in document.indicators),
        findings=len(document.findings),
    )


def _coded(document: Document) -> Document:
    """Of a document what charts need, so that the rest need not be held."""
    rows = tuple(row for row in document.indicators if row.code is not None)
    return Document.model_construct(head=document.head, indicators=rows)


def _write(path: Path, text: str) -> Path:
    aside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror}; choose another --out") from error
    return path
