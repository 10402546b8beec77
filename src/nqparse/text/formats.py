"""What a file is that is no plain text, told by how it begins, and the command that makes a text of it.

A list of our own: libraries that tell formats by their first bytes take HTML, XML and RTF for text, or tell a Word file
from a workbook by the file's name.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Format(NamedTuple):
    """A format: its name in a sentence ("a PDF file"), and the command that makes a text, or files, of FILE."""

    name: str
    command: str


_WRITER = 'soffice --headless --convert-to "txt:Text (encoded):UTF8" FILE{}'
_CALC = 'soffice --headless --convert-to "txt:Text - txt - csv (StarCalc):9,34,76" FILE{}'
_IMPRESS = "soffice --headless --convert-to pdf FILE{} && pdftotext -layout FILE.pdf FILE.txt"
_OCR = "tesseract FILE{} FILE -l vie"

_ZIP = Format("a ZIP archive", "unzip FILE.zip -d FOLDER")
_OLE = Format("a file of Microsoft Office before 2007", _WRITER.format(".doc"))
_XML = Format("an XML file", "xmllint --xpath 'string(/)' FILE.xml > FILE.txt")
_HTML = Format("an HTML page", "pandoc -f html -t plain --wrap=none -o FILE.txt FILE.html")

_MAGIC = (
    (b"%PDF-", Format("a PDF file", "pdftotext -layout FILE.pdf FILE.txt")),
    (b"%!PS", Format("a PostScript file", "ps2ascii FILE.ps FILE.txt")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\x1f\x8b", Format("a gzip archive", "gunzip -k FILE.gz")),
    (b"\xfd7zXZ\x00", Format("an XZ archive", "unxz -k FILE.xz")),
    (b"\x28\xb5\x2f\xfd", Format("a Zstandard archive", "unzstd FILE.zst")),
    (b"7z\xbc\xaf\x27\x1c", Format("a 7z archive", "7z x FILE.7z")),
    (b"Rar!\x1a\x07", Format("a RAR archive", "unrar x FILE.rar")),
    (b"\x89PNG\r\n\x1a\n", Format("a PNG image", _OCR.format(".png"))),
    (b"\xff\xd8\xff", Format("a JPEG image", _OCR.format(".jpg"))),
    (b"II*\x00", Format("a TIFF image", _OCR.format(".tif"))),
    (b"MM\x00*", Format("a TIFF image", _OCR.format(".tif"))),
    (b"GIF87a", Format("a GIF image", _OCR.format(".gif"))),
    (b"GIF89a", Format("a GIF image", _OCR.format(".gif"))),
)
_RTF = Format("a rich text (RTF) file", _WRITER.format(".rtf"))
_BZIP2 = Format("a bzip2 archive", "bunzip2 -k FILE.bz2")
_WEBP = Format("a WebP image", _OCR.format(".webp"))
_BMP = Format("a BMP image", _OCR.format(".bmp"))
_TAR = Format("a tar archive", "tar -xf FILE.tar")
_ZIPPED = (
    (b"word/", Format("a Word file (.docx)", _WRITER.format(".docx"))),
    (b"xl/", Format("an Excel workbook (.xlsx)", _CALC.format(".xlsx"))),
    (b"ppt/", Format("a PowerPoint presentation (.pptx)", _IMPRESS.format(".pptx"))),
)
_OFFICE_FIRST = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", *(part for part, _ in _ZIPPED))
"""What the first member of an Office Open XML file may be called; another archive may hold such a file."""
_MIME = (
    (b"application/vnd.oasis.opendocument.text", Format("an OpenDocument text (.odt)", _WRITER.format(".odt"))),
    (b"application/vnd.oasis.opendocument.spreadsheet", Format("an OpenDocument sheet (.ods)", _CALC.format(".ods"))),
    (
        b"application/vnd.oasis.opendocument.presentation",
        Format("an OpenDocument presentation (.odp)", _IMPRESS.format(".odp")),
    ),
    (b"application/vnd.oasis.opendocument", Format("an OpenDocument file", _IMPRESS.format(".odg"))),
    (b"application/epub+zip", Format("an EPUB book", "pandoc -f epub -t plain --wrap=none -o FILE.txt FILE.epub")),
)
"""What the member ``mimetype``, the first of its archive, says."""
_STREAMS = (
    ("WordDocument", Format("a Word file (.doc)", _WRITER.format(".doc"))),
    ("PowerPoint Document", Format("a PowerPoint presentation (.ppt)", _IMPRESS.format(".ppt"))),
    ("Workbook", Format("an Excel workbook (.xls)", _CALC.format(".xls"))),
    ("Book", Format("an Excel workbook (.xls)", _CALC.format(".xls"))),
)
"""The streams of an OLE file, as its directory writes them, that tell what made it."""

_MEMBER = re.compile(rb"PK\x03\x04[\s\S]{22}([\s\S]{2})[\s\S]{2}")
_HEAD = 1 << 12
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PROLOG = re.compile(rb"(?:\s+|<!--[\s\S]*?-->|<\?xml\b[^>]{0,400}\?>)*")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<(?:!doctype\s|\?xml[\s-]|svg\b|w:\w|office:\w)", re.IGNORECASE)
_OFFICE_XML = (
    (b'progid="Word.Document"', Format("a Word file as XML", _WRITER.format(".xml"))),
    (b'progid="Excel.Sheet"', Format("an Excel workbook as XML", _CALC.format(".xml"))),
    (b"office:document", Format("an OpenDocument file as XML", _WRITER.format(".fodt"))),
)
_BLOCK_TAGS = (
    "html head title meta link body style script table thead tbody tfoot tr td th col colgroup caption div span p font"
    " center ul ol li dl dt dd h[1-6] a img form input button select option label nav header footer section article"
    " main aside figure iframe noscript svg path"
).replace(" ", "|")
_TAG = re.compile(rf"<(?:(?P<code>style|script)|/?(?:{_BLOCK_TAGS}|[ow]:\w{{1,20}}))\b[^<>]{{0,2000}}>", re.IGNORECASE)
_FEWEST_TAGS = 20
_MOST_MARKUP = 0.3
_ELEMENT = re.compile(r"\s*<([A-Za-z_][\w.:-]{0,80})(?=[\s>])[^<>]{0,2000}>")
_INLINE = re.compile(
    rf"(?:{_BLOCK_TAGS}|b|i|u|s|em|strong|small|big|sup|sub|br|hr|pre|code|blockquote|q|mark|del|ins|details|summary)$",
    re.IGNORECASE,
)


def format_of(data: bytes) -> Format | None:
    """What a file is by how its bytes begin, whatever its name; None for what may be a text.

    >>> format_of(b"%PDF-1.7 ...").name, format_of(b"<!DOCTYPE html><p>5%").name, format_of("Tỷ lệ: 5%".encode())
    ('a PDF file', 'an HTML page', None)
    """
    found = next((form for magic, form in _MAGIC if data.startswith(magic)), None)
    if found is _ZIP:
        return _zipped(data)
    if found is _OLE:
        return next((form for name, form in _STREAMS if name.encode("utf-16-le") in data), _OLE)
    return found or _of_parts(data) or _of_prolog(data)


def _of_parts(data: bytes) -> Format | None:
    """The formats whose sign is not at the start alone."""
    if data[:_HEAD].removeprefix(_MARKS[0]).lstrip().startswith(b"{\\rtf"):
        return _RTF
    if data.startswith(b"BZh") and data[4:10] == b"1AY&SY":
        return _BZIP2
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _WEBP
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data) and data[6:10] == bytes(4):
        return _BMP
    return _TAR if data[257:262] == b"ustar" else None


def _zipped(data: bytes) -> Format:
    """What an archive is by its members: Office files, OpenDocument and EPUB are archives."""
    first = next(_members(data), b"")
    if first == b"mimetype":
        said = data[30 + len(first) : 200]
        return next((form for mime, form in _MIME if mime in said), _ZIP)
    if first.startswith(_OFFICE_FIRST):
        parts = {name.partition(b"/")[0] + b"/" for name in _members(data)}
        return next((form for part, form in _ZIPPED if part in parts), _ZIP)
    return _ZIP


def _members(data: bytes) -> Iterator[bytes]:
    """The names of an archive's members, also of one that breaks off."""
    for match in _MEMBER.finditer(data):
        yield data[match.end() : match.end() + int.from_bytes(match[1], "little")]


def _of_prolog(data: bytes) -> Format | None:
    """HTML and XML that say so where they begin, in any encoding."""
    head = data[:_HEAD].replace(b"\x00", b"")
    head = next((head.removeprefix(mark) for mark in _MARKS if head.startswith(mark)), head)
    prolog = _PROLOG.match(head)
    at = prolog.end() if prolog is not None else 0
    if _PAGE.match(head, at):
        return _HTML
    if b"<?xml" not in head[:at] and not _DECLARED.match(head, at):
        return None
    return next((form for sign, form in _OFFICE_XML if sign in head), _XML)


def format_of_text(raw: str) -> Format | None:
    """HTML and XML that do not begin as such: by how much of the text is tags, style sheets and scripts, or by one
    element around all of it. A text with some tags in it is none.

    >>> format_of_text("<record><name>Tỷ lệ hộ nghèo</name></record>").name
    'an XML file'
    >>> format_of_text("Diện tích 5 km<sup>2</sup><br>Dân số 900 người<p>") is None
    True
    """
    if "</" not in raw:
        return None
    element = _ELEMENT.match(raw)
    if element is not None and not _INLINE.match(element[1]) and raw.rstrip().endswith(f"</{element[1]}>"):
        return _XML
    tags = list(_markup(raw))
    return _HTML if len(tags) >= _FEWEST_TAGS and sum(tags) > len(raw) * _MOST_MARKUP else None


def _markup(raw: str) -> Iterator[int]:
    """The length of each tag of a page; of one that opens a style sheet or a script, with what is in it."""
    done, lower, unclosed = 0, raw.lower(), set()
    for match in _TAG.finditer(raw):
        if match.start() < done:
            continue
        done, code = match.end(), (match["code"] or "").lower()
        if code and code not in unclosed:
            end = lower.find(f"</{code}", done)
            done = end if end >= 0 else done
            unclosed |= {code} if end < 0 else set()
        yield done - match.start()
