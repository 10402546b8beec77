// Quantities as a person writes them; the same as nqparse show prints.
import { language, say } from "./words.js";

const BOUND_SIGNS = { exact: "", about: "≈", min: "≥", above: ">", max: "≤", below: "<" };
const CHANGE_WORDS = { level: "", increase: "tăng", decrease: "giảm", exceed: "vượt" };
const WRITTEN_UNITS = { VND: "đồng", m2: "m²", m3: "m³", km2: "km²" };
const SCALES = [[9, "tỷ"], [6, "triệu"]];

/** A decimal string divided by a power of ten, without zeros that say nothing. */
export function shifted(amount, power) {
  const negative = amount.startsWith("-");
  const [whole, fraction = ""] = amount.replace(/^[-+]/, "").split(".");
  const padded = whole.padStart(power + 1, "0");
  const cut = padded.length - power;
  const behind = (padded.slice(cut) + fraction).replace(/0+$/, "");
  const before = padded.slice(0, cut).replace(/^0+(?=\d)/, "");
  return `${negative ? "-" : ""}${before}${behind ? `.${behind}` : ""}`;
}

/** A decimal string as it is printed in Vietnamese: 9.500,5. */
export function printed(amount) {
  const [whole, fraction] = shifted(amount, 0).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (fraction ? `,${fraction}` : "");
}

function scaleOf(unit, amounts) {
  const places = unit === "VND" || unit === "USD" ? 3 : 2;
  const isZero = (amount) => /^[-+]?[0.]*$/.test(amount);
  if (amounts.every(isZero)) return [0, ""];
  const fits = (power) => (amount) => {
    if (isZero(amount)) return true;
    const [whole, fraction = ""] = shifted(amount, power).split(".");
    return whole.replace("-", "") !== "0" && fraction.length <= places;
  };
  return SCALES.find(([power]) => amounts.every(fits(power))) ?? [0, ""];
}

/** A row's quantity: change, bound, number, multiplier, unit, denominator. */
export function valueOf(row) {
  const given = (amount) => amount !== null && amount !== undefined && amount !== "";
  const amounts = [row.low, row.high, row.of].filter(given);
  const [power, multiplier] = scaleOf(row.unit, amounts);
  const ends = [...new Set([row.low, row.high].filter(given).map((end) => printed(shifted(end, power))))].join("–");
  const number = amounts.length === 0 ? row.text : given(row.of) ? `${ends}/${printed(shifted(row.of, power))}` : ends;
  const change = language() === "vi" ? CHANGE_WORDS[row.change] : row.change === "level" ? "" : say(row.change);
  const parts = [change, BOUND_SIGNS[row.bound], number, multiplier, WRITTEN_UNITS[row.unit] ?? row.unit];
  return parts.filter(Boolean).join(" ") + (row.per ? `/${row.per}` : "");
}

/** The amount of a number as it is printed in a document: "9.500" is 9500, "12,5" is 12.5; null where it is none. */
export function amountOf(text) {
  const plain = text.replace(/\s+/g, "");
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) return plain.replaceAll(".", "").replace(",", ".");
  if (/^\d+([.,]\d+)?$/.test(plain)) return shifted(plain.replace(",", "."), 0);
  return null;
}

/** Lower and upper end, and whole, of a numeric expression as printed. */
export function amountsOf(text) {
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const amounts = numbers.map((number) => amountOf(number));
  if (numbers.length === 2 && text.includes("/")) return { low: amounts[0], high: amounts[0], of: amounts[1] };
  if (numbers.length === 2) return { low: amounts[0], high: amounts[1], of: null };
  return { low: amounts[0] ?? null, high: amounts[0] ?? null, of: null };
}
