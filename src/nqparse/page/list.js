// The table of indicators, with its filters; the findings and the differences as lists.
import { element } from "./dom.js";
import { valueOf } from "./values.js";
import { say } from "./words.js";

/** So many rows are laid out together, when they are near what is seen. */
const GROUP = 40;
const ROLES = ["target", "actual", "estimate"];

/** What is shown of the rows. */
export const filters = { query: "", section: "", role: "", core: "", finding: "", code: "", unchecked: false, order: "text" };

function folded(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
}

function passes(item, query) {
  const { row, reading } = item;
  if (filters.section && item.section !== filters.section && !item.section?.startsWith(`${filters.section}/`)) return false;
  if (filters.role && row.role !== filters.role) return false;
  if (filters.core && row.core !== (filters.core === "core")) return false;
  if (filters.finding && item.findings.length === 0) return false;
  if (filters.code && reading?.code !== filters.code) return false;
  if (filters.unchecked && row.checked !== false) return false;
  item.searched ??= folded(`${row.name} ${row.text} ${row.label ?? ""} ${row.unit} ${row.section ?? ""} ${reading?.code ?? ""}`);
  return query === "" || item.searched.includes(query);
}

/** The measures that the filters let through, in their order. */
export function shownItems(state) {
  const query = folded(filters.query.trim());
  const items = state.items.measures.filter((item) => passes(item, query));
  if (filters.order === "findings") items.sort((a, b) => Number(b.findings.length > 0) - Number(a.findings.length > 0));
  return items;
}

/** The panel of the indicators. */
export class Table {
  constructor(state, select) {
    this.state = state;
    this.select = select;
    this.made = new Map();
    this.body = element("div", { role: "rowgroup", class: "rows" });
    this.head = element("div", { role: "row", class: "row head" });
    this.grid = element("div", { role: "grid", class: "grid", tabindex: "0", "aria-label": say("indicators") }, this.head, this.body);
    this.box = element("div", { class: "panel", id: "panel-indicators" }, this.grid);
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("[data-key]");
      if (row) this.select(row.dataset.key);
    });
  }

  /** Draw what the filters let through; rows that are as they were are not made again. */
  draw() {
    this.head.replaceChildren(...["label", "name", "value", "role", "period"].map((key) => element("span", { role: "columnheader" }, say(key))));
    this.items = shownItems(this.state);
    const before = this.made;
    const made = new Map();
    for (const item of this.items) {
      const known = this.made.get(item.key);
      made.set(item.key, known?.item === item && known.language === say("language") ? known : { item, language: say("language"), node: this.rowOf(item) });
    }
    this.made = made;
    const nodes = [...made.values()].map((one) => one.node);
    if (this.swapped(before, made)) return this.choose(this.chosen);
    const groups = [];
    for (let at = 0; at < nodes.length; at += GROUP) groups.push(element("div", { class: "group", role: "presentation" }, nodes.slice(at, at + GROUP)));
    this.body.replaceChildren(...(nodes.length ? groups : [element("p", { class: "nothing" }, say("none_found"))]));
    this.grid.setAttribute("aria-rowcount", String(nodes.length));
    this.choose(this.chosen);
    requestAnimationFrame(() => this.choose(this.chosen));
  }

  /** Put rows that were made again in the places of the old, where no row came or went; false where one did. */
  swapped(before, after) {
    const [old, made] = [[...before.values()], [...after.values()]];
    if (made.length === 0 || old.length !== made.length || old.some((one, at) => one.item.key !== made[at].item.key || !one.node.isConnected)) return false;
    for (const [at, one] of old.entries()) if (one.node !== made[at].node) one.node.replaceWith(made[at].node);
    return true;
  }

  rowOf(item) {
    const { row } = item;
    const marks = [];
    if (row.checked !== false && this.state.isCorrecting) marks.push(element("span", { class: "tick", title: say("checked") }, "✓"));
    if (item.findings.length) marks.push(element("span", { class: "flag", title: item.findings.map((one) => one.message).join("\n") }, "⚑"));
    const cells = [
      element("span", { role: "gridcell", class: "label" }, row.label ?? ""),
      element("span", { role: "gridcell", class: "name", lang: "vi" }, ...marks, row.name || "—"),
      element("span", { role: "gridcell", class: "value", lang: "vi" }, valueOf(row)),
      element("span", { role: "gridcell" }, element("span", { class: `role ${row.role}` }, say(row.role))),
      element("span", { role: "gridcell", class: "period" }, row.period ?? ""),
    ];
    return element("div", { role: "row", class: row.core ? "row core" : "row", "data-key": item.key, "aria-selected": "false" }, ...cells);
  }

  /** Show a row as the selected one. */
  choose(key) {
    this.node?.setAttribute("aria-selected", "false");
    this.chosen = key;
    this.node = this.made.get(key)?.node;
    this.node?.setAttribute("aria-selected", "true");
    if (this.node && this.box.offsetParent !== null) this.node.scrollIntoView({ block: "nearest" });
  }

  /** The key of the row some steps from the selected one. */
  next(step) {
    const at = this.items.findIndex((item) => item.key === this.chosen);
    if (at < 0) return this.items[step > 0 ? 0 : this.items.length - 1]?.key;
    return this.items[Math.min(Math.max(at + step, 0), this.items.length - 1)]?.key;
  }
}

function choice(name, options, changed) {
  const made = element("select", { "aria-label": options[0][1], onchange: (event) => { filters[name] = event.target.value; changed(); } });
  made.append(...options.map(([value, text]) => element("option", { value, selected: filters[name] === value }, text)));
  return made;
}

/** The bar of filters. */
export function filterBar(state, changed) {
  const codes = [...new Set(state.page.document.indicators.map((row) => row.code).filter(Boolean))].sort();
  const sections = state.items.sections.map(({ row }) => [row.path, `${row.path}  ${row.title ?? ""}`.slice(0, 60)]);
  const boxes = [
    choice("section", [["", say("all_sections")], ...new Map(sections)], changed),
    choice("role", [["", say("all_roles")], ...ROLES.map((role) => [role, say(role)])], changed),
    choice("core", [["", say("core_any")], ["core", say("core_only")], ["other", say("core_not")]], changed),
    choice("finding", [["", say("finding_any")], ["finding", say("finding_only")]], changed),
    choice("order", [["text", say("order_text")], ["findings", say("order_findings")]], changed),
  ];
  if (codes.length) boxes.splice(3, 0, choice("code", [["", say("all_codes")], ...codes.map((code) => [code, code])], changed));
  if (state.isCorrecting) {
    const box = element("input", { type: "checkbox", checked: filters.unchecked, onchange: (event) => { filters.unchecked = event.target.checked; changed(); } });
    boxes.push(element("label", {}, box, ` ${say("unchecked_only")}`));
  }
  return element("div", { class: "filters" }, ...boxes);
}

/** The findings, the gravest first. */
export function findingList(state, show) {
  const lines = state.findings.map((one) =>
    element("button", { type: "button", class: `entry ${one.severity}`, "data-finding": String(one.at), onclick: () => show(one) },
      element("span", { class: "severity" }, say(`severity_${one.severity}`)),
      element("span", { class: "what" }, one.message),
      element("small", {}, one.code, one.char_start === null ? "" : ` · ${say("line")} ${state.offsets.line(one.char_start)}`)),
  );
  return lines.length ? lines : [element("p", { class: "nothing" }, say("none_found"))];
}

const FATES = { missed: "lost_row", spurious: "won", span: "altered", wrong: "altered" };

/** The rows for which the regression check counts against the program. */
export function differenceList(state, show) {
  const lines = state.differences.map((one) =>
    element("button", { type: "button", class: `entry ${FATES[one.fate]}`, onclick: () => show(one) },
      element("span", { class: "severity" }, say(FATES[one.fate])),
      element("span", { class: "what", lang: "vi" }, state.offsets.slice(one.start, one.end)),
      element("small", {}, `${say(one.fate)}${one.fields.length ? `: ${one.fields.map(say).join(", ")}` : ""} · ${say("line")} ${state.offsets.line(one.start)}`)),
  );
  return lines.length ? lines : [element("p", { class: "nothing" }, say("none_found"))];
}
