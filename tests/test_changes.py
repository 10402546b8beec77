"""``nqparse snapshot`` and ``nqparse diff``: what changed is told, row by row and field by field, in every format."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from nqparse.cli import cli
from nqparse.gate.diffing import Fate, compare
from nqparse.gate.reads import whole
from nqparse.gate.snapshots import Outline, Row, outline, read_snapshot, text_of
from nqparse.inputs import list_files
from nqparse.models import Bound, Document, Indicator, Span
from nqparse.packs.load import load_pack
from nqparse.runs.parsing import parse_file
from nqparse.tables import Writer

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("02-nghi-quyet-phuong.md", "06-chuong-trinh-chuyen-doi-so.md")
Spoil = Callable[[Document], Document]


def nqparse(*args: object) -> Result:
    return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="nqparse")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in NAMES:
        shutil.copy(SAMPLES / name, tmp_path / "in")
    return tmp_path / "in"


@pytest.fixture(scope="module")
def document() -> Document:
    (file,) = list_files([SAMPLES / NAMES[0]])
    return whole(parse_file(file, load_pack()))


def written(document: Document, folder: Path) -> Path:
    with Writer(folder, "part-00000", version="0", patterns="0") as writer:
        writer.write([document.rows])
    return folder


# --- snapshots


def test_a_snapshot_is_made_when_asked_for_and_then_holds(inputs: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    result = nqparse("snapshot", inputs, "--dir", kept)
    assert result.exit_code == 2
    assert "no such folder of snapshots" in result.stderr
    assert not kept.exists()
    assert nqparse("snapshot", inputs, "--dir", kept, "--update").exit_code == 0
    assert sorted(path.name for path in kept.iterdir()) == [f"{name}.jsonl" for name in NAMES]
    result = nqparse("snapshot", inputs, "--dir", kept)
    assert (result.exit_code, result.output) == (0, "2 documents, each as its snapshot\n")


def test_a_snapshot_holds_all_in_the_order_of_the_text(document: Document) -> None:
    rows = outline(document).rows
    records = [row["record"] for row in rows]
    counts = (1, *(len(getattr(document, name)) for name in ("sections", "indicators", "numbers", "findings")))
    assert tuple(map(records.count, ("document", "section", "measure", "number", "finding"))) == counts
    starts = [row["char_start"] for row in rows if "char_start" in row]
    assert starts == sorted(starts)
    assert not {"doc_id", "indicator_id", "ordinal", "version", "patterns"} & set().union(*rows)


def test_a_difference_is_printed_and_fails(inputs: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    nqparse("snapshot", inputs, "--dir", kept, "--update")
    path = inputs / NAMES[0]
    text = path.read_bytes().decode()
    path.write_bytes(text.replace("%", " phần trăm", 1).encode())
    result = nqparse("snapshot", inputs, "--dir", kept)
    assert result.exit_code == 1
    assert "document altered: sha256, bytes, chars" in result.output
    assert "^" in result.output
    assert f"{NAMES[1]}" not in result.output
    assert "1 of 2 documents are not as their snapshots" in result.output.splitlines()[-1]


def test_missing_stale_and_odd_snapshots_fail(inputs: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    nqparse("snapshot", inputs, "--dir", kept, "--update")
    first, second = (kept / f"{name}.jsonl" for name in NAMES)
    first.rename(kept / "gone.txt.jsonl")
    (kept / "notes.jsonl").write_text('{"by": "others"}\n')
    second.write_text(second.read_text(encoding="utf-8").replace('{"record": ', '{"record":'), encoding="utf-8")
    result = nqparse("snapshot", inputs, "--dir", kept)
    assert result.exit_code == 1
    assert not first.exists()
    for words in (
        f"has no snapshot {first.as_posix()}",
        "gone.txt.jsonl: its document is gone",
        "not as nqparse writes",
    ):
        assert words in result.output
    assert "notes.jsonl" not in result.output
    updated = nqparse("snapshot", inputs, "--dir", kept, "--update")
    assert "2 snapshots written, 1 taken away" in updated.output
    assert (kept / "notes.jsonl").exists()
    assert nqparse("snapshot", inputs, "--dir", kept).exit_code == 0
    (kept / "gone.txt.jsonl").write_bytes(first.read_bytes())
    assert nqparse("snapshot", inputs / NAMES[0], "--dir", kept).exit_code == 0, "of single files others may be kept"


def test_a_snapshot_that_is_none_is_told_by_its_line(inputs: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    nqparse("snapshot", inputs, "--dir", kept, "--update")
    path = kept / f"{NAMES[0]}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], "{", *lines[4:]]), encoding="utf-8")
    result = nqparse("snapshot", inputs, "--dir", kept)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}:4: it is no line of a snapshot" in result.stderr


# --- differences


def without_measure(document: Document) -> Document:
    return document.model_copy(update={"indicators": document.indicators[1:]})


def without_section(document: Document) -> Document:
    return document.model_copy(update={"sections": document.sections[:-1]})


def altered(document: Document) -> Document:
    first, *rest = document.indicators
    first = first.model_copy(update={"bound": Bound.BELOW, "char_end": first.char_end + 1})
    return document.model_copy(update={"indicators": (first, *rest)})


def _names_moved(row: object) -> dict[str, tuple[Span, ...]]:
    if not isinstance(row, Indicator):
        return {}
    return {"name_spans": tuple(Span(start + 10, end + 10) for start, end in row.name_spans)}


def moved(document: Document) -> Document:
    """As if ten characters stood before the text: all is where it was in it."""
    head = document.head.model_copy(update={"sha256": "0" * 64})
    places = ("char_start", "char_end", "statement_start", "statement_end")
    rows = {
        name: tuple(
            row.model_copy(
                update={
                    **{at: value + 10 for at in places if isinstance(value := getattr(row, at, None), int)},
                    **_names_moved(row),
                }
            )
            for row in getattr(document, name)
        )
        for name in ("sections", "indicators", "numbers", "findings")
    }
    return document.model_copy(update={"head": head, **rows})


DIFFS: dict[str, tuple[Spoil, Spoil, dict[str, int], str]] = {
    "nothing": (lambda one: one, lambda one: one, {}, "no differences"),
    "a lost measure": (lambda one: one, without_measure, {"measure lost": 1}, "0 won, 1 lost, 0 altered"),
    "a won measure": (without_measure, lambda one: one, {"measure won": 1}, "1 won, 0 lost, 0 altered"),
    "a lost section": (lambda one: one, without_section, {"section lost": 1}, "0 won, 1 lost, 0 altered"),
    "an altered measure": (lambda one: one, altered, {"measure altered": 1}, "0 won, 0 lost, 1 altered"),
    "a moved text": (lambda one: one, moved, {"document altered": 1}, "0 won, 0 lost, 1 altered"),
    "a loss in a moved text": (
        lambda one: one,
        lambda one: moved(without_measure(without_section(one))),
        {"document altered": 1, "measure lost": 1, "section lost": 1},
        "0 won, 2 lost, 1 altered",
    ),
}


@pytest.mark.parametrize("name", DIFFS)
def test_what_changed_is_told(name: str, document: Document, tmp_path: Path) -> None:
    before, after, counts, verdict = DIFFS[name]
    folders = written(before(document), tmp_path / "a"), written(after(document), tmp_path / "b")
    told = json.loads(nqparse("diff", *folders, "--format", "json").stdout)
    found = [f"{one['record']} {one['fate']}" for one in told["changes"]]
    assert {kind: found.count(kind) for kind in found} == counts
    result = nqparse("diff", *folders, "--exit-code")
    assert result.exit_code == bool(counts)
    assert result.output.splitlines()[-1].endswith(verdict)
    summary = nqparse("diff", *folders, "--summary")
    assert (summary.exit_code, "Changes (" in summary.output) == (0, False)
    assert nqparse("diff", folders[0], folders[0]).output.endswith("no differences\n")


def test_an_altered_row_is_told_field_by_field(document: Document, tmp_path: Path) -> None:
    folders = written(document, tmp_path / "a"), written(altered(document), tmp_path / "b")
    result = nqparse("diff", *folders, "--input", SAMPLES / NAMES[0])
    row = document.indicators[0]
    assert f"measure “{row.text}” altered: bound, char_end" in result.output
    assert f"bound     before  {row.bound}" in result.output
    assert "          after   below" in result.output
    assert f"{NAMES[0]}:" in result.output
    told = nqparse("diff", *folders, "--input", SAMPLES / NAMES[0], "--format", "github").stdout.splitlines()
    line = (SAMPLES / NAMES[0]).read_bytes().decode()[: row.char_start].count("\n") + 1
    assert f"{NAMES[0]},line={line},col=" in told[0]
    assert told[0].startswith("::warning file=")
    suites = ElementTree.fromstring(nqparse("diff", *folders, "--format", "junit").stdout)
    assert [case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None] == ["measures"]
    assert "| bound | exact |" in nqparse("diff", *folders, "--format", "markdown").stdout.replace(
        str(row.bound), "exact"
    )


def test_a_run_and_its_snapshots_are_the_same(document: Document, tmp_path: Path) -> None:
    nqparse("snapshot", SAMPLES / NAMES[0], "--dir", tmp_path / "kept", "--update")
    result = nqparse("diff", tmp_path / "kept", written(document, tmp_path / "out"))
    assert result.output.endswith("no differences\n")


def test_what_is_neither_a_run_nor_snapshots_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    for folder, words in ((tmp_path / "none", "neither tables nor snapshots"), (tmp_path / "no", "no such folder")):
        result = nqparse("diff", folder, folder)
        assert (result.exit_code, words in result.stderr) == (2, True)


# --- for any rows


def rows(texts: list[str], start: int = 0) -> tuple[Row, ...]:
    result: list[Row] = [{"record": "document", "sha256": f"{start}{texts}"}]
    for text in texts:
        common = {
            "name": f"tên {text}",
            "statement": f"câu {text}",
            "statement_start": start,
            "statement_end": start + 4,
        }
        result.append({"record": "measure", "char_start": start, "char_end": start + len(text), "text": text, **common})
        start += 10
    return tuple(result)


@settings(max_examples=60)
@given(st.lists(st.sampled_from("123456"), max_size=12), st.lists(st.sampled_from("123456"), max_size=12))
def test_each_row_is_told_once_and_the_other_way_round_as_well(one: list[str], other: list[str]) -> None:
    old, new = Outline("a", rows(one)), Outline("a", rows(other, start=3))
    for before, after in ((old, new), (new, old)):
        changes = compare([before], [after]).changes
        lost = [id(change.before) for change in changes if change.before is not None and change.fate is not Fate.WON]
        assert len(lost) == len(set(lost))
        count = {fate: sum(one.fate is fate and one.record == "measure" for one in changes) for fate in Fate}
        assert len(before.rows) - count[Fate.LOST] + count[Fate.WON] == len(after.rows)
    assert not compare([old], [old]).changes


@settings(max_examples=30)
@given(st.text(max_size=30))
def test_a_snapshot_reads_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    one = Outline("a", ({"record": "document", "title": text}, {"record": "finding", "message": text, "char_start": 3}))
    path = tmp_path_factory.mktemp("kept") / "a.jsonl"
    path.write_text(text_of(one), encoding="utf-8")
    assert read_snapshot(path, "a").rows == one.rows
