"""Which files a run reads, and what each is called in its tables."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from stat import S_ISREG

from nqparse.errors import InputError

ENDINGS = (".txt", ".md", ".markdown", ".text")
"""What the names of the files that are read in a folder end in, where no glob says otherwise."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: where it lies, its name in the tables, its size in bytes."""

    path: Path
    doc_id: str
    size: int


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    root: Path
    size: int

    def doc_id(self, depth: int) -> str:
        """Path from the root on, with ``depth`` folders above it: NFC, and without bytes that are no UTF-8."""
        above = self.root.parts[1:][-depth:] if depth else ()
        path = "/".join((*above, *self.path.relative_to(self.root).parts))
        return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))


def list_files(inputs: Sequence[Path], globs: Sequence[str] = ()) -> tuple[InputFile, ...]:
    """The files of ``inputs``, each once, in the order of their ids.

    A file is taken whatever it is called. Of a folder, those are taken that match one of ``globs`` (without globs:
    those with one of ENDINGS), at any depth; hidden files and folders are passed over. Raises InputError for a path
    that is missing and for a folder that yields nothing.
    """
    found: dict[Path, _Found] = {}
    for path in inputs:
        for file in _found(path, globs):
            found.setdefault(file.path, file)
    files = sorted(found.values(), key=lambda file: file.path)
    named = zip(files, _unique_ids(files), strict=True)
    return tuple(sorted((InputFile(f.path, doc_id, f.size) for f, doc_id in named), key=lambda file: file.doc_id))


def _found(path: Path, globs: Sequence[str]) -> list[_Found]:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the path")
    whole = path.resolve()
    if not whole.is_dir():
        return [_Found(whole, whole.parent, whole.stat().st_size)]
    files = list(_walk(whole, globs))
    if not files:
        wanted = f"matches --glob {' or '.join(globs)}" if globs else f"ends in {', '.join(ENDINGS)}"
        raise InputError(
            f"{path}: no file in this folder {wanted}; choose which to read with --glob, as in --glob '*.log'"
        )
    return files


def _walk(root: Path, globs: Sequence[str]) -> Iterator[_Found]:
    for folder, subfolders, names in os.walk(root, onerror=_refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and _wanted(path.relative_to(root), globs):
                size = _size(path)
                if size is not None:
                    yield _Found(path, root, size)


def _refuse(error: OSError) -> None:
    raise InputError(f"{error.filename}: the folder cannot be listed: {error.strerror}; make it readable") from error


def _wanted(path: PurePath, globs: Sequence[str]) -> bool:
    """Whether a file of a folder is one to read.

    >>> _wanted(PurePath("2024/nq.TXT"), ()), _wanted(PurePath("2024/nq.txt"), ["*.log", "2023/*"])
    (True, False)
    """
    return any(map(path.match, globs)) if globs else path.suffix.lower() in ENDINGS


def _size(path: Path) -> int | None:
    """Size of a file; 0 where it cannot be seen (reading it will tell why), None for a device or a pipe."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else None


def _unique_ids(files: Sequence[_Found]) -> list[str]:
    """Ids of the files: where two roots hold the same, the folders above them are put before it until they differ."""
    depths = [0] * len(files)
    while True:
        ids = [file.doc_id(depth) for file, depth in zip(files, depths, strict=True)]
        roots: dict[str, set[Path]] = {}
        for file, doc_id in zip(files, ids, strict=True):
            roots.setdefault(doc_id, set()).add(file.root)
        clashes = [i for i, doc_id in enumerate(ids) if len(roots[doc_id]) > 1 and depths[i] < len(files[i].root.parts)]
        if not clashes:
            return _numbered(ids)
        for i in clashes:
            depths[i] += 1


def _numbered(ids: Sequence[str]) -> list[str]:
    """The ids, with a number after those that are taken: two names in one folder can differ in their NFC form alone.

    >>> _numbered(["a.txt", "b.txt", "a.txt"])
    ['a.txt', 'b.txt', 'a.txt~2']
    """
    seen: Counter[str] = Counter()
    result = []
    for doc_id in ids:
        seen[doc_id] += 1
        result.append(doc_id if seen[doc_id] == 1 else f"{doc_id}~{seen[doc_id]}")
    return result
