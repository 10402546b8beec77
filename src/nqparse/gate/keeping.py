"""Snapshots kept in a folder, beside what is read now."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nqparse.addresses import Place
from nqparse.errors import InputError
from nqparse.gate.diffing import WHOLE, Diff, compare
from nqparse.gate.reads import whole
from nqparse.gate.snapshots import (
    Outline,
    list_snapshots,
    outline,
    own,
    path_of,
    read_snapshot,
    text_of,
    write_snapshots,
)
from nqparse.inputs import InputFile, list_files
from nqparse.packs.load import Pack
from nqparse.runs.parsing import parse_file


@dataclass(frozen=True, slots=True)
class Kept:
    """What is read now, beside the snapshots that were kept of it."""

    folder: Path
    paths: dict[str, Place]
    """Where each document lies."""
    diff: Diff
    """What is otherwise in a document that has a snapshot."""
    missing: tuple[str, ...]
    """The documents without a snapshot."""
    unlike: tuple[str, ...]
    """The documents whose snapshot says the same in other letters: no program wrote it so."""
    stale: tuple[Path, ...]
    """The snapshots without a document."""
    written: tuple[Path, ...] | None = None
    """The snapshots that were written, where they were to be."""

    @property
    def differs(self) -> bool:
        return bool(self.diff.changes or self.missing or self.unlike or self.stale)


def compare_snapshots(
    inputs: Sequence[Path], folder: Path, pack: Pack, globs: Sequence[str] = (), root: Path | None = None
) -> Kept:
    """Compare what is read in the files of ``inputs`` with the snapshots in ``folder``.

    Raises InputError for a folder that is not there and for a snapshot that is none.
    """
    files = list_files(inputs, globs, root=root)
    if not folder.is_dir():
        raise InputError(
            f"{folder}: no such folder of snapshots; make it with nqparse snapshot INPUT --dir DIR --update"
        )
    missing: list[str] = []
    unlike: list[str] = []
    changed: list[tuple[Outline, Outline]] = []
    for file in files:
        path, now = path_of(folder, file.doc_id), _outline(file, pack)
        if not path.is_file():
            missing.append(file.doc_id)
        elif path.read_bytes() != text_of(now).encode():
            was = read_snapshot(path, file.doc_id)
            changed.append((was, now))
            unlike += [file.doc_id] if was.rows == now.rows else []
    diff = compare((was for was, _ in changed), (now for _, now in changed), WHOLE)
    return Kept(folder, _paths(files), diff, tuple(missing), tuple(unlike), _stale(inputs, files, folder))


def update_snapshots(
    inputs: Sequence[Path], folder: Path, pack: Pack, globs: Sequence[str] = (), root: Path | None = None
) -> Kept:
    """Make the snapshots in ``folder`` those of what is read in the files of ``inputs``.

    Raises InputError where the folder cannot be written.
    """
    files = list_files(inputs, globs, root=root)
    texts = {path_of(folder, file.doc_id): text_of(_outline(file, pack)) for file in files}
    new = {path: text for path, text in texts.items() if not path.is_file() or path.read_bytes() != text.encode()}
    stale = _stale(inputs, files, folder)
    write_snapshots(folder, new, stale)
    return Kept(folder, _paths(files), compare((), ()), (), (), stale, tuple(new))


def _outline(file: InputFile, pack: Pack) -> Outline:
    return outline(whole(parse_file(file, pack)))


def _paths(files: Sequence[InputFile]) -> dict[str, Place]:
    return {file.doc_id: file.path for file in files}


def _stale(inputs: Sequence[Path], files: Sequence[InputFile], folder: Path) -> tuple[Path, ...]:
    """The snapshots without a document; none where single files were given, of which others may be kept too."""
    if not folder.is_dir() or not any(path.is_dir() for path in inputs):
        return ()
    known = _paths(files)
    return tuple(own([path for doc_id, path in list_snapshots(folder).items() if doc_id not in known]))
