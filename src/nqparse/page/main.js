// The page of one document: its parts, and what keys and clicks do.
import { detailOf } from "./detail.js";
import { element } from "./dom.js";
import { differenceList, filterBar, filters, findingList, Table } from "./list.js";
import { LocalBackend, openDocument, ServerBackend } from "./state.js";
import { TextView } from "./text.js";
import { sectionTree } from "./tree.js";
import { amountsOf } from "./values.js";
import { language, otherLanguage, say } from "./words.js";

const LOOK_EVERY = 3000;
const state = openDocument();
state.isCorrecting = state.page.mode === "review";
const view = new TextView(state.page.text);
const table = new Table(state, (key) => select(key));
const others = state.page.document.numbers.filter((number) => number.class !== "measure");
const otherSpans = others.map((number) => [state.offsets.unit(number.char_start), state.offsets.unit(number.char_end)]);
let selected = null;
let panel = "indicators";
let found = -1;

const bar = element("header", { class: "bar" });
const notice = element("div", { class: "notice", role: "status", "aria-live": "polite" });
const standing = element("div", { class: "standing" });
const filterBox = element("div");
const tabs = element("div", { role: "tablist", class: "tabs" });
const tree = element("nav", { class: "outline", "aria-label": say("tree") });
const findings = element("div", { class: "panel", id: "panel-findings" });
const differences = element("div", { class: "panel", id: "panel-differences" });
const sections = element("div", { class: "panel", id: "panel-sections" });
const detail = element("aside", { class: "detail", tabindex: "-1" });
const hint = element("div", { class: "hint", hidden: true, role: "tooltip" });
const textPane = element("main", { class: "pane" }, view.box);
const side = element("div", { class: "side" }, tabs, filterBox, element("div", { class: "panels" }, table.box, sections, findings, differences), detail);
const search = element("input", { type: "search", class: "search" });

function panels() {
  const names = ["indicators", "sections", "findings"];
  return state.page.mode === "review" ? [...names, "differences"] : names;
}

function drawBar() {
  const { head } = state.page.document;
  const [checked, total] = state.progress();
  const isServer = state.page.mode === "review";
  const token = new URLSearchParams(location.search).get("token");
  search.placeholder = say("search");
  search.setAttribute("aria-label", say("search"));
  const correct = element("button", { type: "button", "data-action": "correct", "aria-pressed": String(state.isCorrecting), onclick: () => correctOrNot() }, say(state.isCorrecting ? "stop_correcting" : "correct"));
  const changed = !isServer && state.backend.changes.length > 0;
  bar.replaceChildren(...[
    isServer && element("a", { href: `/?token=${encodeURIComponent(token)}`, class: "back" }, say("all_pages")),
    element("h1", { title: head.title ?? "" }, head.doc_id, head.number && element("small", {}, head.number)),
    search,
    element("span", { class: "gap" }),
    state.isCorrecting && element("span", { class: "progress" }, element("progress", { value: String(checked), max: String(total || 1), "aria-label": say("checked") }), ` ${checked} ${say("of_total")} ${total} ${say("checked")}`),
    state.isCorrecting && element("button", { type: "button", "data-action": "add_measure", title: "m", onclick: addMeasure }, say("add_measure")),
    state.isCorrecting && element("button", { type: "button", "data-action": "add_section", title: "s", onclick: addSection }, say("add_section")),
    state.isCorrecting && element("button", { type: "button", "data-action": "undo", title: "u", onclick: undo }, say("undo")),
    changed && element("button", { type: "button", "data-action": "download", class: "main", onclick: download }, `${say("download")} (${state.backend.changes.length})`),
    !isServer && correct,
    element("button", { type: "button", "data-action": "keys", title: "?", onclick: tellKeys }, say("keys")),
    element("button", { type: "button", "data-action": "language", onclick: () => { otherLanguage(); drawAll(); } }, say("language")),
  ].filter(Boolean));
}

function drawTabs() {
  const counts = { indicators: state.items.measures.length, sections: state.items.sections.length, findings: state.findings.length, differences: state.differences.length };
  tabs.replaceChildren(...panels().map((name) =>
    element("button", { type: "button", role: "tab", "data-panel": name, "aria-selected": String(name === panel), "aria-controls": `panel-${name}`, onclick: () => open(name) }, `${say(name)} `, element("span", { class: "count" }, String(counts[name]))),
  ));
  for (const [name, box] of Object.entries({ indicators: table.box, sections, findings, differences })) box.hidden = name !== panel;
  filterBox.hidden = panel !== "indicators";
}

function open(name) {
  panel = name;
  drawTabs();
  table.choose(selected);
}

function drawLists() {
  table.draw();
  tree.replaceChildren(element("h2", {}, say("tree")), sectionTree(state, select, selected));
  sections.replaceChildren(sectionTree(state, select, selected));
  findings.replaceChildren(...findingList(state, showFinding));
  differences.replaceChildren(...differenceList(state, showDifference));
}

function drawMarks() {
  const spans = { "target-core": [], target: [], "actual-core": [], actual: [], "estimate-core": [], estimate: [], unchecked: [] };
  for (const item of state.items.measures) {
    if (state.lost.has(item.key)) continue;
    spans[item.row.core ? `${item.row.role}-core` : item.row.role].push([item.start, item.end]);
    if (state.isCorrecting && item.row.checked === false) spans.unchecked.push([item.start, item.end]);
  }
  for (const [name, some] of Object.entries(spans)) view.mark(name, some);
  view.mark("other", otherSpans);
  view.mark("heading", state.items.sections.filter((item) => !state.lost.has(item.key)).map((item) => [item.start, item.end]));
}

function drawStanding() {
  const moved = Object.keys(state.moved).length;
  const parts = [
    !view.canMark && element("p", {}, say("no_highlights")),
    (moved > 0 || state.lost.size > 0) && element("p", { class: "moved" }, `${say("moved_some")} ${moved}; ${say("lost_some")} ${state.lost.size}. `, element("button", { type: "button", "data-action": "keep_moved", onclick: keepMoved }, say("keep_moved"))),
    state.others > 0 && element("p", { class: "others" }, say("other_window")),
  ];
  standing.replaceChildren(...parts.filter(Boolean));
}

function drawDetail() {
  const item = state.item(selected);
  detail.replaceChildren(...detailOf(state, item, { accept, remove, save, nameIt, addToName }));
  view.mark("selected", item ? [[item.start, item.end]] : []);
  const reading = item?.kind === "measures" ? item.reading : null;
  view.mark("statement", reading ? [[state.offsets.unit(reading.statement_start), state.offsets.unit(reading.statement_end)]] : []);
  view.mark("name", item?.kind === "measures" ? nameSpans(item) : []);
}

/** Where a name's words are in the text: its spans, or else the words of its statement that it has in one piece. */
function nameSpans({ row, reading }) {
  if (reading?.name_spans && reading.name === row.name) return reading.name_spans.map((one) => (Array.isArray(one) ? one : [one.start, one.end]).map((place) => state.offsets.unit(place)));
  if (!reading || !row.name) return [];
  const from = state.offsets.unit(reading.statement_start);
  const at = state.offsets.slice(reading.statement_start, reading.statement_end).indexOf(row.name);
  return at < 0 ? [] : [[from + at, from + at + row.name.length]];
}

function drawAll() {
  document.documentElement.lang = language();
  drawBar();
  filterBox.replaceChildren(filterBar(state, () => table.draw()));
  drawTabs();
  drawLists();
  drawMarks();
  drawStanding();
  drawDetail();
}

function select(key, { scroll = true } = {}) {
  if (!key) return;
  selected = key;
  const item = state.item(key);
  if (item?.kind === "measures") table.choose(key);
  for (const box of [tree, sections]) {
    box.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const node = [...box.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    node?.setAttribute("aria-current", "true");
  }
  drawDetail();
  detail.scrollTop = 0;
  if (item && scroll) view.show(item.start, item.end);
}

function showFinding(finding) {
  found = state.findings.indexOf(finding);
  for (const node of findings.querySelectorAll("[data-finding]")) node.setAttribute("aria-current", String(node.dataset.finding === String(finding.at)));
  if (finding.char_start === null) return tell(finding.message);
  const place = [state.offsets.unit(finding.char_start), state.offsets.unit(finding.char_end ?? finding.char_start)];
  view.mark("finding", [place]);
  const item = state.items.measures.find((one) => one.findings.includes(finding));
  if (item) select(item.key, { scroll: false });
  tell(`${finding.code}: ${finding.message}`);
  return view.show(...place);
}

function showDifference(one) {
  const item = state.item(`${one.kind}:${one.start}`);
  if (item) return select(item.key);
  const place = [state.offsets.unit(one.start), state.offsets.unit(one.end)];
  view.mark("selected", [place]);
  return view.show(...place);
}

function tell(message) {
  notice.textContent = message;
  notice.classList.add("fresh");
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => notice.classList.remove("fresh"), 8000);
}

function tellKeys() {
  tell(`${say("keys_help")}${state.isCorrecting ? ` · ${say("keys_edit")}` : ""}`);
}

// --- corrections

function correctOrNot() {
  state.isCorrecting = !state.isCorrecting;
  table.made.clear();
  drawAll();
}

async function made(changes, next) {
  if (!(await state.change(changes))) return;
  tell(state.backend instanceof LocalBackend ? say("unsaved_local") : say("saved"));
  select(next ?? selected, { scroll: Boolean(next) });
}

async function accept() {
  await state.waiting;
  const item = state.item(selected);
  if (!item || !state.isCorrecting) return;
  const next = nextUnchecked(item);
  made([{ kind: item.kind, before: item.row, after: { ...item.row, checked: true } }], next);
}

function nextUnchecked(item) {
  const items = item.kind === "measures" ? table.items : state.items.sections;
  const at = items.indexOf(item);
  return [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))].find((one) => one.row.checked === false)?.key;
}

function save(after) {
  const item = state.item(selected);
  if (item) made([{ kind: item.kind, before: item.row, after }], `${item.kind}:${after.start}`);
}

async function remove() {
  await state.waiting;
  const item = state.item(selected);
  if (!item || !state.isCorrecting) return;
  const next = item.kind === "measures" ? table.next(1) : null;
  made([{ kind: item.kind, before: item.row, after: null }], next === item.key ? null : next);
}

async function undo() {
  if (await state.undo()) select(selected, { scroll: false });
}

function chosenSpan() {
  const span = view.selection();
  if (!span) tell(say("select_text"));
  return span && state.isCorrecting ? span : null;
}

/** A measure at the selected text: what was read there, or what is read next to it, to be corrected. */
function addMeasure() {
  const span = chosenSpan();
  if (!span) return;
  let [from, to] = span;
  while (from < to && !/\d/.test(state.page.text[from])) from += 1;
  while (to > from && !/\d/.test(state.page.text[to - 1])) to -= 1;
  if (from === to) [from, to] = span;
  const [start, end] = [state.offsets.point(from), state.offsets.point(to)];
  const draft = state.page.rows.measures.find((row) => row.start === start && row.end === end && state.item(`measures:${start}`) === null);
  const text = state.offsets.slice(start, end);
  const near = state.items.measures.findLast((item) => item.start < from)?.row;
  const blank = { start, end, text, ...amountsOf(text), bound: "exact", unit: "", per: null, change: "level", basis: null, role: near?.role ?? "target", name: "", label: near?.label ?? null, period: near?.period ?? null, core: near?.core ?? false, section: sectionAt(start) };
  const { start: s, end: e, text: words, low, high, bound, unit, per, of, change, basis, role, name, label, period, core, section } = draft ?? blank;
  const row = { start: s, end: e, text: words, low, high, bound, unit, per, of, change, basis, role, name, label, period, core, section, checked: Boolean(draft) };
  made([{ kind: "measures", before: null, after: row }], `measures:${start}`).then(() => detail.querySelector("[name=name]")?.focus());
}

function sectionAt(start) {
  return state.rows.sections.findLast((row) => row.start <= start)?.path ?? null;
}

/** A section at the selected line: its marker is the first word, its title the rest. */
function addSection() {
  const span = chosenSpan();
  if (!span) return;
  const start = state.offsets.point(span[0]);
  const draft = state.page.rows.sections.find((row) => row.start === start);
  const line = state.page.text.slice(...span).split(/\r\n|\r|\n/)[0];
  const [, marker, title] = line.match(/^((?:Phần|Điều|Chương|Mục|Phụ lục)\s+\S+|\S+)\s*(.*)$/i) ?? [null, line, ""];
  const label = marker.replace(/^Điều\s+/i, "Đ").replace(/[.\-:)/,]+$/, "");
  const above = state.rows.sections.findLast((row) => row.start < start);
  const kind = kindOf(label, marker);
  const siblings = state.rows.sections.filter((row) => row.start < start && row.kind === kind);
  const parent = siblings.length ? siblings.at(-1).path.split("/").slice(0, -1).join("/") : (above?.path ?? "");
  const blank = { start, marker, label, path: parent ? `${parent}/${label}` : label, title: title || null, kind, role: above?.role ?? "other", checked: false };
  made([{ kind: "sections", before: null, after: draft ? { ...draft, checked: true } : blank }], `sections:${start}`);
}

function kindOf(label, marker) {
  if (/^Điều/i.test(marker)) return "article";
  if (/^Phần/i.test(marker)) return "part";
  if (/^Phụ lục/i.test(marker)) return "appendix";
  if (/^\d+(\.\d+)+$/.test(label)) return "decimal";
  if (/^\d+$/.test(label)) return "arabic";
  if (/^[IVXL]+$/.test(label)) return "roman";
  return /^\p{Lu}$/u.test(label) ? "letter" : "alpha";
}

async function nameFrom(toName) {
  await state.waiting;
  const item = state.item(selected);
  const span = chosenSpan();
  if (!item || item.kind !== "measures" || !span) return;
  const words = state.page.text.slice(...span).normalize("NFC").replace(/\s+/g, " ");
  made([{ kind: "measures", before: item.row, after: { ...item.row, name: toName(item.row.name, words), checked: true } }]);
}

function nameIt() {
  nameFrom((_name, words) => words);
}

function addToName() {
  nameFrom((name, words) => `${name} ${words}`.trim());
}

function keepMoved() {
  const [item] = [...state.items.measures, ...state.items.sections].filter((one) => state.moved[one.key] !== undefined);
  const any = item ?? state.items.measures[0];
  if (any) made([{ kind: any.kind, before: any.row, after: any.row }]);
}

function download() {
  const blob = new Blob([state.backend.lines(state.page)], { type: "application/jsonl" });
  const link = element("a", { href: URL.createObjectURL(blob), download: `${state.page.document.head.doc_id.replaceAll("/", "_")}.corrections.jsonl` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// --- keys and the mouse

const KEYS = {
  j: () => select(next(1)), k: () => select(next(-1)), ArrowDown: () => select(next(1)), ArrowUp: () => select(next(-1)),
  Enter: () => { const item = state.item(selected); if (item) view.show(item.start, item.end); view.box.focus({ preventScroll: true }); },
  "/": () => { search.focus(); search.select(); },
  f: () => { open("findings"); if (state.findings.length) showFinding(state.findings[(found + 1) % state.findings.length]); },
  "?": tellKeys, Escape: () => { selected = null; table.choose(null); drawDetail(); },
  a: accept, x: remove, u: undo, m: addMeasure, s: addSection, n: nameIt, b: addToName,
  e: () => detail.querySelector("form textarea, form input")?.focus(),
};
const EDIT_KEYS = new Set(["a", "x", "u", "m", "s", "n", "b", "e"]);

function next(step) {
  const item = state.item(selected);
  if (panel !== "sections") return table.next(step);
  const at = state.items.sections.indexOf(item);
  return state.items.sections[Math.min(Math.max(at + step, 0), state.items.sections.length - 1)]?.key;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.closest?.("input, textarea, select");
  if (isTyping) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "Enter" && event.target.closest?.("button, a, summary")) return;
  if (EDIT_KEYS.has(event.key) && !state.isCorrecting) return;
  if (/^[1-4]$/.test(event.key) && panels()[event.key - 1]) return open(panels()[event.key - 1]);
  if (event.key.startsWith("Arrow") && (event.shiftKey || !event.target.closest?.(".grid"))) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

/** What of some spans, in order, holds a unit or ends there. */
function spanAt(spans, unit) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle][0] <= unit) low = middle + 1;
    else high = middle;
  }
  return low > 0 && unit <= spans[low - 1][1] ? low - 1 : -1;
}

view.box.addEventListener("click", (event) => {
  if (!document.getSelection().isCollapsed) return;
  const unit = view.unitAt(event.clientX, event.clientY);
  if (unit === null) return;
  const measures = state.items.measures;
  const at = spanAt(measures.map((item) => [item.start, item.end]), unit);
  if (at >= 0) {
    if (panel === "sections") open("indicators");
    return select(measures[at].key, { scroll: false });
  }
  const heading = state.items.sections.find((item) => item.start <= unit && unit <= item.end);
  if (heading) select(heading.key, { scroll: false });
});

let pointed = 0;
view.box.addEventListener("mousemove", (event) => {
  cancelAnimationFrame(pointed);
  pointed = requestAnimationFrame(() => {
    const unit = view.unitAt(event.clientX, event.clientY);
    const at = unit === null ? -1 : spanAt(otherSpans, unit);
    const character = unit === null ? "" : state.page.text[unit];
    const isHidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(character ?? "");
    hint.hidden = at < 0 && !isHidden;
    if (at >= 0) hint.textContent = `${others[at].class} · ${others[at].rule ?? say("not_measure")}`;
    else if (isHidden) hint.textContent = `${say("hidden_character")} U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    hint.style.left = `${Math.min(event.clientX + 12, innerWidth - 220)}px`;
    hint.style.top = `${event.clientY + 16}px`;
  });
});
view.box.addEventListener("mouseleave", () => { cancelAnimationFrame(pointed); hint.hidden = true; });

search.addEventListener("input", () => {
  filters.query = search.value;
  if (panel !== "indicators") open("indicators");
  table.draw();
  const query = search.value.trim();
  const spans = [];
  const lower = query.length > 1 ? state.page.text.toLowerCase() : "";
  if (lower.length === state.page.text.length) {
    for (let at = lower.indexOf(query.toLowerCase()); at >= 0 && spans.length < 2000; at = lower.indexOf(query.toLowerCase(), at + 1)) spans.push([at, at + query.length]);
  }
  view.mark("found", spans);
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  search.blur();
  const first = table.items[0];
  if (first) select(first.key);
});

state.addEventListener("rows", () => {
  drawBar();
  drawTabs();
  drawLists();
  drawMarks();
  drawStanding();
  if (!state.item(selected)) drawDetail();
});
state.addEventListener("told", (event) => {
  tell(event.detail);
  drawDetail();
});

document.getElementById("app").replaceChildren(bar, standing, element("div", { class: "panes" }, tree, textPane, side), notice, hint);
drawBar();
drawMarks();
view.follow();
requestAnimationFrame(() => setTimeout(() => {
  drawAll();
  document.getElementById("app").dataset.ready = "true";
}));
if (state.backend instanceof ServerBackend) {
  const look = async () => {
    const there = await state.backend.look(state);
    if (there !== state.others) {
      state.others = there;
      drawStanding();
    }
  };
  look();
  setInterval(look, LOOK_EVERY);
}
