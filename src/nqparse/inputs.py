"""Which files a run reads, and what each is called in its tables."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
class Listing:
    """The files that a run reads, and how many others its folders hold."""

    files: tuple[InputFile, ...]
    """In the order of their ids."""
    other_endings: Mapping[str, int]
    """How many files of the folders are passed over for their ending, by ending, the most frequent first; an empty
    ending is that of names without one. Nothing is counted where globs choose the files."""


@dataclass(frozen=True, slots=True)
class _Found:
    path: Place
    folder: tuple[str, ...]
    """The names that lead to the folder that was asked for, the first of them the machine's or the store's root."""
    below: tuple[str, ...]
    """Those that lead from there to the file."""
    size: int

    @property
    def doc_id(self) -> str:
        """Path from the folder on: NFC, and without bytes that are no UTF-8."""
        return written_path("/".join(self.below))

    def from_root(self, root: Place) -> "_Found":
        """The file as one of the folder ``root``; raises InputError where it does not lie there."""
        parts, above = (*self.folder, *self.below), _parts(root)
        if parts[: len(above)] != above or len(parts) == len(above):
            raise InputError(f"{self.path}: it is not below --root {root}; give a folder that all inputs are in")
        return replace(self, folder=above, below=parts[len(above) :])


PassedOver = Callable[[Place, str], None]
"""What is told of a file or folder that is not read, with the reason."""


def ignore(_path: Place, _reason: str) -> None:
    """Tell nobody."""


def list_files(
    inputs: Sequence[Place],
    globs: Sequence[str] = (),
    *,
    root: Place | None = None,
    follow_links: bool = False,
    passed_over: PassedOver = ignore,
) -> tuple[InputFile, ...]:
    """The files of ``inputs``: those of ``list_all``."""
    return list_all(inputs, globs, root=root, follow_links=follow_links, passed_over=passed_over).files


def list_all(
    inputs: Sequence[Place],
    globs: Sequence[str] = (),
    *,
    root: Place | None = None,
    follow_links: bool = False,
    passed_over: PassedOver = ignore,
) -> Listing:
    """The files of ``inputs``, each once, in the order of their ids; and how many others their folders hold.

    A file is taken whatever it is called. Of a folder, those are taken that match one of ``globs`` (without globs:
    those with one of ENDINGS), at any depth. Hidden files and folders are passed over. So are pipes and devices, and
    links that lead out of the folder unless ``follow_links``: these ``passed_over`` is told. However many links and
    loops of links lead to a folder, it is read once. An address is listed in the same way, in one go.

    A file's id is its path below the folder that was given (below the outermost, where several of them hold it), or
    its name where the file itself was given; with ``root``, its path below that folder. So it does not depend on what
    else is read. Raises InputError where two files would have the same id, for a file that is not below ``root``, for
    a path that is missing, for a pipe or a device, and for a folder that yields nothing.
    """
    found: dict[Place, _Found] = {}
    others: set[Place] = set()
    for path in inputs:
        some = _Chosen(globs, follow_links, passed_over)
        of_one = _stored(path, some) if isinstance(path, Address) else _found(path, some)
        for file in of_one:
            known = found.get(file.path)
            if known is None or len(known.below) < len(file.below):
                found[file.path] = file
        others |= some.others
    files = [file if root is None else file.from_root(root) for file in found.values()]
    named = sorted((InputFile(file.path, doc_id, file.size) for doc_id, file in _by_id(files)), key=_id_of)
    return Listing(tuple(named), _by_ending(others - found.keys()))


def _id_of(file: InputFile) -> str:
    return file.doc_id


def _by_ending(others: Iterable[Place]) -> dict[str, int]:
    counted = Counter(PurePath(str(path)).suffix.lower() for path in others)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _parts(root: Place) -> tuple[str, ...]:
    return root.parts if isinstance(root, Address) else root.resolve().parts


class _Chosen:
    """Which files of a folder are read, and what becomes of the others."""

    def __init__(self, globs: Sequence[str], follow_links: bool, passed_over: PassedOver) -> None:
        self.globs, self.follow_links, self.passed_over = globs, follow_links, passed_over
        self.others: set[Place] = set()
        """The files that are passed over for their ending."""

    def has(self, below: Sequence[str]) -> bool:
        """Whether a file is one to read, by the names that lead to it.

        >>> _Chosen((), False, ignore).has(("2024", "nq.TXT")), _Chosen(["*.log"], False, ignore).has(("nq.txt",))
        (True, False)
        """
        return any(map(PurePath(*below).match, self.globs)) if self.globs else below[-1].lower().endswith(ENDINGS)

    def leave(self, path: Place) -> None:
        """Count a file that is not one to read."""
        if not self.globs:
            self.others.add(path)


def _found(path: Path, some: _Chosen) -> list[_Found]:
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
    return _any(list(_Walk(whole, some).files()), path, some)


def _any(files: list[_Found], folder: Place, some: _Chosen) -> list[_Found]:
    if not files:
        wanted = f"matches --glob {' or '.join(some.globs)}" if some.globs else f"ends in {', '.join(ENDINGS)}"
        there = ", ".join(f"{count} {ending or 'without ending'}" for ending, count in _by_ending(some.others).items())
        raise InputError(
            f"{folder}: no file in this folder {wanted}{there and f' (there are: {there})'}; choose which to read with "
            "--glob, as in --glob '*.log'"
        )
    return files


def _stored(address: Address, some: _Chosen) -> list[_Found]:
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
            some.passed_over(address / name, "a name with '::', which cannot be told from two addresses")
        elif any(part.startswith(".") for part in below.parts):
            continue
        elif some.has(below.parts):
            files.append(_Found(address / name, address.parts, below.parts, size))
        else:
            some.leave(address / name)
    return _any(files, address, some)


class _Walk:
    """The way through a folder, and through those that links in it lead to."""

    def __init__(self, root: Path, some: _Chosen) -> None:
        self.root, self.some = root, some
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
                elif self.some.has(names):
                    yield from self._file(path, names, entry)
                elif _size(entry) is not None:
                    self.some.leave(path)
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
        if entry.is_symlink() and not self.some.follow_links and self._is_outside(entry):
            self.some.passed_over(path, _OUT)
            return
        size = _size(entry)
        if size is None:
            self.some.passed_over(path, "a pipe or a device")
        else:
            yield _Found(path, self.root.parts, below, size)

    def _leads_on(self, link: os.DirEntry[str]) -> bool:
        """Whether to follow a link to a folder: to one outside, where asked; one inside is met on the way."""
        if not self._is_outside(link):
            return False
        if not self.some.follow_links:
            self.some.passed_over(Path(link.path), _OUT)
        return self.some.follow_links

    def _is_outside(self, link: os.DirEntry[str]) -> bool:
        return not Path(os.path.realpath(link.path)).is_relative_to(self.root)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # such as a link in a circle
        return False


def _size(entry: os.DirEntry[str]) -> int | None:
    """Size of a file; 0 where it cannot be seen (reading it will tell why), None for a device or a pipe."""
    try:
        status = entry.stat()
    except OSError:
        return 0
    return status.st_size if S_ISREG(status.st_mode) else None


def _by_id(files: Iterable[_Found]) -> Iterator[tuple[str, _Found]]:
    """The files with their ids; raises InputError where two folders that were given have a file of the same id.

    Two names in one folder may differ in their Unicode form alone: then the one that is as tables hold it comes first,
    and the others are numbered.
    """
    alike: dict[str, list[_Found]] = {}
    for file in files:
        alike.setdefault(file.doc_id, []).append(file)
    for doc_id, same in alike.items():
        same.sort(key=lambda file: ("/".join(file.below) != doc_id, str(file.path)))
        other = next((file for file in same if file.folder != same[0].folder), None)
        if other is not None:
            raise InputError(
                f"{same[0].path} and {other.path}: both would be called {doc_id} in the tables; give --root DIR, a "
                "folder above both: then each file is called by its path below DIR"
            )
        for at, file in enumerate(same, start=1):
            yield doc_id if at == 1 else f"{doc_id}~{at}", file
