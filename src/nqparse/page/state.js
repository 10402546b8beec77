// The rows of one document and every change of them. Nothing here draws.
import { keep, kept, pageData } from "./dom.js";
import { Offsets } from "./offsets.js";
import { say } from "./words.js";

export const KINDS = ["measures", "sections"];
const SEVERITIES = ["error", "warning", "info"];

/** What tells a row from the others of its kind. */
export function keyOf(kind, row) {
  return `${kind}:${row.start}`;
}

/** The document, its rows, what is done to them, and who is told. */
export class State extends EventTarget {
  constructor(page, backend) {
    super();
    this.page = page;
    this.backend = backend;
    this.offsets = new Offsets(page.text);
    this.readings = {
      measures: new Map(page.document.indicators.map((row) => [row.char_start, row])),
      sections: new Map(page.document.sections.map((row) => [row.char_start, row])),
    };
    this.findings = page.document.findings
      .map((finding, at) => ({ ...finding, at }))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.char_start ?? 0) - (b.char_start ?? 0));
    this.undone = [];
    this.waiting = Promise.resolve();
    this.take(page.rows);
  }

  /** Take these rows in place of what was there. */
  take(rows) {
    this.rows = { measures: [...rows.measures], sections: [...rows.sections] };
    this.note(rows);
    this.items = { measures: this.rows.measures.map((row) => this.itemOf("measures", row)), sections: this.rows.sections.map((row) => this.itemOf("sections", row)) };
    for (const kind of KINDS) this.items[kind].sort(byPlace);
    this.dispatchEvent(new Event("rows"));
  }

  note(rows) {
    this.version = rows.version;
    this.differences = rows.differences;
    this.moved = rows.moved;
    this.lost = new Set(rows.lost);
    this.isDraft = rows.is_draft;
    this.differing = new Map(rows.differences.map((one) => [`${one.kind}:${one.start}`, one]));
  }

  itemOf(kind, row) {
    const end = kind === "measures" ? row.end : row.start + [...row.marker].length;
    const found = this.readings[kind].get(row.start) ?? null;
    const reading = found && kind === "measures" && found.char_end !== row.end ? null : found;
    const key = keyOf(kind, row);
    return {
      kind, row, key, reading,
      start: this.offsets.unit(row.start), end: this.offsets.unit(end),
      findings: kind === "measures" ? this.findingsIn(row, reading) : [],
      section: kind === "measures" ? row.section : row.path,
    };
  }

  /** The findings whose place meets that of a row. */
  findingsIn(row, reading) {
    this.placed ??= this.findings.filter((one) => one.char_start !== null).sort((a, b) => a.char_start - b.char_start);
    const met = [];
    for (let at = firstFrom(this.placed, row.start - 400); at < this.placed.length; at += 1) {
      const one = this.placed[at];
      if (one.char_start >= row.end) break;
      const inside = one.char_end > row.start && (one.char_end - one.char_start < 400 || one.char_start === reading?.statement_start);
      if (inside) met.push(one);
    }
    return met;
  }

  item(key) {
    const kind = key?.split(":")[0];
    return kind ? (this.items[kind].find((one) => one.key === key) ?? null) : null;
  }

  progress() {
    const rows = KINDS.flatMap((kind) => this.rows[kind]);
    return [rows.filter((row) => row.checked !== false).length, rows.length];
  }

  /** Make changes (kind, before, after), all or none, and keep them; one after another. Gives whether they were kept. */
  change(changes, { isUndo = false } = {}) {
    const done = this.waiting.then(() => this.send(changes, isUndo));
    this.waiting = done.catch(() => {});
    return done;
  }

  async send(changes, isUndo) {
    const answer = await this.backend.keep(this, changes);
    if (answer.rows) {
      this.undone = [];
      this.take(answer.rows);
    }
    if (!answer.ok) {
      this.tell(answer.message);
      return false;
    }
    if (!isUndo) this.undone.push(changes.map(({ kind, before, after }) => ({ kind, before: after, after: before })).reverse());
    if (!answer.rows) {
      for (const one of changes) this.apply(one);
      this.note({ ...this.noted(), ...answer.note });
      this.dispatchEvent(new Event("rows"));
    }
    return true;
  }

  noted() {
    return { version: this.version, differences: this.differences, moved: this.moved, lost: [...this.lost], is_draft: this.isDraft };
  }

  apply({ kind, before, after }) {
    const without = (row) => before === null || row.start !== before.start || row.end !== before.end;
    this.rows[kind] = this.rows[kind].filter(without);
    this.items[kind] = this.items[kind].filter((item) => without(item.row));
    if (after === null) return;
    this.rows[kind].push(after);
    this.items[kind].push(this.itemOf(kind, after));
    this.rows[kind].sort((a, b) => a.start - b.start);
    this.items[kind].sort(byPlace);
  }

  /** Take back the last change; false where there is none. */
  async undo() {
    await this.waiting;
    const last = this.undone.at(-1);
    if (!last) return false;
    const before = this.undone.length;
    const done = await this.change(last, { isUndo: true });
    if (done && this.undone.length === before) this.undone.pop();
    return done;
  }

  tell(message) {
    this.dispatchEvent(new CustomEvent("told", { detail: message }));
  }
}

function byPlace(one, other) {
  return one.start - other.start || one.end - other.end;
}

function firstFrom(findings, start) {
  let at = 0;
  let end = findings.length;
  while (at < end) {
    const middle = (at + end) >> 1;
    if (findings[middle].char_start < start) at = middle + 1;
    else end = middle;
  }
  return at;
}

/** Keeps changes by the server that the page came from, and asks it now and then whether others change them too. */
export class ServerBackend {
  constructor() {
    const asked = new URLSearchParams(location.search);
    this.token = asked.get("token") ?? "";
    this.id = asked.get("id") ?? "";
    this.window = crypto.randomUUID();
  }

  async ask(path, body) {
    const address = `${path}?id=${encodeURIComponent(this.id)}&window=${this.window}`;
    const headers = { "X-Nqparse-Token": this.token, ...(body ? { "Content-Type": "application/json" } : {}) };
    const answer = await fetch(address, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    return [answer.status, await answer.json()];
  }

  async keep(state, changes) {
    try {
      const [status, answer] = await this.ask("/api/changes", { version: state.version, changes });
      if (status === 200) return { ok: true, note: answer };
      if (status === 409) return { ok: false, rows: answer.rows, message: say("conflict") };
      return { ok: false, message: `${say("failed")}: ${answer.error}` };
    } catch {
      return { ok: false, message: say("offline") };
    }
  }

  /** Ask who else has the document open and whether it was changed; gives how many others there are. */
  async look(state) {
    try {
      const [status, answer] = await this.ask("/api/presence");
      if (status !== 200) return 0;
      await state.waiting;
      if (answer.version !== state.version) {
        const [, rows] = await this.ask("/api/rows");
        if (rows.version !== state.version) {
          state.undone = [];
          state.take(rows);
          state.tell(say("conflict"));
        }
      }
      return answer.others;
    } catch {
      return 0;
    }
  }
}

/** Keeps changes in this browser, until they are downloaded. */
export class LocalBackend {
  constructor(page) {
    this.place = `nqparse-changes-${page.document.head.sha256}-${page.document.head.doc_id}`;
    this.changes = JSON.parse(kept(this.place) ?? "[]");
  }

  async keep(_state, changes) {
    this.changes.push(...changes);
    keep(this.place, JSON.stringify(this.changes));
    return { ok: true, note: {} };
  }

  /** Make again what was changed before the page was closed. */
  restore(state) {
    for (const change of this.changes) state.apply(change);
    if (this.changes.length) state.dispatchEvent(new Event("rows"));
  }

  /** The corrections as JSON lines: what the document is, its rows before, then each change. */
  lines(page) {
    const { doc_id, sha256 } = page.document.head;
    const first = { doc_id, sha256, measures: page.rows.measures, sections: page.rows.sections };
    return [first, ...this.changes].map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

/** The document that this page was made of. */
export function openDocument() {
  const page = pageData();
  const backend = page.mode === "review" ? new ServerBackend() : new LocalBackend(page);
  const state = new State(page, backend);
  if (backend instanceof LocalBackend) backend.restore(state);
  return state;
}
