"""What is no plain text is refused by what it is, whatever it is called; and texts with a little markup are read."""

import io
import json
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqparse import parse
from nqparse.cli import cli
from nqparse.errors import PathAsTextWarning, UnsupportedFormatError
from nqparse.text.encodings import read_bytes

LINE = "Tỷ lệ hộ nghèo: 1,25%"


def zipped(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, f"<w>{LINE}</w>" * 50)
    return made.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le") + bytes(512)


def tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return made.getvalue()


def page(body: str) -> str:
    return f"<div class='content'><style>p {{ margin: 12px 5% }}</style>{body}</div>"


OFFICE = ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml")
ODF = "application/vnd.oasis.opendocument"
CELLS = "".join(f"<tr><td width='12%'><p>Chỉ tiêu {n}</p></td><td>{n},5</td></tr>\n" for n in range(20))
FORMATS: dict[str, tuple[bytes, str, str]] = {
    "pdf": (b"%PDF-1.7\n1 0 obj", "a PDF file", "pdftotext -layout FILE.pdf FILE.txt"),
    "rtf": (b"\n{\\rtf1\\ansi Ngh\\u7883?}", "(RTF)", "soffice --headless --convert-to"),
    "docx": (zipped(*OFFICE, "word/document.xml"), "(.docx)", "soffice --headless --convert-to"),
    "xlsx": (zipped(*OFFICE, "xl/workbook.xml"), "(.xlsx)", "soffice --headless --convert-to"),
    "pptx": (zipped(*OFFICE, "ppt/presentation.xml"), "(.pptx)", "--convert-to pdf FILE.pptx"),
    "docx, cut": (zipped("[Content_Types].xml", "word/document.xml")[:-90], "(.docx)", "soffice"),
    "odt": (zipped("content.xml", mimetype=f"{ODF}.text"), "(.odt)", "soffice"),
    "ods": (zipped("content.xml", mimetype=f"{ODF}.spreadsheet"), "(.ods)", "soffice"),
    "odp": (zipped("content.xml", mimetype=f"{ODF}.presentation"), "(.odp)", "soffice"),
    "epub": (zipped("OEBPS/a.xhtml", mimetype="application/epub+zip"), "an EPUB book", "pandoc -f epub"),
    "zip": (zipped("nq.docx", "word/a.txt"), "a ZIP archive", "unzip FILE.zip -d FOLDER"),
    "empty zip": (zipped(), "a ZIP archive", "unzip"),
    "doc": (ole("WordDocument"), "a Word file (.doc)", "FILE.doc"),
    "xls": (ole("Workbook"), "an Excel workbook (.xls)", "FILE.xls"),
    "ppt": (ole("PowerPoint Document"), "a PowerPoint presentation (.ppt)", "FILE.ppt"),
    "other ole": (ole("Other"), "Microsoft Office before 2007", "soffice"),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(20), "a gzip archive", "gunzip -k"),
    "bzip2": (b"BZh91AY&SY" + bytes(20), "a bzip2 archive", "bunzip2 -k"),
    "xz": (b"\xfd7zXZ\x00" + bytes(20), "an XZ archive", "unxz -k"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "a 7z archive", "7z x"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + bytes(20), "a RAR archive", "unrar x"),
    "tar": (tar(), "a tar archive", "tar -xf"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG image", "tesseract FILE.png FILE -l vie"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image", "tesseract FILE.jpg"),
    "tiff": (b"II*\x00" + bytes(20), "a TIFF image", "tesseract FILE.tif"),
    "tiff, Motorola": (b"MM\x00*" + bytes(20), "a TIFF image", "tesseract FILE.tif"),
    "gif": (b"GIF89a" + bytes(20), "a GIF image", "tesseract FILE.gif"),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a WebP image", "tesseract FILE.webp"),
    "bmp": (b"BM" + struct.pack("<I", 60) + bytes(54), "a BMP image", "tesseract FILE.bmp"),
    "html": (f"<!DOCTYPE html>\n<html><p>{LINE}</p></html>".encode(), "an HTML page", "pandoc -f html"),
    "html, in capitals": (f"\n <HTML><P>{LINE}</P></HTML>".encode(), "an HTML page", "pandoc -f html"),
    "html, comment first": (f"<!-- saved -->\n<html><p>{LINE}</p></html>".encode(), "an HTML page", "pandoc -f html"),
    "xhtml": (f"<?xml version='1.0'?>\n<html>{LINE}</html>".encode(), "an HTML page", "pandoc -f html"),
    "html, utf-16": (f"<html><p>{LINE}</p></html>".encode("utf-16"), "an HTML page", "pandoc -f html"),
    "html, windows-1252": ("<html><p>pauvreté à 5 %</p></html>".encode("windows-1252"), "an HTML page", "pandoc"),
    "a piece of html": (page(f"<table>{CELLS}</table>").encode(), "an HTML page", "pandoc -f html"),
    "xml": (f"<?xml version='1.0'?><a><b>{LINE}</b></a>".encode(), "an XML file", "xmllint --xpath 'string(/)'"),
    "xml, bom": (f"\ufeff<?xml version='1.0'?><a>{LINE}</a>".encode(), "an XML file", "xmllint"),
    "xml, bare": (f"<vanban so='5'><dieu>{LINE}</dieu></vanban>\n".encode(), "an XML file", "xmllint"),
    "word as xml": (
        b"<?xml version='1.0'?>\n<?mso-application progid=\"Word.Document\"?><w:wordDocument/>",
        "a Word file as XML",
        "soffice",
    ),
}
TEXTS = {
    "raised digits": f"Diện tích 5 km<sup>2</sup><br>Dân số 900 người&nbsp;\n{LINE}\n",
    "breaks in cells": "| Chỉ tiêu | Kết quả |\n|---|---|\n" + "| Hộ nghèo<br>(%) | 5<br/>6 |\n" * 40,
    "breaks for lines": f"{LINE}<br>\n" * 40,
    "a paragraph": f"<p>{LINE}</p>",
    "paragraphs around long lines": f"<p>{LINE * 9}</p>\n" * 40,
    "names in brackets": "<tên xã>, ngày 5 tháng 6 năm 2024\n" + LINE,
    "a comment, then Markdown": f"<!-- scan 12 -->\n# Báo cáo\n\n{LINE}\n",
    "signs": f"Số hộ < 5 và > 3; </b> {LINE}",
    "a style sheet that is spoken of": f"Tệp <style> có 3 dòng. {LINE}",
    "begins like a format": f"BM, MM và PK là ký hiệu. {LINE}",
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_refused_by_its_name_with_the_command_that_converts_it(name: str) -> None:
    data, called, command = FORMATS[name]
    with pytest.raises(UnsupportedFormatError) as caught:
        read_bytes(data, "a.txt")
    assert called in str(caught.value)
    assert command in str(caught.value)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_with_a_little_markup_is_read(name: str) -> None:
    assert read_bytes(TEXTS[name].encode(), "a.txt").raw == TEXTS[name]


def test_every_way_in_refuses_a_page_and_tells_how_to_convert_it(tmp_path: Path) -> None:
    file = tmp_path / "nq.txt"
    file.write_bytes(FORMATS["html"][0])
    with pytest.raises(UnsupportedFormatError, match="an HTML page"):
        parse(file)
    run = ["run", str(tmp_path), "--out", str(tmp_path.parent / "out"), "--workers", "0", "--quiet"]
    for command, stdin in ((["show", str(file)], None), (["show", "-"], FORMATS["html"][0]), (run, None)):
        done = CliRunner().invoke(cli, command, input=stdin)
        assert done.exit_code == 1
        assert done.output.count("\n") == 1, done.output
        assert "it is an HTML page, no plain text: convert it first, with pandoc -f html" in done.output


def test_a_text_that_has_invalid_bytes_or_nothing_in_it_is_ok_with_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"{LINE}; ".encode() * 9 + b"\xff\xfe")
    (tmp_path / "b.txt").touch()
    for name, code in (("a.txt", "bytes_replaced"), ("b.txt", "empty_text")):
        done = CliRunner().invoke(cli, ["show", str(tmp_path / name), "--json"])
        records = json.loads(done.stdout)
        found = [finding for finding in records["findings"] if finding["code"] == code]
        assert (done.exit_code, records["head"]["status"], records["head"]["encoding"]) == (0, "ok", "utf-8")
        assert [finding["severity"] for finding in found] == ["warning"]
    assert len(parse(tmp_path / "a.txt").indicators) == 9
    (finding,) = (one for one in parse(tmp_path / "a.txt").findings if one.code == "bytes_replaced")
    assert (finding.char_start, finding.text) == (207, "\ufffd")
    assert "2 invalid bytes" in finding.message
    assert "at 207, 208" in finding.message


def test_a_str_that_names_a_file_is_warned_of(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    file = tmp_path / "a.txt"
    file.write_text(LINE, encoding="utf-8")
    for text in (LINE, f"{file}.bak", str(tmp_path), "", "x" * 9000, "a\x00b"):
        parse(text)
    assert not recwarn.list
    with pytest.warns(PathAsTextWarning, match=r"parse\(Path\(") as caught:
        document = parse(str(file))
    assert not document.indicators
    assert caught[0].filename == __file__
