"""``nqparse check`` on a copy of the samples: what is spoilt, in the run, the gold or the floors, is told and fails."""

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from nqparse.cli import cli
from nqparse.gate.drafts import section_row
from nqparse.gate.reads import whole
from nqparse.inputs import list_files
from nqparse.models import Bound, Document, Indicator, Section
from nqparse.packs.load import load_pack
from nqparse.runs.parsing import parse_file
from nqparse.tables import Writer

SAMPLES = Path(__file__).parents[1] / "samples"
STEM = "01-nghi-quyet-thi-uy"
Spoil = Callable[[Document], Document]


def nqparse(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="nqparse")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    pack = load_pack()
    return [whole(parse_file(file, pack)) for file in list_files([SAMPLES])]


class Place:
    """A copy of the samples with their gold, floors at what is reached, and a finished run, which can be spoilt."""

    def __init__(self, folder: Path, documents: list[Document]) -> None:
        self.folder, self.documents = folder, documents
        self.gold, self.out, self.floors = folder / "samples" / "gold", folder / "out", folder / "floors.json"
        shutil.copytree(SAMPLES, folder / "samples")
        self.run()
        assert self.check("--update-floors").exit_code == 0

    def run(self, spoil: Spoil = lambda document: document) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        with Writer(self.out, "part-00000", version="0", patterns="0") as writer:
            writer.write((spoil(one) if one.head.doc_id.startswith(STEM) else one).rows for one in self.documents)

    def check(self, *options: object) -> Result:
        given = ("--gold", self.gold, "--out", self.out, "--floors", self.floors)
        return nqparse("check", self.folder / "samples", *given, *options)

    @property
    def measures(self) -> Path:
        return self.gold / f"{STEM}.measures.jsonl"

    def edit_gold(self, edit: Callable[[list[str]], list[str]]) -> None:
        lines = self.measures.read_text(encoding="utf-8").splitlines()
        self.measures.write_text("\n".join(edit(lines)) + "\n", encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, documents: list[Document]) -> Place:
    return Place(tmp_path, documents)


def target(document: Document) -> Indicator:
    """A core row with a bound, on which the spoilers work."""
    return next(row for row in document.indicators if row.core and row.bound is Bound.MIN)


def changed(document: Document, **update: object) -> Document:
    row = target(document)
    rows = [one.model_copy(update=update) if one is row else one for one in document.indicators]
    return document.model_copy(update={"indicators": tuple(rows)})


def without_indicator(document: Document) -> Document:
    rows = tuple(row for row in document.indicators if row is not target(document))
    return document.model_copy(update={"indicators": rows})


def without_section(document: Document) -> Document:
    return document.model_copy(update={"sections": document.sections[:3] + document.sections[4:]})


SPOILT: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "a dropped indicator": (without_indicator, ("not found", "detect F1", "nothing")),
    "a changed bound": (
        lambda one: changed(one, bound=Bound.ABOUT),
        ("read otherwise: bound", "value F1", "gold  min", "read  about"),
    ),
    "a shifted span": (
        lambda one: changed(one, char_end=target(one).char_end + 1),
        ("read at another span", "detect F1"),
    ),
    "a lost section": (without_section, ("section “", "not found", "section F1", "section path F1")),
}


# --- what is spoilt is told


def test_what_holds_passes(place: Place) -> None:
    result = place.check()
    assert result.exit_code == 0, result.output
    assert "floors hold" in result.output.splitlines()[-1]


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_lost_fails_and_is_shown(name: str, place: Place) -> None:
    spoil, words = SPOILT[name]
    place.run(spoil)
    before = place.floors.read_bytes()
    result = place.check()
    assert result.exit_code == 1, result.output
    for word in words:
        assert word in result.output
    assert f"below its floor: {STEM}: " in result.output
    assert "below its floor: all: " in result.output
    assert f"/{STEM}.txt:" in result.output
    assert place.check("--update-floors").exit_code == 1
    assert place.floors.read_bytes() == before


def test_a_miss_is_shown_with_a_caret_under_its_number(place: Place, documents: list[Document]) -> None:
    place.run(without_indicator)
    row = next(target(one) for one in documents if one.head.doc_id.startswith(STEM))
    lines = place.check().output.splitlines()
    at = next(n for n, line in enumerate(lines) if f"measure “{row.text}” not found" in line)
    start = lines[at + 2].index("^")
    assert lines[at + 1][start : start + len(row.text)] == row.text
    assert lines[at + 2].strip() == "^" * len(row.text)


def test_a_floor_above_what_is_reached_fails(place: Place) -> None:
    floors = json.loads(place.floors.read_text())
    floors["documents"][STEM]["name words"] = 1.0
    place.floors.write_text(json.dumps(floors))
    result = place.check()
    assert result.exit_code == 1
    assert f"floors.json: below its floor: {STEM}: name words 0." in result.output
    assert "1 of " in result.output.splitlines()[-1]


def test_gold_that_was_edited_after_the_floors_were_set_is_told(place: Place) -> None:
    place.edit_gold(lambda lines: [lines[0].replace('"core": false', '"core": true'), *lines[1:]])
    result = place.check()
    assert result.exit_code == 2
    assert f"floors were set on other gold: {place.measures.name} was edited since" in result.stderr
    (place.gold / "08-khong-co-chi-tieu.measures.jsonl").unlink()
    (place.gold / "09-dai-hoi-nhiem-ky.sections.jsonl").rename(place.gold / "10-phu-luc-giao-chi-tieu.x")
    result = place.check()
    assert "08-khong-co-chi-tieu.measures.jsonl is gone" in result.stderr


def test_with_other_gold_the_floors_of_single_documents_count(place: Place) -> None:
    (place.gold / "08-khong-co-chi-tieu.sections.jsonl").unlink()
    (place.gold / "08-khong-co-chi-tieu.measures.jsonl").unlink()
    place.run(without_indicator)
    result = place.check("--other-gold")
    assert result.exit_code == 1
    assert f"below its floor: {STEM}" in result.output
    assert "below its floor: all" not in result.output
    place.run()
    assert place.check("--other-gold").exit_code == 0


def test_a_floor_is_lowered_with_a_reason_only(place: Place) -> None:
    place.run(without_indicator)
    assert place.check("--update-floors", "--allow-lower", " ").exit_code == 2
    assert "--allow-lower" in place.check("--update-floors").output.splitlines()[-1]
    result = place.check("--update-floors", "--allow-lower", "the row is no measure by the guide")
    assert result.exit_code == 0, result.output
    floors = json.loads(place.floors.read_text())
    lowered = next(one for one in floors["lowered"] if one["document"] == STEM and one["figure"] == "detect F1")
    assert (lowered["from"], lowered["reason"]) == (1.0, "the row is no measure by the guide")
    assert floors["documents"][STEM]["detect F1"] == lowered["to"] < 1
    assert place.check().exit_code == 0
    place.run()
    assert place.check("--update-floors").exit_code == 0
    assert json.loads(place.floors.read_text())["documents"][STEM]["detect F1"] == 1.0


# --- bad input: told by file and line, with exit code 2, and nothing written


def replaced(line: str, **fields: object) -> str:
    return json.dumps({**json.loads(line), **fields}, ensure_ascii=False)


def missing_document(place: Place) -> None:
    (place.folder / "samples" / f"{STEM}.txt").unlink()


def twice(place: Place) -> None:
    (place.gold / "more").mkdir()
    shutil.copy(place.measures, place.gold / "more")


def two_documents(place: Place) -> None:
    shutil.copy(place.folder / "samples" / f"{STEM}.txt", place.folder / "samples" / f"{STEM}.md")


def moved(place: Place) -> None:
    path = place.folder / "samples" / f"{STEM}.txt"
    text = path.read_bytes().decode()
    path.write_bytes((text[:600] + "thêm\n mười" + text[600:]).encode())


def other_version(place: Place) -> None:
    path = place.out / "sections" / "part-00000.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"nqparse.schema": "999"}), path)


def other_text(place: Place) -> None:
    path = place.folder / "samples" / f"{STEM}.txt"
    path.write_bytes(path.read_bytes() + b"\n")


def unchecked(place: Place) -> None:
    for path in place.gold.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines() or ['{"start": 0}']
        if lines != ['{"start": 0}']:
            path.write_text("".join(f"{replaced(line, checked=False)}\n" for line in lines), encoding="utf-8")
        else:
            path.unlink()


BAD: dict[str, tuple[Callable[[Place], None], tuple[str, ...]]] = {
    "a missing document": (missing_document, (f"{STEM}.measures.jsonl: no document {STEM} is in the input",)),
    "two gold files for one": (twice, ("has gold already in", "keep one of the two")),
    "two documents for one gold": (two_documents, (f"it could be for {STEM}.md or {STEM}.txt",)),
    "a line that is no JSON": (
        lambda place: place.edit_gold(lambda lines: [*lines[:4], lines[4][:-9], *lines[5:]]),
        (f"{STEM}.measures.jsonl:5: Invalid JSON",),
    ),
    "a field of no such value": (
        lambda place: place.edit_gold(lambda lines: [*lines[:2], replaced(lines[2], bound="most"), *lines[3:]]),
        (f"{STEM}.measures.jsonl:3: bound: Input should be 'exact'",),
    ),
    "a row twice": (lambda place: place.edit_gold(lambda lines: [*lines, lines[0]]), ("same place as line 1",)),
    "a span outside the text": (
        lambda place: place.edit_gold(lambda lines: [*lines, replaced(lines[0], start=10**6, end=10**6 + 2)]),
        (f"{STEM}.measures.jsonl:101: its span 1000000-1000002 is outside the text of {STEM}.txt",),
    ),
    "an edited document": (
        moved,
        (f"{STEM}.measures.jsonl:2: gold has “15/17” at 792 and ", "from this row on its text has moved by +10"),
    ),
    "another schema version": (other_version, ("table sections is of schema version 999", "nqparse run INPUT")),
    "a run of another text": (other_text, ("it was written from another",)),
    "nothing checked": (unchecked, ("no row of it is checked",)),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_and_nothing_is_written(name: str, place: Place) -> None:
    spoil, words = BAD[name]
    spoil(place)
    before = place.floors.read_bytes()
    result = place.check("--update-floors")
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for word in words:
        assert word in result.stderr
    assert all(line.startswith("nqparse: ") and len(line) > 20 for line in result.stderr.splitlines())
    assert place.floors.read_bytes() == before


def test_faults_of_gold_are_annotations_too(place: Place) -> None:
    place.edit_gold(lambda lines: [*lines[:4], "{", *lines[5:]])
    result = place.check("--format", "github")
    assert result.exit_code == 2
    assert f"{STEM}.measures.jsonl,line=5,title=nqparse::Invalid JSON" in result.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--update-floors"],
        ["--allow-lower", "why"],
        ["--other-gold"],
        ["--floors", "nowhere.json"],
        ["--out", "nowhere"],
        ["--format", "yaml"],
    ],
)
def test_wrong_use(options: list[str]) -> None:
    assert nqparse("check", SAMPLES / f"{STEM}.txt", "--gold", SAMPLES / "gold", *options).exit_code == 2


def test_floors_that_cannot_be(place: Place) -> None:
    for text, word in (
        ("{", "Invalid JSON"),
        ('{"gold": {}, "all": {"full F1": 1.5}, "documents": {}}', "less than or equal to 1"),
        ('{"gold": {}, "all": {"Full F1": 0.5}, "documents": {}}', "there is no figure “Full F1”; they are"),
    ):
        place.floors.write_text(text)
        result = place.check()
        assert (result.exit_code, word in result.stderr) == (2, True), result.output


# --- drafts


def test_a_draft_counts_row_by_row_as_it_is_checked(place: Place) -> None:
    draft = place.folder / "draft"
    file = place.folder / "samples" / f"{STEM}.txt"
    made = nqparse("gold", "init", file, "--gold", draft)
    assert made.exit_code == 0, made.output
    assert nqparse("gold", "init", file, "--gold", draft).exit_code == 2
    options = (file, "--gold", draft, "--format", "json")
    assert nqparse("check", *options).exit_code == 2
    path = draft / f"{STEM}.measures.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["checked"] is False for line in lines)
    first = replaced(lines[0], checked=True)
    path.write_text("\n".join([first, replaced(lines[1], checked=True, bound="about"), *lines[2:]]), encoding="utf-8")
    told = json.loads(nqparse("check", *options).stdout)
    (document,) = told["documents"]
    assert document["scores"]["detect"]["gold"] == document["scores"]["detect"]["read"] == 2
    assert document["scores"]["value"]["right"] == 1
    assert document["unchecked"] > 90


# --- formats


def formats(place: Place) -> dict[str, str]:
    place.run(without_indicator)
    results = {name: place.check("--format", name) for name in ("json", "markdown", "junit", "github")}
    assert {result.exit_code for result in results.values()} == {1}
    return {name: result.stdout for name, result in results.items()}


def test_the_formats(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.folder)
    told = formats(place)
    data = json.loads(told["json"])
    assert (data["report"], data["version"], data["passed"]) == ("check", 1, False)
    assert {one["figure"] for one in data["fallen"] if one["document"] == STEM} >= {"detect F1", "full F1"}
    (miss,) = data["documents"][0]["misses"]
    assert (miss["kind"], miss["fate"], miss["read"]) == ("measure", "missed", None)
    assert miss["gold"]["text"] == miss["text"]

    suites = ElementTree.fromstring(told["junit"])
    cases = {(case.get("classname"), case.get("name")): case for case in suites.iter("testcase")}
    assert cases[STEM, "detect"].find("failure") is not None
    assert cases[STEM, "section"].find("failure") is None
    assert cases["02-nghi-quyet-phuong", "full"].find("failure") is None
    assert int(suites.get("failures", 0)) == sum(case.find("failure") is not None for case in cases.values())

    lines = told["github"].splitlines()
    assert f"::warning file=samples/{STEM}.txt,line={miss['line']},col={miss['column']},title=nqparse::measure" in (
        next(line for line in lines if line.startswith("::warning"))
    )
    assert any(line.startswith("::error file=floors.json,title=nqparse::below its floor") for line in lines)

    assert told["markdown"].startswith("### ❌ check: 13 documents scored")
    assert "<details><summary>Misses (" in told["markdown"]


def test_what_a_document_says_steers_no_format(tmp_path: Path) -> None:
    text = "I. CHỈ TIÊU\n- Tỷ lệ `hộ` | nghèo\x1b[2J ]]> <b>@x %0A::error::\ufffe đạt 5%, tỉ lệ khác 7%\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    gold = {"start": 0, "marker": "I.", "label": "I", "path": "II", "title": "x|y`z", "kind": "roman", "role": "goals"}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.sections.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "gold" / "a.measures.jsonl").touch()
    for form in ("text", "json", "markdown", "junit", "github"):
        output = nqparse("check", tmp_path / "a.txt", "--gold", tmp_path / "gold", "--format", form).output
        assert all(line.replace("\ufffe", "").isprintable() for line in output.splitlines()), form
        if form == "junit":
            ElementTree.fromstring(output)
        if form == "markdown":
            assert "<b>" not in output.replace("```text\n", "").split("<details>")[0]
        if form == "github":
            assert all(line.startswith("::") for line in output.splitlines())


def test_the_caret_stands_under_the_number_whatever_the_letters(tmp_path: Path) -> None:
    text = "I. CHỈ TIÊU\n- " + unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo ước giảm") + "\u200b 表 còn\t5%\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a.sections.jsonl").touch()
    (tmp_path / "a.measures.jsonl").touch()
    result = nqparse("check", tmp_path / "a.txt", "--gold", tmp_path / "a.measures.jsonl")
    lines = result.output.splitlines()
    at = next(n for n, line in enumerate(lines) if "measure “5” not in gold" in line)
    assert lines[at + 1].startswith("    - Tỷ lệ hộ nghèo ước giảm")
    assert lines[at + 2].index("^") == lines[at + 1].index("5%") + 1  # one letter is two cells wide


def test_a_section_row_of_gold_is_what_a_section_is_written_as(documents: list[Document]) -> None:
    lines = (SAMPLES / "gold" / f"{STEM}.sections.jsonl").read_text(encoding="utf-8").splitlines()
    sections: tuple[Section, ...] = next(one.sections for one in documents if one.head.doc_id.startswith(STEM))
    assert [section_row(row)["path"] for row in sections] == [json.loads(line)["path"] for line in lines]
    assert list(section_row(sections[0])) == list(json.loads(lines[0]))
