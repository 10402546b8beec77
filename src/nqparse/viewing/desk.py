"""What a reviewer works on: the documents of some inputs, each with its gold in one folder. Knows nothing of HTTP."""

from collections.abc import Sequence
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import NamedTuple
from urllib.parse import quote

from nqparse.errors import InputError, NqparseError, UnreadableError
from nqparse.gate.gold import Gold, Named, read_gold
from nqparse.gate.reads import reading
from nqparse.gate.scoring import score
from nqparse.inputs import InputFile
from nqparse.models import Indicator, Section
from nqparse.packs.load import Pack
from nqparse.text.encodings import file_digest
from nqparse.viewing.export import entry
from nqparse.viewing.gold_store import GoldStore, Held, gold_names
from nqparse.viewing.payload import Change, Difference, Entry, Index, Kind, Mode, Page, Rows
from nqparse.viewing.reading import Seen, drafted, see
from nqparse.viewing.series import series

_GONE = 10.0
"""A window that has not asked for so many seconds is taken as closed."""


class _Open(NamedTuple):
    seen: Seen
    store: GoldStore
    digest: str | None


class Desk:
    """The documents and their gold. Calls may come from several threads; they are done one after another."""

    def __init__(self, files: Sequence[InputFile], gold: Path, pack: Pack) -> None:
        self._files = {file.doc_id: file for file in files}
        self._gold, self._pack = gold, pack
        self._names = gold_names(gold, list(self._files))
        self._opened: dict[str, _Open] = {}
        self._windows: dict[str, dict[str, float]] = {}
        self._lock = RLock()

    def index(self) -> Index:
        """The list of documents, those that can be read."""
        with self._lock:
            entries = [self._entry(doc_id) for doc_id in self._files]
            documents = [one.seen.document for one in self._opened.values()]
            return Index(mode=Mode.REVIEW, entries=tuple(entries), series=series(documents))

    def page(self, doc_id: str) -> Page:
        """The page of a document; raises KeyError for one that is not here, InputError for gold that is none."""
        with self._lock:
            seen, store, _ = self._open(doc_id)
            rows = self._rows(seen, store.held(), store)
            return Page(mode=Mode.REVIEW, text=seen.text, document=seen.document, steps=seen.steps, rows=rows)

    def rows(self, doc_id: str) -> Rows:
        """The rows of a document as they are now."""
        with self._lock:
            seen, store, _ = self._open(doc_id)
            return self._rows(seen, store.held(), store)

    def change(self, doc_id: str, version: str, changes: Sequence[Change]) -> Rows:
        """Make changes and save them; raises what GoldStore.change does."""
        with self._lock:
            seen, store, _ = self._open(doc_id)
            return self._rows(seen, store.change(version, changes), store)

    def presence(self, doc_id: str, window: str) -> tuple[str, int]:
        """The version of a document's rows, and in how many other windows it is open."""
        with self._lock:
            now, windows = monotonic(), self._windows.setdefault(doc_id, {})
            windows[window] = now
            for name in [name for name, asked in windows.items() if now - asked > _GONE]:
                del windows[name]
            return self._open(doc_id).store.held().version, len(windows) - 1

    def _open(self, doc_id: str) -> _Open:
        """The document, read again where its file was edited since."""
        file = self._files[doc_id]
        digest = file_digest(file.path)
        known = self._opened.get(doc_id)
        if known is None or known.digest != digest:
            seen = see(file, self._pack)
            store = GoldStore(self._gold, self._names[doc_id], drafted(seen.document), seen.text)
            known = self._opened[doc_id] = _Open(seen, store, digest)
        return known

    def _entry(self, doc_id: str) -> Entry:
        href = f"/document?id={quote(doc_id, safe='')}"
        try:
            seen, store, _ = self._open(doc_id)
            made = entry(seen.document, href)
            held = store.held()
        except (UnreadableError, InputError):
            return Entry(doc_id=doc_id, href=href, doc_type="other", status="failed")
        rows = [row for some in held.rows.values() for row in some]
        checked = sum(row.get("checked", True) for row in rows) if held.is_kept else None
        return made.model_copy(update={"checked": checked, "rows": len(rows)})

    def _rows(self, seen: Seen, held: Held, store: GoldStore) -> Rows:
        return held.payload().model_copy(update={"differences": _differences(seen, held, store.named)})


def _differences(seen: Seen, held: Held, named: Named) -> tuple[Difference, ...]:
    """What the check would count against the program; nothing while gold does not fit the text."""
    if held.lost or held.moved:
        return ()
    try:
        gold: Gold = read_gold(named)
    except NqparseError:
        return ()
    if not gold.counts:
        return ()
    misses = score(reading(seen.document), gold, named.name, seen.text).misses
    return tuple(
        Difference(
            kind=Kind.SECTIONS if one.is_section else Kind.MEASURES,
            fate=one.fate,
            start=start,
            end=end,
            fields=one.fields,
        )
        for one in misses
        for start, end in [_span(one.gold or one.read)]
    )


def _span(row: object) -> tuple[int, int]:
    """Where a row of gold, or one that was read, stands."""
    if isinstance(row, Indicator):
        return row.char_start, row.char_end
    if isinstance(row, Section):
        return row.char_start, row.char_start + len(row.marker)
    start: int = getattr(row, "start", 0)
    return start, getattr(row, "end", start + len(getattr(row, "marker", "")))
