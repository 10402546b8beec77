"""Bytes to text: which encoding a file is in, and which files are no text at all.

What fits first is taken: a byte order mark, the NULs of UTF-16, UTF-8, Windows-1258, and Windows-1252 under the letters
of TCVN3 or VNI. The last two are guesses, made only where what comes out is Vietnamese.

``data.decode(source.encoding)`` is always ``source.raw``: the offsets of a run can be followed with nothing but the
standard library. That holds of old letters too: their offsets are those of the characters that the file has, "tyû leä".
"""

import codecs
import hashlib
import os
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import regex

from nqparse.addresses import Address, Place, contents, written_path
from nqparse.errors import UnreadableError
from nqparse.text.language import reads_as_vietnamese
from nqparse.text.legacy import lettering_of
from nqparse.text.source import Source, make_source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .odt files are"),
    (b"\xd0\xcf\x11\xe0", "a Word .doc file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\x1f\x8b", "a gzip archive"),
)
_BINARY = "it is a binary file, not a text: save its text as UTF-8 first"
_FALLBACK = "windows-1258"
_UNDER_FONTS = "windows-1252"
_SAMPLE = 1 << 16
_LARGE = 1 << 18
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
_BEYOND = regex.compile(r"[\u2200-\U0010ffff]")


class _Text(NamedTuple):
    raw: str
    encoding: str
    guessed: bool = False


def read_file(path: Path, doc_id: str = "", *, strict: bool | None = None) -> Source:
    """The text of the file at ``path``; raises UnreadableError where there is none to be had."""
    return read_bytes(file_bytes(path), written_path(doc_id or path.name), strict=strict)


def read_text(path: Place) -> str:
    """The text of the file at ``path`` as it was decoded, which is what offsets count; raises UnreadableError."""
    return _decode(file_bytes(path)).raw


def file_bytes(path: Place) -> bytes:
    """The file's bytes; raises UnreadableError where the system, or the store, refuses them."""
    try:
        return contents(path) if isinstance(path, Address) else path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}") from error


def steady_bytes(path: Place) -> bytes:
    """The bytes of a regular file that nobody writes to meanwhile: half of a document would lose numbers silently.

    A store gives an object as it was at one moment. Raises UnreadableError where the system refuses the bytes, for a
    pipe or a device, and for a file that changes.
    """
    if isinstance(path, Address):
        return file_bytes(path)
    try:
        with _opened(path) as file:
            before = os.fstat(file.fileno())
            if not S_ISREG(before.st_mode):
                raise UnreadableError("it is a pipe or a device, not a file: save its text as a file first")
            data = file.read(before.st_size + 1) if before.st_size else file.read()
            after = os.fstat(file.fileno())
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableError("it changed while it was read: run again when nothing writes to it")
    return data


def file_digest(path: Place) -> str | None:
    """The SHA-256 of the file's bytes; None where the system refuses them, and of no regular file."""
    try:
        if isinstance(path, Address):
            return hashlib.sha256(contents(path)).hexdigest()
        with _opened(path) as file:
            status = os.fstat(file.fileno())
            if not S_ISREG(status.st_mode):
                return None
            if status.st_size < _LARGE:  # for these, what file_digest prepares costs more than all else
                return hashlib.sha256(file.read()).hexdigest()
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _opened(path: Path) -> BufferedReader:
    """The file, opened without waiting for who writes to a pipe."""
    return open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")  # noqa: PTH123 - of a number


def read_bytes(data: bytes, doc_id: str = "", *, strict: bool | None = None) -> Source:
    """The text that ``data`` encodes; raises UnreadableError, which gives the reason, where it encodes none.

    >>> source = read_bytes("\\ufefftỷ lệ 5%".encode("utf-16-le"), "a.txt")
    >>> source.raw, source.encoding, source.guessed
    ('tỷ lệ 5%', 'utf-16', False)
    >>> read_bytes(b"%PDF-1.7 ...")
    Traceback (most recent call last):
    nqparse.errors.UnreadableError: it is a PDF file, not a text: save its text as UTF-8 first
    """
    raw, encoding, guessed = _decode(data)
    digest = hashlib.sha256(data).hexdigest()
    return make_source(raw, doc_id, encoding=encoding, guessed=guessed, size=len(data), sha256=digest, strict=strict)


def _decode(data: bytes) -> _Text:
    _refuse_formats(data)
    text = _marked(data) or _unmarked_utf16(data) or _bytewise(data)
    if not text.raw:
        raise UnreadableError("the file is empty")
    if _controls(text.raw.encode("utf-8")) > 0.3:
        raise UnreadableError(_BINARY)
    return text


def _refuse_formats(data: bytes) -> None:
    for magic, name in _FORMATS:
        if data.startswith(magic):
            raise UnreadableError(f"it is {name}, not a text: save its text as UTF-8 first")


def _marked(data: bytes) -> _Text | None:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        return None
    try:
        return _Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        fault = _fault(error, skipped=len(data) - len(error.object))
        raise UnreadableError(f"{fault}, although it begins with that encoding's mark") from error


def _unmarked_utf16(data: bytes) -> _Text | None:
    """UTF-16 by its NULs: they are the high bytes of all spaces, digits and unaccented letters, and of little else."""
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if len(data) % 2 or max(even, odd) * 6 < min(len(data), _SAMPLE) or min(even, odd) * 50 > max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = _Text(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
    return text if len(_BEYOND.findall(text.raw[:_SAMPLE])) * 20 <= len(text.raw[:_SAMPLE]) else None


def _bytewise(data: bytes) -> _Text:
    try:
        return _Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        text = _windows_1258(data) or _old_font(data)
        if text is None:
            reason = f"{_fault(error)}, nor Vietnamese in Windows-1258, TCVN3 or VNI: save it as UTF-8 first"
            raise UnreadableError(_BINARY if _controls(data) > 0.02 else reason) from error
        return text


def _windows_1258(data: bytes) -> _Text | None:
    try:
        raw = data.decode(_FALLBACK)
    except UnicodeDecodeError:
        return None
    return _Text(raw, _FALLBACK, guessed=True) if reads_as_vietnamese(raw) else None


def _old_font(data: bytes) -> _Text | None:
    """Text for fonts from before Unicode, as the characters whose places its letters take."""
    try:
        raw = data.decode(_UNDER_FONTS)
    except UnicodeDecodeError:
        return None
    return _Text(raw, _UNDER_FONTS, guessed=True) if lettering_of(raw) is not None else None


def _controls(data: bytes) -> float:
    """The share of control characters: a text may hold some, but is not made of them."""
    return (len(data) - len(data.translate(None, _CONTROLS))) / max(1, len(data))


def _fault(error: UnicodeDecodeError, skipped: int = 0) -> str:
    byte = f"byte 0x{error.object[error.start]:02x} at {error.start + skipped}"
    return f"it is not valid {error.encoding.removesuffix('-sig').upper()} ({byte})"
