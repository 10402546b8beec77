"""The stages inside spaCy: the same records as ``parse``, on spans, in one's own pipeline or in ours."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import nqparse
from nqparse.models import Indicator, Section
from nqparse.pipeline import STAGES

SAMPLES = sorted(path for path in (Path(__file__).parents[1] / "samples").iterdir() if path.is_file())
TEXT = "I. CHỈ TIÊU NĂM 2025\n- Tỷ lệ hộ nghèo: dưới 1,25%\n- Thu ngân sách: 9.500 tỷ đồng\n"
ODD = ["", " ", "5", "Tỷ\u00a0lệ  hộ nghèo\t:\r\n1,25 %", "ty\u0309 lệ 5%\n\n", "  5%", "I. \ufeffCHỈ TIÊU\u200b 5%"]

UNIT = """
[[unit]]
id = "thúng"
family = "physical"
forms = ["thúng"]
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return nqparse.load()


@pytest.fixture
def own() -> Language:
    """Somebody's own pipeline, with its own tokenizer."""
    nlp = spacy.blank("xx")
    for stage in STAGES:
        nlp.add_pipe(stage)
    return nlp


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_the_records_are_those_of_parse(nlp: Language, path: Path) -> None:
    doc = nlp(text_of(path))
    assert doc.text == text_of(path)
    assert doc._.nqparse == nqparse.parse(text_of(path))
    for name in ("sections", "indicators"):
        assert tuple(span._.record for span in doc.spans[name]) == getattr(doc._.nqparse, name)


@pytest.mark.parametrize("text", ODD)
def test_the_text_is_kept_as_it_is(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert doc._.nqparse == nqparse.parse(text)


def test_spans_lie_where_their_records_say(nlp: Language) -> None:
    doc = nlp(TEXT)
    rate, revenue = doc.spans["indicators"]
    assert (rate.text, rate.label_, rate._.record.name) == ("1,25", "target", "Tỷ lệ hộ nghèo")
    assert (revenue.text, revenue._.record.unit, revenue._.record.low) == ("9.500", "VND", 9_500_000_000_000)
    assert isinstance(rate._.record, Indicator)
    assert [rate.start_char, rate.end_char] == [rate._.record.char_start, rate._.record.char_end]
    (section,) = doc.spans["sections"]
    assert isinstance(section._.record, Section)
    assert (section.label_, section._.record.path, section._.record.title) == ("roman", "I", "CHỈ TIÊU NĂM 2025")


def test_the_stages_are_found_by_entry_point_in_any_pipeline(own: Language, nlp: Language) -> None:
    assert own.pipe_names == nlp.pipe_names == list(STAGES)
    doc = own(TEXT)
    assert doc.text == TEXT
    assert doc._.nqparse == nqparse.parse(TEXT)
    assert [span._.record.name for span in doc.spans["indicators"]] == ["Tỷ lệ hộ nghèo", "Thu ngân sách"]


def test_a_pipeline_may_stop_after_any_stage() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("nqparse_layout")
    nlp.add_pipe("nqparse_segment")
    doc = nlp(TEXT)
    assert [span._.record.path for span in doc.spans["sections"]] == ["I"]
    assert "indicators" not in doc.spans


def test_a_stage_without_the_one_before_says_so() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("nqparse_extract")
    with pytest.raises(RuntimeError, match="'nqparse_segment' must run first"):
        nlp(TEXT)


def test_a_stream_of_texts_is_read_one_by_one(nlp: Language) -> None:
    def endless() -> Iterator[tuple[str, int]]:
        number = 0
        while True:
            yield f"- Tỷ lệ hộ nghèo: {number}%\n", number
            number += 1

    docs = nlp.pipe(endless(), as_tuples=True, batch_size=4)
    assert [(doc.spans["indicators"][0].text, number) for doc, number in islice(docs, 10)] == [
        (str(number), number) for number in range(10)
    ]


def test_documents_do_not_share_records(nlp: Language) -> None:
    one, other = nlp.pipe([TEXT, TEXT.replace("1,25", "2,5")])
    assert [doc.spans["indicators"][0]._.record.text for doc in (one, other)] == ["1,25", "2,5"]
    assert one._.nqparse != other._.nqparse


def test_displacy_draws_the_spans(nlp: Language) -> None:
    for key in ("indicators", "sections"):
        html = displacy.render(nlp(TEXT), style="span", jupyter=False, options={"spans_key": key})
        assert {"indicators": "target", "sections": "roman"}[key] in html


def test_a_memory_zone_frees_what_was_read(nlp: Language) -> None:
    with nlp.memory_zone():
        found = [doc._.nqparse for doc in nlp.pipe([TEXT, TEXT])]
    assert found == [nqparse.parse(TEXT)] * 2


def test_ones_own_pipeline_is_saved_and_loaded(own: Language, tmp_path: Path) -> None:
    own.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == own.pipe_names
    assert again(TEXT)._.nqparse == own(TEXT)._.nqparse


def test_our_pipeline_is_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again(TEXT)._.nqparse == nlp(TEXT)._.nqparse
    assert all(again(text).text == text for text in ODD)


def test_own_patterns_are_laid_over_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(UNIT, encoding="utf-8")
    doc = nqparse.load(tmp_path)("Sản lượng đạt 45 thúng")
    (record,) = (span._.record for span in doc.spans["indicators"])
    assert record.unit == "thúng"
    assert "thúng" in record.rules
    nlp = spacy.blank("xx")
    for stage in STAGES:
        nlp.add_pipe(stage, config={"patterns": str(tmp_path)})
    assert nlp("Sản lượng đạt 45 thúng")._.nqparse.indicators == (record,)


def test_a_document_travels_as_bytes(nlp: Language) -> None:
    doc = nlp(TEXT)
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert back._.nqparse == doc._.nqparse == nqparse.parse(TEXT)
    for name in ("sections", "indicators"):
        assert [span._.record for span in back.spans[name]] == [span._.record for span in doc.spans[name]]


def test_documents_are_read_by_several_processes(nlp: Language) -> None:
    texts = [text_of(path) for path in SAMPLES[:2]]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [doc._.nqparse for doc in docs] == [nqparse.parse(text) for text in texts]


def test_a_document_may_go_through_the_stages_again(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert nlp(doc)._.nqparse == nqparse.parse(TEXT)
