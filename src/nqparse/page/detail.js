// What is known of the selected row, and why.
import { element } from "./dom.js";
import { rowForm } from "./form.js";
import { valueOf } from "./values.js";
import { say } from "./words.js";

const WIDE = new Set(["section", "group", "basis"]);

function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const pair = ([key, value]) => element("div", { class: WIDE.has(key) ? "wide" : null }, element("dt", {}, say(key)), element("dd", { lang: "vi" }, String(value)));
  return element("dl", {}, ...shown.map(pair));
}

/** The titles from the top down to a section. */
function wayTo(state, path) {
  if (!path) return "";
  const labels = path.split("/");
  const titles = labels.map((label, at) => {
    const upTo = labels.slice(0, at + 1).join("/");
    const title = state.rows.sections.find((row) => row.path === upTo)?.title;
    return title ? `${label} ${title}` : label;
  });
  return titles.join(" › ");
}

function reasons(state, reading) {
  const steps = state.page.steps[reading.indicator_id] ?? reading.rules.map((rule) => [rule, ""]);
  if (!steps.length) return null;
  const rows = steps.map(([rule, sets]) => element("tr", {}, element("td", {}, element("code", {}, rule)), element("td", { lang: "vi" }, sets)));
  const head = element("tr", {}, element("th", { scope: "col" }, say("rule")), element("th", { scope: "col" }, say("sets")));
  return element("section", {}, element("h3", {}, say("rules")), element("table", { class: "steps" }, element("thead", {}, head), element("tbody", {}, ...rows)));
}

function amountOrEmpty(row) {
  if (row.low === row.high) return row.low ?? "";
  return `${row.low ?? "…"} – ${row.high ?? "…"}`;
}

function measureFacts(state, item) {
  const { row, reading } = item;
  const pairs = [
    ["role", say(row.role)], ["period", row.period], ["unit", row.unit], ["per", row.per], ["of", row.of],
    ["amount", amountOrEmpty(row)], ["bound", say(row.bound)], ["change", say(row.change)], ["basis", row.basis],
    ["core", say(row.core ? "yes" : "no")], ["label", row.label], ["group", reading?.group], ["section", wayTo(state, row.section)],
    ["code", reading?.code], ["dimension", reading?.dimension], ["place", reading?.place], ["growth", reading?.growth],
  ];
  const statement = reading ? state.offsets.slice(reading.statement_start, reading.statement_end) : null;
  return [
    facts(pairs),
    statement && element("section", {}, element("h3", {}, say("statement")), element("blockquote", { lang: "vi" }, statement)),
    reading && reasons(state, reading),
  ];
}

/** Notes on a row: findings, moves, what the check says. */
function notes(state, item) {
  const difference = state.differing.get(item.key);
  const moved = state.moved[item.key];
  return [
    ...item.findings.map((one) => element("p", { class: `note ${one.severity}` }, `${one.code}: ${one.message}`)),
    difference && element("p", { class: "note altered" }, `${say(difference.fate)}${difference.fields.length ? `: ${difference.fields.map((field) => `${say(field)} (${readField(item, field)})`).join(", ")}` : ""}`),
    moved && element("p", { class: "note" }, `${say("moved")} ${moved > 0 ? "+" : ""}${moved} ${say("chars")}`),
    state.lost.has(item.key) && element("p", { class: "note error" }, say("lost")),
  ];
}

function readField(item, field) {
  const { reading } = item;
  if (!reading) return "";
  if (field === "section") return reading.section_path ?? "∅";
  if (field === "period") return [...new Set([reading.period_start, reading.period_end])].filter(Boolean).join("-") || "∅";
  return String(reading[field] ?? "∅");
}

function button(key, shortcut, action) {
  return element("button", { type: "button", "data-action": key, title: shortcut, onclick: action }, say(key));
}

/** The pane of the selected row. */
export function detailOf(state, item, doing) {
  if (!item) return [element("p", { class: "nothing" }, say("nothing_selected"))];
  const { kind, row } = item;
  const isMeasure = kind === "measures";
  const line = element("small", {}, `${say("line")} ${state.offsets.line(row.start)} · ${row.start}${isMeasure ? `–${row.end}` : ""}`);
  const title = isMeasure
    ? element("h2", { lang: "vi" }, element("span", { class: "big" }, valueOf(row)), element("span", { class: "named" }, row.name || "—"), line)
    : element("h2", { lang: "vi" }, element("span", { class: "named" }, `${row.marker} ${row.title ?? "…"}`), line);
  const correcting = state.isCorrecting && [
    element("div", { class: "actions" },
      row.checked === false && button("accept", "a", doing.accept),
      button("remove", "x", doing.remove),
      isMeasure && button("add_name", "n", doing.nameIt),
      isMeasure && button("add_to_name", "b", doing.addToName)),
    rowForm(state, kind, row, doing.save),
  ];
  const body = isMeasure ? measureFacts(state, item) : [facts([["path", row.path], ["kind", row.kind], ["role", row.role]])];
  return [title, ...notes(state, item), ...(correcting || []), ...body].filter(Boolean);
}
