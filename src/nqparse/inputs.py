"""Which files a run reads, and what each is called in its tables."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from errno import ENOENT
from pathlib import Path, PurePath, PurePosixPath
from stat import S_ISDIR, S_ISREG

from nqparse.addresses import Address, Place, listed, written_path
from nqparse.errors import InputError

ENDINGS = (".txt", ".md", ".markdown", ".text")
"""What the names of the files that are read in a folder end in, where no glob says otherwise."""
_OUT = "a link out of the folder, followed with --follow-links only"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: where it lies, its name in the tables, its size in bytes."""

    path: Place
    doc_id: str
    size: int


@dataclass(frozen=True, slots=True)
class _Found:
    path: Place
    root: tuple[str, ...]
    """The names that lead to the folder that was asked for, the first of them the machine's or the store's root."""
    below: tuple[str, ...]
    """Those that lead from there to the file."""
    size: int

    def doc_id(self, depth: int) -> str:
        """Path from the root on, with ``depth`` folders above it: NFC, and without bytes that are no UTF-8."""
        above = self.root[1:][-depth:] if depth else ()
        return written_path("/".join((*above, *self.below)))


PassedOver = Callable[[Place, str], None]
"""What is told of a file or folder that is not read, with the reason."""


def ignore(_path: Place, _reason: str) -> None:
    """Tell nobody."""


def list_files(
    inputs: Sequence[Place],
    globs: Sequence[str] = (),
    *,
    follow_links: bool = False,
    passed_over: PassedOver = ignore,
) -> tuple[InputFile, ...]:
    """The files of ``inputs``, each once, in the order of their ids.

    A file is taken whatever it is called. Of a folder, those are taken that match one of ``globs`` (without globs:
    those with one of ENDINGS), at any depth. Hidden files and folders are passed over. So are pipes and devices, and
    links that lead out of the folder unless ``follow_links``: these ``passed_over`` is told. However many links and
    loops of links lead to a folder, it is read once. An address is listed in the same way, in one go. Raises InputError
    for a path that is missing, for a pipe or a device, and for a folder that yields nothing.
    """
    found: dict[Place, _Found] = {}
    for path in inputs:
        if isinstance(path, Address):
            of_one = _stored(path, globs, passed_over)
        else:
            of_one = _found(path, globs, follow_links, passed_over)
        for file in of_one:
            found.setdefault(file.path, file)
    files = sorted(found.values(), key=lambda file: (*file.root, *file.below))
    named = zip(files, _unique_ids(files), strict=True)
    return tuple(sorted((InputFile(f.path, doc_id, f.size) for f, doc_id in named), key=lambda file: file.doc_id))


def _found(path: Path, globs: Sequence[str], follow_links: bool, passed_over: PassedOver) -> list[_Found]:
    try:
        status = path.stat()
    except OSError as error:
        why = "no such file or folder" if error.errno == ENOENT else f"it cannot be opened: {error.strerror}"
        raise InputError(f"{path}: {why}; check the path") from error
    whole = path.resolve()
    if S_ISREG(status.st_mode):
        return [_Found(whole, whole.parent.parts, (whole.name,), status.st_size)]
    if not S_ISDIR(status.st_mode):
        raise InputError(f"{path}: a pipe or a device, not a file; save its text as a file, or give it to nqparse show")
    return _some(list(_Walk(whole, globs, follow_links, passed_over).files()), path, globs)


def _some(files: list[_Found], folder: Place, globs: Sequence[str]) -> list[_Found]:
    if not files:
        wanted = f"matches --glob {' or '.join(globs)}" if globs else f"ends in {', '.join(ENDINGS)}"
        raise InputError(
            f"{folder}: no file in this folder {wanted}; choose which to read with --glob, as in --glob '*.log'"
        )
    return files


def _stored(address: Address, globs: Sequence[str], passed_over: PassedOver) -> list[_Found]:
    """The file at an address, or those below it."""
    try:
        sizes = listed(address)
    except FileNotFoundError as error:
        raise InputError(f"{address}: no such file or folder; check the address") from error
    except OSError as error:
        raise InputError(
            f"{address}: it cannot be listed: {error.strerror}; check the address, the credentials and the endpoint"
        ) from error
    if "" in sizes:
        return [_Found(address, address.parts[:-1], address.parts[-1:], sizes[""])]
    files = []
    for name, size in sizes.items():
        below = PurePosixPath(name)
        if "::" in name:
            passed_over(address / name, "a name with '::', which cannot be told from two addresses")
        elif not any(part.startswith(".") for part in below.parts) and _wanted(below.parts, globs):
            files.append(_Found(address / name, address.parts, below.parts, size))
    return _some(files, address, globs)


class _Walk:
    """The way through a folder, and through those that links in it lead to."""

    def __init__(self, root: Path, globs: Sequence[str], follow_links: bool, passed_over: PassedOver) -> None:
        self.root, self.globs = root, globs
        self.follow_links, self.passed_over = follow_links, passed_over
        self.been: set[tuple[int, int]] = set()
        """Device and number of each folder that was read."""

    def files(self) -> Iterator[_Found]:
        """The files to read below the root."""
        waiting: list[tuple[Path, tuple[str, ...]]] = [(self.root, ())]
        while waiting:
            folder, below = waiting.pop()
            folders = []
            for entry in self._entries(folder):
                path, names = folder / entry.name, (*below, entry.name)
                if _is_folder(entry):
                    folders += [(path, names)] if not entry.is_symlink() or self._leads_on(entry) else []
                elif _wanted(names, self.globs):
                    yield from self._file(path, names, entry)
            waiting += reversed(folders)

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """What is in a folder, but for what is hidden, in the order of names; nothing where it was read before."""
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in self.been:
                return []
            self.been.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                seen = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            raise InputError(
                f"{error.filename}: the folder cannot be listed: {error.strerror}; make it readable"
            ) from error
        return sorted(seen, key=lambda entry: entry.name)

    def _file(self, path: Path, below: tuple[str, ...], entry: os.DirEntry[str]) -> Iterator[_Found]:
        if entry.is_symlink() and not self.follow_links and self._is_outside(entry):
            self.passed_over(path, _OUT)
            return
        size = _size(entry)
        if size is None:
            self.passed_over(path, "a pipe or a device")
        else:
            yield _Found(path, self.root.parts, below, size)

    def _leads_on(self, link: os.DirEntry[str]) -> bool:
        """Whether to follow a link to a folder: to one outside, where asked; one inside is met on the way."""
        if not self._is_outside(link):
            return False
        if not self.follow_links:
            self.passed_over(Path(link.path), _OUT)
        return self.follow_links

    def _is_outside(self, link: os.DirEntry[str]) -> bool:
        return not Path(os.path.realpath(link.path)).is_relative_to(self.root)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # such as a link in a circle
        return False


def _wanted(below: Sequence[str], globs: Sequence[str]) -> bool:
    """Whether a file of a folder is one to read, by the names that lead to it.

    >>> _wanted(("2024", "nq.TXT"), ()), _wanted(("2024", "nq.txt"), ["*.log", "2023/*"])
    (True, False)
    """
    return any(map(PurePath(*below).match, globs)) if globs else below[-1].lower().endswith(ENDINGS)


def _size(entry: os.DirEntry[str]) -> int | None:
    """Size of a file; 0 where it cannot be seen (reading it will tell why), None for a device or a pipe."""
    try:
        status = entry.stat()
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else None


def _unique_ids(files: Sequence[_Found]) -> list[str]:
    """Ids of the files: where two roots hold the same, the folders above them are put before it until they differ."""
    depths = [0] * len(files)
    while True:
        ids = [file.doc_id(depth) for file, depth in zip(files, depths, strict=True)]
        roots: dict[str, set[tuple[str, ...]]] = {}
        for file, doc_id in zip(files, ids, strict=True):
            roots.setdefault(doc_id, set()).add(file.root)
        clashes = [i for i, doc_id in enumerate(ids) if len(roots[doc_id]) > 1 and depths[i] < len(files[i].root)]
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
