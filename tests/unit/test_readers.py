"""Bytes to text: what is decoded as what, what is refused and why, and that offsets lead back."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqparse.errors import UnreadableError
from nqparse.text.encodings import read_bytes, read_file

SENTENCE = "Tỷ lệ hộ nghèo giảm còn 2,99%; thu ngân sách đạt 9.500 tỷ đồng, tăng 12,5% so với năm trước.\n"


def windows_1258(text: str) -> bytes:
    """Tone marks as that encoding has them: after the letter, for the letters that it lacks."""
    data = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((part for part in parts[1:] if part in "\u0300\u0301\u0303\u0309\u0323"), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "", 1)) if tone else letter
        data += (base + tone).encode("windows-1258")
    return data


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("utf-8-sig"), "utf-8-sig"),
        (SENTENCE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (SENTENCE.encode("utf-32"), "utf-32"),
        (windows_1258(SENTENCE), "windows-1258"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    source = read_bytes(data, "a.txt")
    assert (source.text, source.encoding, source.size) == (SENTENCE, encoding, len(data))
    assert source.raw == data.decode(encoding)
    assert source.guessed == (encoding == "windows-1258")


def test_a_byte_order_mark_is_not_counted() -> None:
    source = read_bytes("\ufeff5%".encode(), "a.txt")
    assert source.raw == "5%"
    assert source.origin(0) == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 40, "binary file"),
        (b"\x00" * 1000, "binary file"),
        (b"\x7fELF\x02\x01\x01\x00\xff\xfe" + b"\x00\x01\x02\xff" * 50, "binary file"),
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive"),
        (b"{\\rtf1\\ansi Ngh\\u7883?", "RTF"),
        (SENTENCE.encode() + b"\xff\xfe\xff" + SENTENCE.encode(), "not valid UTF-8 (byte 0xff at 120)"),
        (b"\xef\xbb\xbf" + SENTENCE.encode() + b"\xff\xff", "not valid UTF-8 (byte 0xff at 123), although"),
        (SENTENCE.encode("utf-16")[:-80] + b"\x00\xd8" + SENTENCE.encode("utf-16-le"), "not valid UTF-16"),
        ("Le taux de pauvreté a été ramené à 2,99 % à Genève.".encode("windows-1252"), "nor Vietnamese"),
        ("Größe, Übung und Maß für die Bevölkerung".encode("windows-1252"), "nor Vietnamese"),
        ("TØ lÖ hé nghÌo gi¶m cßn 2,99%".encode("latin-1"), "nor Vietnamese"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "a.txt")
    assert reason in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t", "\n\n".encode("utf-16")])
def test_what_holds_nothing_is_a_text(data: bytes) -> None:
    assert read_bytes(data, "a.txt").raw.strip() == ""


def replaced(data: bytes) -> tuple[int, tuple[int, ...]]:
    """How many bytes of UTF-8 are replaced, and where; the text is the one that the standard library gives."""
    source = read_bytes(data, "a.txt")
    assert source.raw == data.decode("utf-8-sig", "replace")
    assert source.encoding == ("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8")
    assert all(source.raw[at] == "\ufffd" for at in source.replaced_at)
    assert not source.guessed
    return source.replaced, source.replaced_at


def test_up_to_one_invalid_byte_in_a_hundred_is_replaced() -> None:
    data = SENTENCE.encode()
    length = len(SENTENCE)
    assert replaced(data + b"\xff\xfe" + data) == (2, (length, length + 1))
    assert replaced(b"\xef\xbb\xbf" + data * 2 + b"\x96" + data) == (1, (2 * length,))
    assert replaced("\ufffd".encode() + data + b"\xe1\xbb " + data) == (1, (length + 1,))  # a tone's byte is missing
    assert replaced(b"".join([data + b"\x80"] * 9)) == (9, tuple((length + 1) * n - 1 for n in range(1, 6)))
    assert len(data * 5) == 600
    assert replaced(b"\x80" * 6 + data * 5)[0] == 6
    with pytest.raises(UnreadableError):
        read_bytes(b"\x80" * 7 + data * 5)


def test_a_character_that_the_end_cuts_is_replaced_however_short_the_text() -> None:
    for cut in ("Tỷ lệ hộ ngh".encode() + b"\xc3", "Tỷ lệ h".encode() + b"\xe1\xbb"):
        assert replaced(cut) == (1, (len(cut.decode("utf-8", "ignore")),))
    for encoding in ("utf-16", "utf-16-le"):
        source = read_bytes(SENTENCE.encode(encoding)[:-1], "a.txt")
        assert (source.raw, source.replaced, source.encoding) == (SENTENCE[:-1] + "\ufffd", 1, encoding)


def test_old_encodings_are_told_from_a_few_invalid_bytes() -> None:
    with pytest.raises(UnreadableError, match="not valid UTF-8"):
        read_bytes(SENTENCE.encode() + b"\x96\xff\xfe")  # Windows-1258 would be nonsense
    table = "".join(f"{n}\t{n * 37}\t{n * 41},5\t{n * 43}\t{n * 47}\t{n * 53}\n" for n in range(200)).encode()
    tcvn3 = "Tû lÖ hé nghÌo gi¶m cßn 2,99%, thu nhËp ®¹t 5 triÖu ®ång".encode("windows-1252")
    assert len(tcvn3) * 100 < len(table) * 30
    assert read_bytes(tcvn3 + b"\n" + table).lettering == "TCVN3"
    assert read_bytes(windows_1258(SENTENCE) + b"\x96" + windows_1258(SENTENCE)).encoding == "windows-1258"
    english = (
        b"The rate of poor households fell to 5% \x96 more than was planned for the year, as the last table shows. " * 3
    )
    assert replaced(english)[0] == 3


def test_a_text_may_hold_nuls_and_control_characters() -> None:
    source = read_bytes("Tỷ lệ\x00 hộ\x01 nghèo\x1b[31m: 5%\n".encode(), "a.txt")
    assert source.raw.count("\x00") == 1
    assert source.raw[source.origin(source.text.index("5"))] == "5"


@pytest.mark.parametrize("text", ["The poverty rate fell to 5%.", "Уровень бедности 5%", "貧困率5%"])
def test_another_language_is_a_text(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").raw == text


def test_a_file_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be opened: No such file"):
        read_file(tmp_path / "a.txt")


def test_a_file_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert read_file(tmp_path / "a.txt").doc_id == "a.txt"


LETTERS = st.sampled_from(
    [*"ẾếộàđƯ aB5%\t", "\r\n", "\r", "\n", "\u00a0", "\u200b", "\u00ad", "\u2028", "\x00", "ô\u0323"]
)
TEXTS = st.lists(LETTERS, min_size=1).map(lambda letters: "".join(letters) + "a" * 3 * len(letters))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


@given(TEXTS, ENCODINGS, st.booleans())
def test_every_character_leads_back_to_where_it_was_read(text: str, encoding: str, decomposed: bool) -> None:
    raw = unicodedata.normalize("NFD" if decomposed else "NFC", text)
    source = read_bytes(raw.encode(encoding), "a.txt")
    assert source.raw == raw
    places = [source.origin(i) for i in range(len(source.text))]
    assert places == sorted(set(places))
    for place, letter in zip(places, source.text, strict=True):
        whole = unicodedata.normalize("NFC", raw[place : place + 3])
        assert letter.isspace() or whole.startswith(letter)
