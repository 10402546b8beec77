// The document's text: one text node for some lines, and marks over it, which need no elements.
import { element } from "./dom.js";
import { firstAtLeast } from "./offsets.js";

const CHUNK_LINES = 40;
const MANY = 1500;
const FEW = 100;
const UNSEEN = /\r(?!\n)|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const PRIORITIES = ["statement", "other", "role", "unchecked", "finding", "found", "name", "selected"];

/** What is shown for a character that would be seen as nothing, or would move others: as long as the character. */
function shownFor(character) {
  const code = character.charCodeAt(0);
  if (character === "\r") return "\n";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "␡" : "␦";
}

/** A document's text on the page. */
export class TextView {
  constructor(text) {
    this.text = text;
    this.starts = [];
    this.nodes = [];
    this.spans = new Map();
    this.seen = new Set();
    this.box = element("div", { class: "text", lang: "vi", tabindex: "0", role: "document" });
    const shown = text.replace(UNSEEN, shownFor);
    for (const [start, end] of chunksOf(shown)) {
      const node = document.createTextNode(shown.slice(start, end));
      const chunk = element("div", { class: "chunk" }, node);
      chunk.style.containIntrinsicSize = `auto ${CHUNK_LINES * 2.2}em`;
      this.starts.push(start);
      this.nodes.push(node);
      this.box.append(chunk);
    }
    this.canMark = typeof Highlight === "function" && Boolean(CSS.highlights);
  }

  /** Node and offset of a unit. */
  spot(unit) {
    const at = Math.max(0, firstAtLeast(this.starts, unit + 1) - 1);
    return [this.nodes[at], Math.min(unit - this.starts[at], this.nodes[at].length)];
  }

  range(start, end) {
    const made = document.createRange();
    made.setStart(...this.spot(start));
    made.setEnd(...this.spot(Math.max(start, end)));
    return made;
  }

  /** Mark these spans (pairs of units, in order) under a name, in place of what was marked so. */
  mark(name, spans) {
    const before = this.spans.get(name);
    if (!this.canMark || (before?.length === 0 && spans.length === 0)) return;
    this.spans.set(name, spans);
    this.paint(name);
  }

  /** Give the browser the marks of a name: where there are many, those in and near what is seen. */
  paint(name) {
    const total = [...this.spans.values()].reduce((sum, some) => sum + some.length, 0);
    const some = this.spans.get(name);
    const spans = total > MANY && some.length > FEW ? some.filter(this.isNear()) : some;
    const highlight = new Highlight();
    for (const [start, end] of spans) {
      const [startContainer, startOffset] = this.spot(start);
      const [endContainer, endOffset] = this.spot(end);
      highlight.add(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
    }
    const rank = PRIORITIES.indexOf(name);
    highlight.priority = rank < 0 ? PRIORITIES.indexOf("role") : rank;
    CSS.highlights.set(name, highlight);
  }

  isNear() {
    const chunks = [...this.seen].sort((a, b) => a - b);
    const first = this.starts[chunks[0] ?? 0];
    const last = this.starts[(chunks.at(-1) ?? 0) + 1] ?? this.text.length;
    return ([start, end]) => end >= first && start <= last;
  }

  /** Follow what is seen, so that its marks are painted. */
  follow() {
    const at = new Map([...this.box.children].map((chunk, number) => [chunk, number]));
    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.seen.add(at.get(target));
        else this.seen.delete(at.get(target));
      }
      const total = [...this.spans.values()].reduce((sum, some) => sum + some.length, 0);
      if (total > MANY) for (const name of this.spans.keys()) this.paint(name);
    }, { rootMargin: "50%" });
    for (const chunk of this.box.children) watcher.observe(chunk);
  }

  /** The unit of a node of this text and an offset in it; null for another node. */
  unitOf(node, offset) {
    if (node.nodeType === Node.TEXT_NODE) {
      const at = this.nodes.indexOf(node);
      return at < 0 ? null : this.starts[at] + offset;
    }
    const child = node.childNodes[offset];
    if (this.box.contains(node) && child) return this.unitOf(child.firstChild ?? child, 0);
    return this.box.contains(node) && offset > 0 ? this.text.length : null;
  }

  /** The unit under a point of the window; null where there is none. */
  unitAt(x, y) {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found ? this.unitOf(found.offsetNode, found.offset) : null;
    }
    const found = document.caretRangeFromPoint?.(x, y);
    return found ? this.unitOf(found.startContainer, found.startOffset) : null;
  }

  /** The units between which text is selected, without blanks at its ends; null where none is. */
  selection() {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return null;
    const range = chosen.getRangeAt(0);
    let start = this.unitOf(range.startContainer, range.startOffset);
    let end = this.unitOf(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    while (start < end && /\s/.test(this.text[start])) start += 1;
    while (end > start && /\s/.test(this.text[end - 1])) end -= 1;
    return start < end ? [start, end] : null;
  }

  /** Scroll so that a span is seen, where it is not. */
  show(start, end) {
    const range = this.range(start, end);
    const chunk = this.spot(start)[0].parentElement;
    const pane = this.box.parentElement;
    const isSeen = () => {
      const place = range.getBoundingClientRect();
      const frame = pane.getBoundingClientRect();
      return place.height > 0 && place.top >= frame.top + 8 && place.bottom <= frame.bottom - 8;
    };
    if (isSeen()) return;
    const place = range.getBoundingClientRect();
    if (place.height === 0) chunk.scrollIntoView({ block: "center" });
    const centre = () => {
      const found = range.getBoundingClientRect();
      const frame = pane.getBoundingClientRect();
      pane.scrollTop += found.top - frame.top - frame.height / 3;
    };
    centre();
    requestAnimationFrame(() => {
      if (!isSeen()) centre();
    });
  }
}

/** Starts and ends of stretches of some lines. */
function chunksOf(shown) {
  const chunks = [];
  let start = 0;
  let lines = 0;
  for (let at = shown.indexOf("\n"); at >= 0; at = shown.indexOf("\n", at + 1)) {
    lines += 1;
    if (lines < CHUNK_LINES && at - start < 20000) continue;
    chunks.push([start, at + 1]);
    start = at + 1;
    lines = 0;
  }
  if (start < shown.length || chunks.length === 0) chunks.push([start, shown.length]);
  return chunks;
}
