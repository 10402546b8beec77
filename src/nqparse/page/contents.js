// The page that lists the documents.
import { element, pageData } from "./dom.js";
import { chartOf } from "./chart.js";
import { otherLanguage, say } from "./words.js";

const contents = pageData();
const token = new URLSearchParams(location.search).get("token");
let wanted = "";

function hrefOf(entry) {
  return token ? `${entry.href}&token=${encodeURIComponent(token)}` : entry.href.split("/").map(encodeURIComponent).join("/");
}

function entryRow(entry) {
  const cells = [
    element("td", {}, element("a", { href: hrefOf(entry) }, entry.doc_id)),
    element("td", { lang: "vi" }, entry.title ?? ""),
    element("td", {}, entry.doc_type),
    element("td", { lang: "vi" }, entry.locality ?? ""),
    element("td", {}, String(entry.year ?? "")),
    element("td", { class: "count" }, String(entry.sections)),
    element("td", { class: "count" }, `${entry.indicators} (${entry.core})`),
    element("td", { class: "count" }, String(entry.findings)),
    element("td", {}, entry.status),
  ];
  if (contents.mode === "review") cells.push(element("td", { class: "count" }, progressOf(entry)));
  return element("tr", {}, ...cells);
}

function progressOf(entry) {
  return entry.checked === null ? "–" : `${entry.checked} / ${entry.rows}`;
}

function entryTable() {
  const titles = ["documents", "title", "type", "place", "year", "sections", "indicators", "findings", "status"];
  if (contents.mode === "review") titles.push("progress");
  const shown = contents.entries.filter((entry) => `${entry.doc_id} ${entry.title} ${entry.locality}`.toLowerCase().includes(wanted));
  const head = element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, say(title))));
  return element("table", { class: "contents" }, element("thead", {}, head), element("tbody", {}, ...shown.map(entryRow)));
}

function drawContents() {
  const table = element("div", { class: "scroll" }, entryTable());
  const search = element("input", {
    type: "search", value: wanted, placeholder: say("search"), "aria-label": say("search"),
    oninput: (event) => {
      wanted = event.target.value.toLowerCase();
      table.replaceChildren(entryTable());
    },
  });
  const swap = element("button", { type: "button", onclick: () => { otherLanguage(); drawContents(); } }, say("language"));
  const charts = contents.series.map(chartOf);
  const parts = [element("header", { class: "bar" }, element("h1", {}, say("documents")), search, element("span", { class: "gap" }), swap), table];
  if (charts.length) parts.push(element("h2", {}, say("charts"), element("small", { class: "legend" }, ` ● ${say("target")}  ■ ${say("actual")}  ▲ ${say("estimate")}`)), element("div", { class: "charts" }, ...charts));
  document.getElementById("app").replaceChildren(element("main", { class: "index" }, ...parts));
}

drawContents();
