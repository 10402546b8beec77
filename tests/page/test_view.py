"""The page of a document as a file, in a real browser."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from nqparse.cli.root import cli
from nqparse.gate.gold import GoldMeasure, list_gold, read_gold
from nqparse.pipeline import parse
from nqparse.render import value
from nqparse.viewing.html import _INDEX_MODULES, _MODULES, joined

pytestmark = pytest.mark.page
SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "01-nghi-quyet-thi-uy.txt"
MARKED = """name => [...(CSS.highlights.get(name) ?? [])].map(one => {
  const range = document.createRange();
  range.setStart(one.startContainer, one.startOffset);
  range.setEnd(one.endContainer, one.endOffset);
  return range.toString();
})"""
Open = Callable[..., Any]
View = Callable[[Path], str]
ROLES = ("target", "actual", "estimate")


def marked(page: Any, *names: str) -> list[str]:
    """The texts that are marked under these names."""
    return [text for name in names for text in page.evaluate(MARKED, name)]


def rows(page: Any) -> Any:
    return page.locator(".rows .row")


def click_text(page: Any, name: str, at: int = 0) -> None:
    """Click into the middle of a marked text."""
    x, y = page.evaluate(
        """([name, at]) => {
          const one = [...CSS.highlights.get(name)][at];
          const range = document.createRange();
          range.setStart(one.startContainer, one.startOffset);
          range.setEnd(one.endContainer, one.endOffset);
          one.startContainer.parentElement.scrollIntoView();
          const pane = document.querySelector(".pane");
          pane.scrollTop += range.getBoundingClientRect().top - pane.getBoundingClientRect().top - 100;
          const box = range.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        [name, at],
    )
    page.mouse.click(x, y)


@pytest.mark.parametrize("modules", [_MODULES, _INDEX_MODULES])
def test_no_two_modules_have_a_name_in_common(modules: tuple[str, ...]) -> None:
    import re

    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", joined(modules), re.MULTILINE)
    assert len(names) == len(set(names))
    assert not re.search(r"^(import|export)\b", joined(modules), re.MULTILINE)


def test_each_number_is_marked_by_its_role_and_each_row_says_what_show_says(window: Open, view: View) -> None:
    page, document = window(view(SAMPLE)), parse(SAMPLE)
    assert rows(page).count() == len(document.indicators)
    texts = marked(page, *(f"{role}{core}" for role in ROLES for core in ("", "-core")))
    assert sorted(texts) == sorted(row.text for row in document.indicators)
    core = marked(page, *(f"{role}-core" for role in ROLES))
    assert sorted(core) == sorted(row.text for row in document.indicators if row.core)
    said = page.locator(".rows .value").all_text_contents()
    assert said == [value(row).replace("khoảng", "≈") for row in document.indicators]
    assert marked(page, "other") == [one.text for one in document.numbers if one.class_ != "measure"]


def test_a_click_on_a_number_selects_its_row_and_a_click_on_a_row_shows_its_number(window: Open, view: View) -> None:
    page = window(view(SAMPLE))
    click_text(page, "target-core", 3)
    chosen = page.locator('.rows [aria-selected="true"]')
    assert chosen.count() == 1
    assert marked(page, "selected") == [marked(page, "target-core")[3]]
    rows(page).nth(90).click()
    document = parse(SAMPLE)
    assert marked(page, "selected") == [document.indicators[90].text]
    assert marked(page, "statement")
    top = page.evaluate("() => { const r = [...CSS.highlights.get('selected')][0]; const a = document.createRange();"
                        "a.setStart(r.startContainer, r.startOffset); a.setEnd(r.endContainer, r.endOffset);"
                        "return a.getBoundingClientRect().top }")  # fmt: skip
    assert 0 < top < 800
    rules = page.locator(".steps code").all_text_contents()
    assert set(document.indicators[90].rules) <= set(rules)


def test_filters_search_and_keys(window: Open, view: View) -> None:
    page, document = window(view(SAMPLE)), parse(SAMPLE)
    page.select_option(".filters select >> nth=2", "core")
    assert rows(page).count() == sum(row.core for row in document.indicators)
    page.select_option(".filters select >> nth=1", "actual")
    assert rows(page).count() == sum(row.core and row.role == "actual" for row in document.indicators)
    page.select_option(".filters select >> nth=1", "")
    page.select_option(".filters select >> nth=0", "B/II/1")
    within = [row for row in document.indicators if row.core and row.section_path == "B/II/1"]
    assert rows(page).count() == len(within)
    page.keyboard.press("/")
    page.keyboard.type("thu nhap")
    assert set(page.locator(".rows .name").all_text_contents()) == {"Thu nhập bình quân"}
    page.keyboard.press("Enter")
    page.locator(".search").fill("")
    page.locator(".search").press("Escape")
    at = [row.text for row in within].index(marked(page, "selected")[0])
    page.keyboard.press("j")
    assert marked(page, "selected") == [within[at + 1].text]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert marked(page, "selected") == [within[at - 1].text]
    page.keyboard.press("Escape")
    assert marked(page, "selected") == []


def test_findings_are_a_queue_the_gravest_first(window: Open, view: View, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("I. CHỈ TIÊU\n- Tỷ lệ hộ nghèo còn 120%\n- Đạt 45\nIII. NHIỆM VỤ\n- Trồng 5 ha\n", encoding="utf-8")
    found = parse(file).findings
    page = window(view(file))
    page.keyboard.press("f")
    severities = [{"error": 0, "warning": 1, "info": 2}[row.severity] for row in found]
    shown = page.locator(".entry").count()
    assert shown == len(found) > 1
    classes = [name.split()[-1] for name in page.locator(".entry").evaluate_all("all => all.map(o => o.className)")]
    assert [{"error": 0, "warning": 1, "info": 2}[name] for name in classes] == sorted(severities)
    first = marked(page, "finding")
    page.keyboard.press("f")
    assert page.locator('.entry[aria-current="true"]').count() == 1
    assert first


def test_the_language_changes_and_stays(window: Open, view: View) -> None:
    page = window(view(SAMPLE))
    assert page.locator('[data-panel="findings"]').inner_text().startswith("Cần xem")
    page.locator('[data-action="language"]').click()
    assert page.locator('[data-panel="findings"]').inner_text().startswith("Findings")
    page.reload()
    page.wait_for_selector("#app[data-ready]")
    assert page.locator('[data-panel="findings"]').inner_text().startswith("Findings")


def test_hostile_text_is_shown_and_does_nothing(window: Open, view: View, tmp_path: Path) -> None:
    text = (
        "I. CHỈ TIÊU <script>document.title='x'</script></script><!--\n- Tỷ lệ &lt;b&gt; <img src=x onerror=alert(1)> "
        "đạt 12,5%\n- Trồng \u202e7 ha\u202c \x1b[2J \u200b\n- 𠀋 Thu 9.500 tỷ đồng\u2028\n"
    )
    file = tmp_path / "<b>a.txt"
    file.write_text(text, encoding="utf-8", newline="")
    page = window(view(file))
    shown = page.locator(".text").evaluate("box => box.textContent")
    assert "<script>document.title='x'</script></script><!--" in shown
    assert "&lt;b&gt; <img src=x onerror=alert(1)>" in shown
    assert not set(shown) & set("\u202e\u202c\x1b\u200b\u2028")
    assert page.locator(".text script, .text img").count() == 0
    assert page.title() == "<b>a.txt"
    document = parse(file)
    assert [row.text for row in document.indicators] == ["12,5", "7", "2", "9.500"]
    assert sorted(marked(page, *ROLES, *(f"{role}-core" for role in ROLES))) == ["12,5", "2", "7", "9.500"]


@pytest.mark.parametrize("form", ["NFD", "CRLF", "CR"])
def test_places_are_exact_in_decomposed_text_and_with_other_line_ends(
    window: Open, view: View, tmp_path: Path, form: str
) -> None:
    import unicodedata

    text = SAMPLE.read_text(encoding="utf-8")
    text = (
        unicodedata.normalize("NFD", text) if form == "NFD" else text.replace("\n", "\r\n" if form == "CRLF" else "\r")
    )
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8", newline="")
    page, document = window(view(file)), parse(file)
    texts = marked(page, *(f"{role}{core}" for role in ROLES for core in ("", "-core")))
    assert sorted(texts) == sorted(row.text for row in document.indicators)
    assert len(texts) > 90


def test_a_long_document_is_seen_soon_and_answers_at_once(
    window: Open, view: View, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"- Tỷ lệ hộ nghèo của xã thứ nhất theo chuẩn mới của giai đoạn còn {n % 90},{n % 10}% vào cuối năm, "
             "tiếp tục giữ vững kết quả đã đạt được và nâng cao chất lượng ở các thôn, tổ dân phố trong địa bàn.\n"
             for n in range(5000)]  # fmt: skip
    file = tmp_path / "a.txt"
    file.write_text("I. CHỈ TIÊU CỤ THỂ\n" + "".join(lines), encoding="utf-8")
    assert file.stat().st_size > 1_000_000
    address = view(file)
    page = window(address)
    paint = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"
    )
    assert rows(page).count() == 5000
    took = []
    for at in (10, 2500, 4990):
        began = perf_counter()
        page.evaluate("at => { document.querySelectorAll('.rows .row')[at].click(); "
                      "return new Promise(done => requestAnimationFrame(() => setTimeout(done))) }", at)  # fmt: skip
        took.append(perf_counter() - began)
        assert marked(page, "selected") == [f"{(at % 90)},{at % 10}"]
    with capsys.disabled():
        sys.stdout.write(f"\n1 MB, 5,000 measures: painted in {paint:.0f} ms, clicks {max(took) * 1000:.0f} ms\n")


def test_corrections_are_downloaded_and_taken_as_gold(window: Open, view: View, tmp_path: Path) -> None:
    page = window(view(SAMPLE), accept_downloads=True)
    page.locator('[data-action="correct"]').click()
    rows(page).nth(0).click()
    page.keyboard.press("a")
    page.locator("[name=unit]").fill("thôn")
    page.locator("[name=unit]").press("Enter")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.reload()
    page.wait_for_selector("#app[data-ready]")
    page.locator('[data-action="correct"]').click()
    assert rows(page).count() == len(parse(SAMPLE).indicators) - 1
    with page.expect_download() as waiting:
        page.locator('[data-action="download"]').click()
    file, gold = tmp_path / "corrections.jsonl", tmp_path / "gold"
    waiting.value.save_as(file)
    for _ in range(2):
        cli(["gold", "apply", str(file), "--gold", str(gold)], standalone_mode=False)
        (named,) = list_gold(gold)
        measures = read_gold(named).measures
        assert measures is not None
        kept = [line.row for line in measures.lines]
        assert len(kept) == len(parse(SAMPLE).indicators) - 1
        assert [row.checked for row in kept[:3]] == [True, True, False]
        assert isinstance(kept[1], GoldMeasure)
        assert kept[1].unit == "thôn"
    cli(["check", str(SAMPLE), "--gold", str(gold), "--summary"], standalone_mode=False)


def test_the_index_leads_to_the_pages_and_draws_series(window: Open, tmp_path: Path) -> None:
    cli(["view", str(SAMPLES), "--out", str(tmp_path)], standalone_mode=False)
    page = window((tmp_path / "index.html").as_uri())
    names = page.locator("tbody a").all_text_contents()
    assert names == sorted(path.name for path in SAMPLES.glob("*.*"))
    page.locator("tbody a").first.click()
    page.wait_for_selector(".rows .row")


def test_a_finished_run_gives_the_same_page_without_steps(window: Open, tmp_path: Path) -> None:
    out, pages = tmp_path / "out", tmp_path / "pages"
    cli(["run", str(SAMPLE), "--out", str(out), "--workers", "0", "--quiet"], standalone_mode=False)
    cli(["view", str(out), "--texts", str(SAMPLE), "--out", str(pages)], standalone_mode=False)
    page = window((pages / f"{SAMPLE.name}.html").as_uri())
    assert rows(page).count() == len(parse(SAMPLE).indicators)
    rows(page).nth(2).click()
    assert page.locator(".steps code").count() > 0


def test_what_is_embedded_is_the_payload_of_the_models(view: View) -> None:
    from nqparse.viewing.payload import Page

    html = Path(view(SAMPLE).removeprefix("file://")).read_text(encoding="utf-8")
    text = html.split('id="data">', 1)[1].split("</script>", 1)[0]
    Page.model_json_schema(mode="serialization")
    made = Page.model_validate(json.loads(text))
    assert made.document.indicators == parse(SAMPLE).indicators
