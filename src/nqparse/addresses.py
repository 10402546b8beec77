"""Places: a path of this machine, or an address in a store, such as ``s3://bucket/folder``, which fsspec reaches.

Whatever a store's library raises leaves this module as an OSError that has a reason.
"""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EIO
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nqparse.errors import InputError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_AT_ONCE = 16
_OWN_ERRORS = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("azure.core.exceptions", "AzureError"),
)
"""What the libraries of stores raise beside OSError."""
T = TypeVar("T")
P = TypeVar("P", bound="Place")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where something lies in a store.

    >>> str(Address("s3://archive/2024/") / "nq.txt"), Address("s3://archive/2024/nq.txt").parts
    ('s3://archive/2024/nq.txt', ('s3://', 'archive', '2024', 'nq.txt'))
    """

    url: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The store, and the names that lead from it to here."""
        protocol, _, path = self.url.rpartition("://")
        return (f"{protocol}://", *(name for name in path.split("/") if name))

    @property
    def is_of_this_process(self) -> bool:
        """Whether no other process sees what lies there."""
        return self.url.startswith("memory://")

    def __truediv__(self, name: str) -> "Address":
        return Address(f"{self.url.rstrip('/')}/{name}")

    def __str__(self) -> str:
        return self.url


Place = Path | Address


def place_of(text: str) -> Place:
    """The place that somebody named, or that ``str`` made of one.

    >>> place_of("in/a.txt"), place_of("s3://in/a.txt"), place_of("file:///in/a.txt")
    (PosixPath('in/a.txt'), Address(url='s3://in/a.txt'), PosixPath('/in/a.txt'))
    """
    if text.startswith("file://"):
        return Path(text.removeprefix("file://"))
    return Address(text) if "://" in text else Path(text)


def filesystem(address: Address) -> "tuple[AbstractFileSystem, str]":
    """What reaches that store, and the address as it calls it; raises InputError where that is not installed."""
    try:
        if "::" in address.url:
            return _url_to_fs(address.url)
        system, _ = _url_to_fs("".join(address.parts[:2]))
    except ImportError as error:
        raise InputError(
            f"{address}: what reaches this store is not installed ({error}); pip install 'nqparse[remote]', which "
            "brings that of s3://, or the package that is named"
        ) from error
    except ValueError as error:
        raise InputError(f"{address}: no address: {error}; give one such as s3://bucket/folder") from error
    return system, system._strip_protocol(address.url)


@cache
def _url_to_fs(url: str) -> "tuple[AbstractFileSystem, str]":
    """What fsspec gives, kept for all threads, since to reach a store anew takes a second; it keeps no listings."""
    from fsspec.core import url_to_fs
    from fsspec.dircache import DirCache

    system, path = url_to_fs(url, skip_instance_cache=True)
    if isinstance(system.dircache, DirCache):
        system.dircache.use_listings_cache = False
    return system, path


@contextmanager
def asking() -> Iterator[None]:
    """Let errors of a store leave the block as OSErrors that have a reason."""
    own = [getattr(sys.modules[module], name) for module, name in _OWN_ERRORS if module in sys.modules]
    try:
        yield
    except OSError as error:
        error.strerror = error.strerror or _reason(error)
        raise
    except (*own, ValueError) as error:
        raise OSError(EIO, str(error)) from error


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such bucket or object"
    return str(error) or type(error).__name__


def contents(address: Address) -> bytes:
    """The bytes that lie there, as they were at one moment; raises OSError."""
    system, path = filesystem(address)
    with asking():
        data: bytes = system.cat_file(path)
    return data


def listed(address: Address) -> dict[str, int]:
    """The size of each object below the address, by its name from there on; of an object itself, with an empty name.

    The size is 0 where the store does not tell it. Raises OSError, FileNotFoundError where there is nothing.
    """
    system, path = filesystem(address)
    with asking():
        system.invalidate_cache()
        about = system.info(path)
        if about["type"] != "directory":
            return {"": about["size"] or 0}
        below = system.find(path, detail=True)
    start = len(path.rstrip("/")) + 1
    return {name[start:]: about["size"] or 0 for name, about in below.items()}


def each(function: Callable[[P], T], places: Iterable[P]) -> Iterator[T]:
    """What the function gives for each place, in order; stores are asked for several at a time."""
    places = list(places)
    if not any(isinstance(place, Address) for place in places):
        yield from map(function, places)
        return
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        yield from threads.map(function, places)


def fetch(address: Address, path: Path) -> None:
    """Make a file at ``path`` of the object; raises OSError."""
    system, there = filesystem(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    with asking():
        system.get_file(there, str(path))


def put(path: Path, address: Address) -> None:
    """Make an object of the file, in place of one that is there: who reads it finds either; raises OSError."""
    system, there = filesystem(address)
    with asking():
        system.put_file(str(path), there)


def write(data: bytes, address: Address, *, new: bool = False) -> None:
    """Make an object of these bytes; raises OSError, FileExistsError where it has to be ``new`` and is not."""
    system, there = filesystem(address)
    with asking():
        system.pipe_file(there, data, mode="create" if new else "overwrite")


def copy(address: Address, to: Address) -> None:
    """Make an object of another of the same store, within it; raises OSError."""
    system, there = filesystem(address)
    with asking():
        system.cp_file(there, filesystem(to)[1])


def remove(address: Address) -> None:
    """Take an object away, if there is one; raises OSError."""
    system, there = filesystem(address)
    with suppress(FileNotFoundError), asking():
        system.rm_file(there)


def written_path(path: str) -> str:
    """A path as tables can hold it: NFC, and U+FFFD for what is no UTF-8 in it.

    >>> written_path("a\\udce0.txt")
    'a\ufffd.txt'
    """
    return unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))
