"""Letters of fonts from before Unicode. What is expected was typed in such fonts, not made by the tables."""

import pytest

from nqparse.pipeline import parse
from nqparse.text.encodings import read_bytes
from nqparse.text.legacy import LETTERINGS, lettering_of

TCVN3 = (
    "§éc lËp - Tù do - H¹nh phóc, Céng hßa x· héi chñ nghÜa ViÖt Nam. Phæ biÕn, kiÓm tra, ®¸nh gi¸ viÖc thùc hiÖn;"
    " ng­êi lao ®éng cã tay nghÒ; tû lÖ hé nghÌo gi¶m cßn 2,99%."
)
VNI = (
    "Ñoäc laäp - Töï do - Haïnh phuùc, Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Phoå bieán, kieåm tra, ñaùnh giaù"
    " vieäc thöïc hieän; ngöôøi lao ñoäng coù tay ngheà; tyû leä hoä ngheøo giaûm coøn 2,99%."
)
UNICODE = (
    "Độc lập - Tự do - Hạnh phúc, Cộng hòa xã hội chủ nghĩa Việt Nam. Phổ biến, kiểm tra, đánh giá việc thực hiện;"
    " người lao động có tay nghề; tỷ lệ hộ nghèo giảm còn 2,99%."
)


@pytest.mark.parametrize(("name", "text"), [("TCVN3", TCVN3), ("VNI", VNI)])
def test_letters_are_told_and_read(name: str, text: str) -> None:
    lettering = lettering_of(text)
    assert lettering is not None
    assert lettering.name == name
    assert lettering.read(text)[0] == UNICODE


def test_small_letters_among_capitals_are_capitals() -> None:
    assert LETTERINGS[0].read("NGHÞ QUYÕT VÒ Hµ NéI, Hµ Néi vµ §¹i héi")[0] == "NGHỊ QUYẾT VỀ HÀ NỘI, Hà Nội và Đại hội"
    assert LETTERINGS[0].read("NHIÖM Kú 2025\n§¹i héi häp Kú 2")[0] == "NHIỆM KỲ 2025\nĐại hội họp Kỳ 2"
    assert LETTERINGS[1].read("COÄNG HOØA, ÑAÏI HOÄI, ngöôøi ÔÛ Yeân Myõ")[0] == "CỘNG HÒA, ĐẠI HỘI, người Ở Yên Mỹ"


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "",
        "NGHI QUYET ve phat trien kinh te - xa hoi nam 2024",
        "Le taux de pauvreté a été réduit à 2,99 % ; l'été dernier, les élèves ont été très présents à l'école.",
        "Die Lösung für Bürger müßte größer ausfallen; über hundert Häuser fügten sich schön ein, natürlich während Öl",
        "Процент бедных семей снижен до 2,99 %, доход на душу населения достиг пяти миллионов",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert lettering_of(text) is None


@pytest.mark.parametrize(("name", "text"), [("TCVN3", TCVN3), ("VNI", VNI)])
def test_a_file_in_old_letters_is_read_with_a_finding(name: str, text: str) -> None:
    source = read_bytes(text.encode("windows-1252"), "old.txt")
    assert (source.encoding, source.guessed, source.lettering) == ("windows-1252", True, name)
    assert (source.raw, source.text) == (text, UNICODE)
    found = parse(text)
    assert [(row.name, row.text, text[row.char_start : row.char_end]) for row in found.indicators] == [
        ("tỷ lệ hộ nghèo", "2,99", "2,99")
    ]
    assert [(one.code, name in one.message) for one in found.findings] == [("encoding_guessed", True)]
