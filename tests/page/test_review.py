"""Correcting by the page that a server of this machine serves, in a real browser."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nqparse.gate.gold import GoldMeasure, GoldSection, Named, list_gold, read_gold

pytestmark = pytest.mark.page
SAMPLES = Path(__file__).parents[2] / "samples"
SMALL = "11-quyet-dinh-ban-hanh-ke-hoach"
TEXT = "I. CHỈ TIÊU CHỦ YẾU\n- Tỷ lệ hộ nghèo còn 1,5%\n- Trồng mới 20 ha rừng\nNăm nay có ba mươi xã, hai thôn 7 tổ.\n"
Open = Callable[..., Any]
Review = Callable[..., Any]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "documents" / "a.txt"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8", newline="")
    return file


def gold_of(folder: Path) -> tuple[list[GoldMeasure], list[GoldSection]]:
    """The rows that are kept in a folder of one document's gold."""
    (named,) = list_gold(folder)
    gold = read_gold(named)
    assert gold.measures is not None
    assert gold.sections is not None
    return [line.row for line in gold.measures.lines], [line.row for line in gold.sections.lines]


def saved(page: Any) -> None:
    """Wait until what was done is kept, and drawn."""
    page.wait_for_function("() => document.querySelector('.notice').classList.contains('fresh')")
    page.evaluate("() => document.querySelector('.notice').classList.remove('fresh')")


def select_text(page: Any, text: str) -> None:
    """Select words of the document, as the mouse does."""
    page.evaluate(
        """text => {
          for (const chunk of document.querySelectorAll(".chunk")) {
            const at = chunk.firstChild.data.indexOf(text);
            if (at < 0) continue;
            document.getSelection().setBaseAndExtent(chunk.firstChild, at, chunk.firstChild, at + text.length);
            return;
          }
          throw new Error(`no ${text}`);
        }""",
        text,
    )


def test_accept_correct_delete_undo_and_reload(window: Open, review: Review, file: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    page = window(review(file, "--gold", gold).document("a.txt"))
    assert not gold.exists()
    page.locator(".rows .row").first.click()
    page.keyboard.press("a")
    saved(page)
    measures, sections = gold_of(gold)
    assert [row.checked for row in measures] == [True, False, False]
    assert [row.checked for row in sections] == [False]
    page.locator("[name=basis]").fill("kế hoạch")
    page.select_option("[name=role]", "actual")
    page.locator("[name=basis]").press("Enter")
    saved(page)
    measures, _ = gold_of(gold)
    assert (measures[1].basis, measures[1].role, measures[1].checked) == ("kế hoạch", "actual", True)
    before = sorted(path.read_bytes() for path in gold.iterdir())
    page.locator('[data-action="remove"]').click()
    saved(page)
    assert len(gold_of(gold)[0]) == 2
    page.locator('[data-action="undo"]').click()
    page.wait_for_function("() => document.querySelectorAll('.rows .row').length === 3")
    assert sorted(path.read_bytes() for path in gold.iterdir()) == before
    page.reload()
    page.wait_for_selector("#app[data-ready]")
    assert page.locator(".rows .tick").count() == 2
    assert "2" in page.locator(".progress").inner_text()


def test_rows_are_added_and_named_by_selecting_text(window: Open, review: Review, file: Path, tmp_path: Path) -> None:
    page = window(review(file, "--gold", tmp_path / "gold").document("a.txt"))
    page.locator(".rows .row").nth(1).click()
    page.locator('[data-action="remove"]').click()
    saved(page)
    select_text(page, "20")
    page.keyboard.press("m")
    saved(page)
    measures, _ = gold_of(tmp_path / "gold")
    assert [(row.text, str(row.low), row.unit) for row in measures][1] == ("20", "20", "ha")
    select_text(page, "Trồng mới")
    page.locator('[data-action="add_name"]').click()
    saved(page)
    select_text(page, "rừng")
    page.locator('[data-action="add_to_name"]').click()
    saved(page)
    measures, _ = gold_of(tmp_path / "gold")
    assert measures[1].name == "Trồng mới rừng"
    assert TEXT[measures[1].start : measures[1].end] == "20"
    select_text(page, "Năm nay có ba mươi xã")
    page.keyboard.press("s")
    saved(page)
    _, sections = gold_of(tmp_path / "gold")
    assert (sections[1].marker, sections[1].start) == ("Năm", TEXT.index("Năm nay"))


def test_a_kill_in_the_middle_of_edits_loses_none_that_was_kept(
    window: Open, review: Review, file: Path, tmp_path: Path
) -> None:
    gold = tmp_path / "gold"
    served = review(file, "--gold", gold)
    page = window(served.document("a.txt"))
    page.locator(".rows .row").first.click()
    for kept in (1, 2):
        page.keyboard.press("a")
        saved(page)
        assert sum(row.checked for row in gold_of(gold)[0]) == kept
    served.kill()
    page.keyboard.press("a")
    saved(page)
    assert "chưa được lưu" in (page.locator(".notice").text_content() or "")
    assert [row.checked for row in gold_of(gold)[0]] == [True, True, False]
    page = window(review(file, "--gold", gold).document("a.txt"))
    assert page.locator(".rows .tick").count() == 2


def test_the_second_window_on_a_document_is_told_and_overwrites_nothing(
    window: Open, review: Review, file: Path, tmp_path: Path
) -> None:
    gold = tmp_path / "gold"
    address = review(file, "--gold", gold).document("a.txt")
    first, second = window(address), window(address)
    second.wait_for_selector(".others")
    second.route("**/api/presence**", lambda route: route.abort())  # so that the first change is not seen before
    second.locator(".rows .row").nth(1).click()
    first.locator(".rows .row").first.click()
    first.keyboard.press("a")
    saved(first)
    second.keyboard.press("x")
    saved(second)
    assert "cửa sổ khác" in (second.locator(".notice").text_content() or "")
    measures, _ = gold_of(gold)
    assert measures[0].checked
    assert second.locator(".rows .tick").count() == 1


def test_rows_of_an_edited_document_are_shown_moved_and_kept_where_they_are_now(
    window: Open, review: Review, file: Path, tmp_path: Path
) -> None:
    gold = tmp_path / "gold"
    served = review(file, "--gold", gold)
    page = window(served.document("a.txt"))
    page.locator(".rows .row").first.click()
    for _ in range(2):
        page.keyboard.press("a")
        saved(page)
    served.kill()
    file.write_text("Lời đầu, đặt thêm\n" + TEXT.replace(" 7 tổ", ""), encoding="utf-8", newline="")
    page = window(review(file, "--gold", gold).document("a.txt"))
    assert page.locator(".moved").count() == 1
    selected = page.evaluate(
        "() => [...CSS.highlights.get('target-core')].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset))"
    )
    assert selected == ["1,5", "20"]
    page.locator('[data-action="keep_moved"]').click()
    saved(page)
    measures, _ = gold_of(gold)
    text = file.read_text(encoding="utf-8")
    assert [text[row.start : row.end] for row in measures[:2]] == ["1,5", "20"]
    assert page.locator(".moved").count() == 1  # one row is found nowhere


def test_what_check_counts_against_the_program_is_listed(
    window: Open, review: Review, file: Path, tmp_path: Path
) -> None:
    gold = tmp_path / "gold"
    page = window(review(file, "--gold", gold).document("a.txt"))
    page.locator(".rows .row").first.click()
    page.locator("[name=unit]").fill("hộ")
    page.locator("[name=unit]").press("Enter")
    saved(page)
    page.locator('[data-panel="differences"]').click()
    assert page.locator("#panel-differences .entry.altered").count() == 1
    page.locator('[data-panel="indicators"]').click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    saved(page)
    page.locator('[data-panel="differences"]').click()
    assert page.locator("#panel-differences .entry.won").count() == 1


FIELDS = ("name", "low", "high", "unit", "per", "of", "basis", "period", "label", "section")
CHOICES = ("bound", "change", "role")


def test_from_nothing_to_gold_by_clicks(window: Open, review: Review, tmp_path: Path) -> None:
    (named,) = [one for one in list_gold(SAMPLES / "gold") if one.name == SMALL]
    page = window(review(SAMPLES / f"{SMALL}.txt", "--gold", tmp_path).document(f"{SMALL}.txt"))
    assert not list(tmp_path.iterdir())
    for wanted in _rows(named, "measures"):
        node = page.locator(f'.rows [data-key="measures:{wanted["start"]}"]')
        node.click()
        row = _row(page, "measures", wanted["start"])
        if all(row[name] == wanted[name] for name in wanted):
            page.keyboard.press("a")
        else:
            for name in FIELDS:
                page.locator(f"[name={name}]").fill(wanted[name] or "")
            for name in CHOICES:
                page.select_option(f"[name={name}]", wanted[name])
            page.locator("[name=core]").set_checked(wanted["core"])
            page.locator(".edit button.main").click()
        saved(page)
    page.keyboard.press("2")
    for wanted in _rows(named, "sections"):
        page.locator(f'#panel-sections [data-key="sections:{wanted["start"]}"]').click()
        for name in ("marker", "label", "path", "title"):
            page.locator(f"[name={name}]").fill(wanted[name] or "")
        for name in ("kind", "role"):
            page.select_option(f"[name={name}]", wanted[name])
        page.locator(".edit button.main").click()
        saved(page)
    made, gold = read_gold(list_gold(tmp_path)[0]), read_gold(named)
    assert made.measures is not None
    assert gold.measures is not None
    assert made.sections is not None
    assert gold.sections is not None
    assert [line.row for line in made.measures.lines] == [line.row for line in gold.measures.lines]
    assert [line.row for line in made.sections.lines] == [line.row for line in gold.sections.lines]


def _rows(named: Named, kind: str) -> list[dict[str, Any]]:
    path = getattr(named, kind)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _row(page: Any, kind: str, start: int) -> dict[str, Any]:
    rows = page.evaluate("() => JSON.parse(document.getElementById('data').textContent).rows")
    return next(row for row in rows[kind] if row["start"] == start)
