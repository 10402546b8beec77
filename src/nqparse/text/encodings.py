"""Bytes to text: which encoding a file is in, and which files are no text at all.

What fits first is taken: a byte order mark, the NULs of UTF-16, UTF-8, Windows-1258, and Windows-1252 under the letters
of TCVN3 or VNI. The last two are guesses, made only where what comes out is Vietnamese.

``data.decode(source.encoding)`` is always ``source.raw``: the offsets of a run can be followed with nothing but the
standard library. That holds of old letters too: their offsets are those of the characters that the file has, "tyû leä".
A text of which a few bytes are invalid is read all the same: then it is ``data.decode(source.encoding, "replace")``.
"""

import codecs
import hashlib
import os
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import regex

from nqparse.addresses import Address, Place, contents, written_path
from nqparse.errors import UnreadableError, UnsupportedFormatError
from nqparse.text.formats import Format, format_of, format_of_text
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
_BINARY = "it is a binary file, not a text: save its text as UTF-8 first"
_FALLBACK = "windows-1258"
_UNDER_FONTS = "windows-1252"
_SAMPLE = 1 << 16
_LARGE = 1 << 18
_SIGNED = {"utf-8-sig": codecs.BOM_UTF8}
_BYTES_PER_INVALID = 100
"""One byte in so many may be invalid; a character that the end of the file cuts is not counted."""
_TOLD = 5
"""So many places of invalid bytes are told."""
_MARK = "\ufffd"
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\v\f\r"))
_HIGH = bytes(range(0x80, 0x100))
_BEYOND = regex.compile(r"[\u2200-\U0010ffff]")


class _Text(NamedTuple):
    raw: str
    encoding: str
    guessed: bool = False
    replaced: int = 0
    """How many of its characters are U+FFFD in place of invalid bytes."""
    places: tuple[int, ...] = ()
    """Where the first of them are."""


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
    nqparse.errors.UnsupportedFormatError: it is a PDF file, no plain text: convert it first, with pdftotext -layout \
FILE.pdf FILE.txt
    """
    raw, encoding, guessed, replaced, places = _decode(data)
    digest = hashlib.sha256(data).hexdigest()
    source = make_source(raw, doc_id, encoding=encoding, guessed=guessed, size=len(data), sha256=digest, strict=strict)
    return replace(source, replaced=replaced, replaced_at=places) if replaced else source


def _decode(data: bytes) -> _Text:
    _refuse(format_of(data))
    text = _marked(data) or _unmarked_utf16(data) or _bytewise(data)
    _refuse(format_of_text(text.raw))
    if _controls(text.raw.encode("utf-8")) > 0.3:
        raise UnreadableError(_BINARY)
    return text


def _refuse(form: Format | None) -> None:
    if form is not None:
        raise UnsupportedFormatError(f"it is {form.name}, no plain text: convert it first, with {form.command}")


def _marked(data: bytes) -> _Text | None:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        return None
    try:
        return _Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = _nearly_utf8(data, encoding) if encoding == "utf-8-sig" else _cut_short(data, encoding, error)
        if text is not None:
            return text
        fault = _fault(error, skipped=len(data) - len(error.object))
        raise UnreadableError(f"{fault}, although it begins with that encoding's mark") from error


def _cut_short(data: bytes, encoding: str, error: UnicodeDecodeError) -> _Text | None:
    """UTF-16 or UTF-32 in which nothing but the last character is invalid, as where a copy broke off."""
    if error.end < len(error.object):
        return None
    raw = data.decode(encoding, "replace")
    return _Text(raw, encoding, replaced=1, places=(len(raw) - 1,))


def _unmarked_utf16(data: bytes) -> _Text | None:
    """UTF-16 by its NULs: they are the high bytes of all spaces, digits and unaccented letters, and of little else."""
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if not data or max(even, odd) * 6 < min(len(data), _SAMPLE) or min(even, odd) * 50 > max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text: _Text | None = _Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = _cut_short(data, encoding, error)
    return (
        text if text is not None and len(_BEYOND.findall(text.raw[:_SAMPLE])) * 20 <= len(text.raw[:_SAMPLE]) else None
    )


def _bytewise(data: bytes) -> _Text:
    try:
        return _Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        nearly = _nearly_utf8(data, "utf-8")
        text = nearly if _is_mostly_utf8(data) else _windows_1258(data) or _old_font(data) or nearly
        if text is None:
            reason = f"{_fault(error)}, nor Vietnamese in Windows-1258, TCVN3 or VNI: save it as UTF-8 first"
            raise UnreadableError(_BINARY if _controls(data) > 0.02 else reason) from error
        return text


def _nearly_utf8(data: bytes, encoding: str) -> _Text | None:
    """UTF-8 with a few invalid bytes in it, each run of which that cannot be one character is U+FFFD."""
    raw, replaced = data.decode(encoding, "replace"), _replaced(data)
    valid = len(raw.encode()) - len(_MARK.encode()) * replaced
    invalid = len(data.removeprefix(_SIGNED.get(encoding, b""))) - valid - _cut_bytes(data)
    if invalid * _BYTES_PER_INVALID > len(data) or _controls(data) > 0.02:
        return None
    return _Text(raw, encoding, replaced=replaced, places=_places(data, encoding))


def _replaced(data: bytes) -> int:
    """How many runs of bytes are no UTF-8."""
    return data.decode("utf-8", "replace").count(_MARK) - data.count(_MARK.encode())  # these bytes are always that one


def _cut_bytes(data: bytes) -> int:
    """How many bytes at the end begin a character that is not whole."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    decoder.decode(data[-8:])
    return len(decoder.getstate()[0])


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether of what is not ASCII more is UTF-8 than not, as hardly ever in an encoding of single bytes."""
    beyond = len(data.decode("utf-8", "replace")) - len(data.translate(None, _HIGH))
    return beyond >= 2 * _replaced(data)


def _places(data: bytes, encoding: str) -> tuple[int, ...]:
    """Where in the text the first invalid bytes are."""
    rest, at = data.removeprefix(_SIGNED.get(encoding, b"")), 0
    places: list[int] = []
    while len(places) < _TOLD:
        try:
            rest.decode("utf-8")
            break
        except UnicodeDecodeError as error:
            at += len(rest[: error.start].decode("utf-8"))
            places.append(at)
            at, rest = at + 1, rest[error.end :]
    return tuple(places)


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
