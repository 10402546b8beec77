"""The lexicon: a block's words are tagged in one pass, and forms of a user's own take the place of ours."""

from pathlib import Path

import pytest

from nqparse.errors import PatternError
from nqparse.packs.lexicon import Lexicon
from nqparse.packs.load import load_pack, words_of
from nqparse.packs.schema import Tag
from nqparse.packs.watch import watched
from nqparse.syntax.lexicon import Tags
from nqparse.syntax.tokens import tokenize

FORMS = {
    "trong": ["place"],
    "trong đó": ["part"],
    "trong đó có": ["part", "have"],
    "có": ["have"],
    "đó có": ["odd"],
}
LEXICON = Lexicon(lambda: ((words_of(form), tags) for form, tags in FORMS.items()))


def tags(text: str) -> Tags:
    return Tags(tokenize(text).words, LEXICON)


def test_the_longest_form_with_a_tag_begins_at_a_word() -> None:
    found = tags("Trong đó có 5 hộ, trong xã")
    assert [found.begins(0, tag) for tag in ("part", "place", "have", "odd")] == [3, 1, 3, 0]
    assert [found.begins(at, "have") for at in range(9)] == [3, 0, 1, 0, 0, 0, 0, 0, 0]
    assert found.begins(6, "part", "place") == 1


def test_the_longest_form_with_a_tag_ends_before_a_word() -> None:
    found = tags("Trong đó có 5 hộ")
    assert [found.ends(end, "part") for end in range(6)] == [0, 0, 2, 3, 0, 0]
    assert [found.ends(end, "have", "odd") for end in range(6)] == [0, 0, 0, 3, 0, 0]
    assert found.ends(3, "odd") == 2


def test_the_first_form_with_a_tag_in_a_stretch_is_found() -> None:
    found = tags("Xã có 5 hộ, trong đó có 2 hộ")
    assert found.within(0, 10, "part") == (5, 3)
    assert found.within(0, 6, "part") == (5, 3)
    assert found.within(0, 5, "part") is None
    assert found.within(2, 99, "have") == (5, 3)
    assert found.within(-3, 2, "have") == (1, 1)


def test_all_forms_at_a_word_are_told_with_their_tags() -> None:
    assert list(tags("trong đó có gì").of(0)) == [(3, ("part", "have")), (2, ("part",)), (1, ("place",))]


def test_an_empty_text_has_no_forms_and_an_unknown_tag_is_told() -> None:
    assert tags("").within(0, 5, "part") is None
    with pytest.raises(PatternError, match="no form of the pack has the tag 'parts'"):
        tags("trong đó").begins(0, "parts")


def test_tags_answer_as_the_views_by_tag_do() -> None:
    """On every example of the pack, for every tag: what begins and ends where."""
    pack = load_pack()
    known = [located.rule.id for located in pack.rules if isinstance(located.rule, Tag)]
    texts = [example.text for located in pack.rules for example in located.rule.examples][::7]
    met = 0
    for words in (tokenize(text).words for text in texts):
        found = Tags(words, pack.lexicon)
        for tag in known:
            view = pack.words(tag)
            for at in range(len(words) + 1):
                begins, ends = view.after(words, at), view.before(words, at)
                assert found.begins(at, tag) == (begins[0] if begins else 0)
                assert found.ends(at, tag) == (ends[0] if ends else 0)
                met += begins is not None
    assert met > 1000


def test_the_other_tables_are_tags_too() -> None:
    found = Tags(tokenize("đạt 5 tỷ đồng trên 1.000 hộ").words, load_pack().lexicon)
    assert (found.begins(0, "lead"), found.begins(2, "multiplier"), found.begins(3, "unit")) == (1, 1, 1)
    assert (found.begins(3, "VND"), found.begins(3, "noun"), found.ends(7, "noun")) == (1, 0, 1)


def test_ids_of_rules_and_names_of_tables_do_not_meet() -> None:
    rules = load_pack().rules
    assert {located.rule.id for located in rules}.isdisjoint(located.table for located in rules)


def test_a_tag_that_answers_is_noted_by_a_watched_pack() -> None:
    met: set[str] = set()
    found = Tags(tokenize("trong đó có 5 hộ").words, watched(load_pack(), met).lexicon)
    assert found.begins(0, "part-of", "projects")
    assert not found.begins(0, "sectors")
    assert met == {"part-of"}


# --- a user's own forms


def own(folder: Path, patterns: str) -> Path:
    (folder / "mine.toml").write_text(patterns, encoding="utf-8")
    return folder


def begins(folder: Path, text: str, tag: str) -> int:
    return Tags(words_of(text), load_pack(folder).lexicon).begins(0, tag)


def test_a_form_of_ones_own_is_added(tmp_path: Path) -> None:
    own(tmp_path, '[[form]]\nforms = ["chăn tằm"]\ntags = ["sectors", "act-verbs"]\n')
    assert (begins(tmp_path, "chăn tằm", "sectors"), begins(tmp_path, "chăn tằm", "act-verbs")) == (2, 2)
    assert load_pack(tmp_path).words("sectors").after(["chăn", "tằm"], 0) is not None
    assert begins(tmp_path, "nông nghiệp", "sectors") == 2


def test_a_form_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    own(tmp_path, '[[form]]\nforms = ["Lâm nghiệp"]\ntags = ["projects"]\n[[form]]\nforms = ["thủy sản"]\ntags = []\n')
    assert (begins(tmp_path, "lâm nghiệp", "sectors"), begins(tmp_path, "lâm nghiệp", "projects")) == (1, 2)
    assert begins(tmp_path, "thuỷ sản", "sectors") == 0


FAULTS = {
    "is listed already, in mine.toml": '[[form]]\nforms = ["thủy", "thuỷ"]\ntags = ["sectors"]\n',
    "the tag 'trades' is not declared": '[[form]]\nforms = ["chăn tằm"]\ntags = ["trades"]\n',
    "has no word": '[[form]]\nforms = [" "]\ntags = ["sectors"]\n',
    "tag trades: no form has the tag": '[[tag]]\nid = "trades"\n',
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_lexicon_is_told(tmp_path: Path, fault: str) -> None:
    with pytest.raises(PatternError, match=rf"^mine\.toml: .*{fault}$"):
        load_pack(own(tmp_path, FAULTS[fault]))


# --- slips


def test_a_form_is_met_with_the_slips_that_the_pack_knows() -> None:
    pack = load_pack()
    found = Tags(tokenize("kê hoạch").words, pack.lexicon)
    assert found.begins(0, "titles-of-plans") == 2
    assert pack.words("titles-of-plans").after(["kê", "hoạch"], 0) == pack.words("titles-of-plans").after(
        ["kế", "hoạch"], 0
    )
    counted = pack.nouns.after(["trưởng", "họp"], 0)
    assert counted is not None
    assert counted[2] == "trường hợp"


def test_no_form_is_a_slip_of_another() -> None:
    """Slips are listed once, in slips.toml, not as forms."""
    pack = load_pack()
    wrong = {tuple(slip.split()) for slip in pack.slips}
    rules = [located.rule for located in pack.rules]
    forms = [words_of(form) for rule in rules for form in getattr(rule, "forms", ())] + list(pack.forms)
    met = {slip for form in forms for slip in wrong if any(form[n : n + len(slip)] == slip for n in range(len(form)))}
    assert met == set()
