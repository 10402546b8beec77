"""The rows of one document's gold: read, changed and saved, so that a kill at any moment loses no saved change.

Each file is written aside and put in place of the old one whole. A line whose row was not changed stays as it was
written, byte for byte. A change names the version that the rows were seen in; if that is not the newest, it is refused.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from pydantic import ValidationError

from nqparse.errors import GoldError, InputError
from nqparse.gate.gold import GoldMeasure, GoldSection, Named, assign, list_gold, read_gold
from nqparse.viewing.moving import find_again, words_of
from nqparse.viewing.payload import Change, Kind, Row, Rows

_MODELS: Mapping[Kind, type[GoldMeasure] | type[GoldSection]] = {
    Kind.MEASURES: GoldMeasure,
    Kind.SECTIONS: GoldSection,
}


class StaleError(InputError):
    """The rows were changed since the version that a change was made for."""


class RefusedError(InputError):
    """A change that cannot be made: the message says why."""


class Held(NamedTuple):
    """The rows of a document as they are now; ``is_kept``: they are in files, and no draft of what was read."""

    rows: Mapping[Kind, tuple[Row, ...]]
    version: str
    moved: Mapping[str, int]
    lost: frozenset[str]
    is_kept: bool

    def payload(self) -> Rows:
        """What a page gets of them."""
        return Rows(
            measures=self.rows[Kind.MEASURES],
            sections=self.rows[Kind.SECTIONS],
            version=self.version,
            moved=dict(self.moved),
            lost=tuple(sorted(self.lost)),
            is_draft=not self.is_kept,
        )


class GoldStore:
    """The gold of one document, in its two files of a folder."""

    def __init__(self, folder: Path, name: str, drafts: Rows, text: str | None) -> None:
        """``drafts`` are the rows as long as there is no file. Without the document's text, its edits are not seen."""
        self.paths = {kind: folder / f"{name}.{kind}.jsonl" for kind in Kind}
        self._name, self._text = name, text
        self._drafts = {Kind.MEASURES: drafts.measures, Kind.SECTIONS: drafts.sections}

    @property
    def named(self) -> Named:
        """The files of this gold that are there."""
        measures, sections = (path if path.exists() else None for path in self.paths.values())
        return Named(self._name, measures, sections)

    def held(self) -> Held:
        """The rows as the files have them now, found again in the text; where there is no file, what was read.

        Raises GoldError for files that are no gold.
        """
        texts = {kind: _text_of(path) for kind, path in self.paths.items()}
        read_gold(self.named)
        rows: dict[Kind, tuple[Row, ...]] = {}
        moved: dict[str, int] = {}
        lost: set[str] = set()
        for kind in Kind:
            text = texts[kind]
            before = self._drafts[kind] if text is None else tuple(row for _, row in _lines(text))
            rows[kind], by_start, gone = find_again(kind, before, self._text)
            moved |= {f"{kind}:{start}": distance for start, distance in by_start.items()}
            lost |= {f"{kind}:{start}" for start in gone}
        return Held(rows, _version(texts), moved, frozenset(lost), any(text is not None for text in texts.values()))

    def change(self, version: str, changes: Sequence[Change]) -> Held:
        """Make these changes, all or none, and save them; gives the rows as they are then.

        Raises StaleError where the rows are not those of ``version``, RefusedError for what is no row of gold, or
        stands where another does. Who calls it sees to it that no other call on the same files runs meanwhile.
        """
        held = self.held()
        if held.version != version:
            raise StaleError(f"{self._name}: it was changed elsewhere; look at its newest state and change it again")
        rows = {kind: list(some) for kind, some in held.rows.items()}
        for one in changes:
            self._make(rows[one.kind], one)
        self._save(rows)
        return self.held()

    def _make(self, rows: list[Row], change: Change) -> None:
        at = _place(rows, change)
        if change.before is not None:
            del rows[at]
        if change.after is None:
            return
        row = self._checked(change.kind, change.after)
        if any(row_span(one) == row_span(row) for one in rows):
            raise RefusedError(f"a row stands at {row['start']} already; correct that one")
        rows.insert(next((n for n, one in enumerate(rows) if row_span(one) > row_span(row)), len(rows)), row)

    def _checked(self, kind: Kind, row: Row) -> Row:
        """The row, if it is one of gold and says what stands at its place."""
        try:
            made = _MODELS[kind].model_validate_json(json.dumps(row))
        except ValidationError as error:
            first = error.errors()[0]
            raise RefusedError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
        words = words_of(kind, row)
        end = made.end if isinstance(made, GoldMeasure) else made.start + len(words)
        if not words or (self._text is not None and self._text[made.start : end] != words):
            raise RefusedError(f"“{words}” does not stand at {made.start}-{end}")
        return row

    def _save(self, rows: Mapping[Kind, Sequence[Row]]) -> None:
        for kind, path in self.paths.items():
            before = _text_of(path) or ""
            known = {row_key(row): line for line, row in _lines(before)}
            lines = (known.get(row_key(row)) or json.dumps(row, ensure_ascii=False) for row in rows[kind])
            text = "".join(f"{line}\n" for line in lines)
            if text != before or not path.exists():
                put_in_place(path, text)


def put_in_place(path: Path, text: str) -> None:
    """Write a file whole: a reader, and who comes after a kill, finds the old text or the new, and nothing between.

    Raises InputError where it cannot be written.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: it cannot be written: {error.strerror}; choose another --gold") from error


def _text_of(path: Path) -> str | None:
    """The text of a file; None where there is none. Bytes that are no UTF-8 are refused when the gold is read."""
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: it cannot be read: {error.strerror}; make it readable") from error


def _lines(text: str) -> list[tuple[str, Row]]:
    """The lines that hold something, each with its row; what is no JSON is refused when the gold is read."""
    return [(line, row) for line in text.split("\n") if line.strip() for row in [_row(line)] if row is not None]


def _row(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _version(texts: Mapping[Kind, str | None]) -> str:
    """Which rows these are: a digest of the files; empty where there is none."""
    if all(text is None for text in texts.values()):
        return ""
    return hashlib.sha256("\0".join(f"{kind}{text}" for kind, text in texts.items()).encode()).hexdigest()


def _place(rows: Sequence[Row], change: Change) -> int:
    """Where the row stands that a change is of; raises RefusedError where it is not as the change has it."""
    if change.before is None:
        return -1
    wanted = row_key(change.before)
    at = next((n for n, row in enumerate(rows) if row_key(row) == wanted), None)
    if at is None:
        raise RefusedError(f"the row at {change.before.get('start')} is not as it was; look at its newest state")
    return at


def row_span(row: Row) -> tuple[int, int]:
    """Where a row stands: one of its kind alone."""
    start: int = row["start"]
    return start, row.get("end", start)


def row_key(row: Row) -> str:
    """What a row says, whatever the order of its fields."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def gold_names(folder: Path, doc_ids: Sequence[str]) -> dict[str, str]:
    """What each document's gold in a folder is called: as it is called already, else after the document."""
    kept = list_gold(folder) if folder.is_dir() and any(folder.rglob("*.jsonl")) else ()
    there = {one.name for one in kept}
    stems = [PurePosixPath(doc_id).stem for doc_id in doc_ids]
    known: dict[str, str] = {}
    for one in kept:
        try:
            known |= {doc_id: named.name for doc_id, named in assign([one], doc_ids).items()}
        except GoldError:  # of a document that is not among these
            continue
    return {
        doc_id: known.get(doc_id) or (stem if stems.count(stem) == 1 and stem not in there else doc_id)
        for doc_id, stem in zip(doc_ids, stems, strict=True)
    }
