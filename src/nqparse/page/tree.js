// The tree of sections.
import { element } from "./dom.js";
import { say } from "./words.js";

/** The sections as nested lists; `select` is told the key of the one that is chosen. */
export function sectionTree(state, select, chosen) {
  const counts = new Map();
  for (const { row } of state.items.measures) counts.set(row.section, (counts.get(row.section) ?? 0) + 1);
  const root = element("ul", { class: "tree" });
  const lists = [root];
  for (const item of state.items.sections) {
    const depth = Math.min(item.row.path.split("/").length, lists.length);
    lists.length = depth;
    const below = element("ul");
    const count = counts.get(item.row.path);
    const made = element("li", {},
      element("button", { type: "button", "data-key": item.key, class: `node ${item.row.role}`, "aria-current": item.key === chosen ? "true" : null, onclick: () => select(item.key) },
        element("span", { class: "path" }, item.row.label),
        element("span", { class: "title", lang: "vi" }, item.row.title ?? "…", state.isCorrecting && item.row.checked !== false ? element("span", { class: "tick", title: say("checked") }, " ✓") : null),
        count ? element("span", { class: "count" }, String(count)) : null),
      below);
    lists.at(-1).append(made);
    lists.push(below);
  }
  return root;
}
