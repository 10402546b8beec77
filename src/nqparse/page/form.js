// The form in which a row is corrected, with the vocabulary that its fields have.
import { element } from "./dom.js";
import { say } from "./words.js";

const CLOSED = {
  bound: ["exact", "about", "min", "above", "max", "below"],
  change: ["level", "increase", "decrease", "exceed"],
  role: ["target", "actual", "estimate"],
  kind: ["part", "article", "letter", "roman", "arabic", "decimal", "alpha", "appendix"],
};
const SECTION_ROLES = ["situation", "goals", "targets", "tasks", "implementation", "appendix", "other"];
const FIELDS = {
  measures: ["name", "low", "high", "bound", "unit", "per", "of", "change", "basis", "role", "period", "label", "section", "core", "start", "end"],
  sections: ["marker", "label", "path", "title", "kind", "role", "start"],
};
const EMPTY_IS_NULL = new Set(["low", "high", "per", "of", "basis", "label", "period", "section", "title"]);
const PLACES = new Set(["start", "end"]);
const LONG = new Set(["name", "title"]);

/** A form for a row; `done` is given the row as it is to be. */
export function rowForm(state, kind, row, done) {
  const made = element("form", { class: "edit", autocomplete: "off", onsubmit: (event) => {
    event.preventDefault();
    done(rowOf(state, kind, row, made));
  } });
  for (const field of FIELDS[kind]) made.append(element("label", { class: LONG.has(field) ? "long" : null }, element("span", {}, say(field)), control(state, kind, row, field)));
  made.append(element("div", { class: "actions" }, element("button", { type: "submit", class: "main" }, say("save"))));
  return made;
}

function control(state, kind, row, field) {
  const value = row[field];
  if (field === "core") return element("input", { type: "checkbox", name: field, checked: Boolean(value) });
  const closed = kind === "sections" && field === "role" ? SECTION_ROLES : CLOSED[field];
  if (closed) return element("select", { name: field }, ...closed.map((one) => element("option", { value: one, selected: one === value }, kind === "measures" ? say(one) : one)));
  if (LONG.has(field)) return element("textarea", { name: field, rows: "2", lang: "vi", onkeydown: submitOnEnter }, value ?? "");
  const known = PLACES.has(field) ? [] : vocabulary(state, kind, field);
  const list = `words-${kind}-${field}`;
  const input = element("input", { name: field, value: value ?? "", list: known.length ? list : null, inputmode: PLACES.has(field) ? "numeric" : null, lang: "vi" });
  return known.length ? element("span", { class: "pair" }, input, element("datalist", { id: list }, ...known.map((one) => element("option", { value: one })))) : input;
}

function submitOnEnter(event) {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

/** What a field is in other rows, the most frequent first. */
function vocabulary(state, kind, field) {
  if (["low", "high", "of", "title", "marker"].includes(field)) return [];
  const rows = field === "section" ? state.rows.sections.map((one) => ({ section: one.path })) : state.rows[kind];
  const counts = new Map();
  for (const row of rows) if (row[field]) counts.set(row[field], (counts.get(row[field]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 200).map(([value]) => value);
}

/** The row that a form says. */
function rowOf(state, kind, row, form) {
  const made = { ...row };
  for (const field of FIELDS[kind]) {
    const control = form.elements[field];
    if (field === "core") made.core = control.checked;
    else if (PLACES.has(field)) made[field] = Number.parseInt(control.value, 10);
    else made[field] = control.value.trim() === "" && EMPTY_IS_NULL.has(field) ? null : control.value.trim();
  }
  if (kind === "measures") made.text = state.offsets.slice(made.start, made.end);
  return { ...made, checked: true };
}
