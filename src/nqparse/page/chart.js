// A series as a small chart: years from left to right, a mark for each value, its shape for its role.
import { drawing, element } from "./dom.js";
import { say } from "./words.js";

const WIDE = 240;
const HIGH = 96;
const EDGE = 18;

/** A figure of one series; its values are a table for those who cannot see it. */
export function chartOf(series) {
  const years = series.points.map((point) => point.year);
  const values = series.points.map((point) => point.value);
  const across = scaled(Math.min(...years), Math.max(...years), EDGE, WIDE - EDGE);
  const up = scaled(Math.min(...values, 0), Math.max(...values), HIGH - EDGE, EDGE);
  const image = drawing("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": series.code });
  for (const line of linesOf(series.points)) {
    const way = line.map((point) => `${across(point.year)},${up(point.value)}`).join(" ");
    image.append(drawing("polyline", { points: way, class: `line ${line[0].role}` }));
  }
  for (const point of series.points) image.append(markOf(point, across(point.year), up(point.value)));
  const first = drawing("text", { x: EDGE, y: HIGH - 3, class: "year" }, String(Math.min(...years)));
  const last = drawing("text", { x: WIDE - EDGE, y: HIGH - 3, class: "year end" }, String(Math.max(...years)));
  image.append(first, last);
  const head = element("figcaption", {}, element("strong", {}, series.code), ` (${series.unit})`);
  return element("figure", { class: "chart" }, head, image, tableOf(series));
}

function scaled(low, high, from, to) {
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}

/** The values of one place and role, which a line joins. */
function linesOf(points) {
  const lines = new Map();
  for (const point of points) {
    const key = `${point.place}\n${point.role}`;
    lines.set(key, [...(lines.get(key) ?? []), point]);
  }
  return [...lines.values()].filter((line) => line.length > 1);
}

function markOf(point, x, y) {
  const title = drawing("title", {}, `${point.place}, ${point.year}: ${point.text} (${say(point.role)})`);
  if (point.role === "target") return drawing("circle", { cx: x, cy: y, r: 4, class: point.role }, title);
  if (point.role === "actual") {
    return drawing("rect", { x: x - 4, y: y - 4, width: 8, height: 8, class: point.role }, title);
  }
  return drawing("path", { d: `M${x},${y - 5}l5,9h-10z`, class: point.role }, title);
}

function tableOf(series) {
  const rows = series.points.map((point) =>
    element("tr", {}, ...[point.place, point.year, point.text, say(point.role)].map((cell) => element("td", {}, String(cell)))),
  );
  return element("details", {}, element("summary", {}, `${series.points.length}`), element("table", {}, ...rows));
}
