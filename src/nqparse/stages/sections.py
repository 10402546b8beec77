"""Blocks → the tree of sections. The order of the levels is learnt from the document, not fixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from nqparse.models import SectionKind, SectionRole
from nqparse.packs.load import Pack, words_of
from nqparse.stages.blocks import Block, BlockKind
from nqparse.stages.markers import Marked, Reading
from nqparse.stages.numbers import BlockNumbers

_SENTENCE_END = regex.compile(r"[.;!?…]\s*[\"”’)\]]*$|[.!?]\s+\p{Lu}")
_COLON = regex.compile(r"\s*:(?=\s|$)")
_LONGEST_TITLE = 330
_LONGEST_RUN_IN = 130


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A section over the blocks ``first`` to ``last`` (exclusive); ``body`` is where its text begins in the first block."""

    kind: SectionKind
    marker: str
    label: str
    path: str
    title: str | None
    role: SectionRole
    depth: int
    parent: int | None
    first: int
    last: int
    body: int
    rules: tuple[str, ...]
    title_block: int | None = None


@dataclass(frozen=True, slots=True)
class Numbering:
    """A fault in the numbering: a gap, or a label that comes twice."""

    code: str
    section: int
    message: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The sections in reading order, the section of each block (None before the first), and faults of the numbering."""

    sections: tuple[SectionSpan, ...]
    of_block: tuple[int | None, ...]
    context: tuple["Context | None", ...]
    rows: frozenset[int]
    faults: tuple[Numbering, ...]
    closed: int


@dataclass(frozen=True, slots=True)
class Context:
    """A heading without a marker, in force over the blocks after it: its title and the role that its words give."""

    title: str
    role: SectionRole | None
    block: int


@dataclass(slots=True)
class _Open:
    """A section that is still open, on the stack."""

    index: int
    style: str
    value: tuple[int, ...]
    role: SectionRole
    kind: SectionKind


def segment(blocks: Sequence[Block], numbers: Sequence[BlockNumbers], pack: Pack) -> Tree:
    """The tree of sections. ``numbers`` tells which lines carry a value, which makes a numbered line a row, no section."""
    return _Builder(blocks, numbers, pack).build()


class _Builder:
    """One pass over the blocks, with the open sections on a stack."""

    def __init__(self, blocks: Sequence[Block], numbers: Sequence[BlockNumbers], pack: Pack) -> None:
        self.blocks = blocks
        self.numbers = numbers
        self.pack = pack
        self.stack: list[_Open] = []
        self.sections: list[SectionSpan] = []
        self.of_block: list[int | None] = []
        self.context: list[Context | None] = []
        self.rows: set[int] = set()
        self.faults: list[Numbering] = []
        self.last_value: dict[str, tuple[int, ...]] = {}
        self.current: Context | None = None
        self.appendices = 0
        self.ended = False
        self.closed = len(blocks)
        self.titles: set[int] = set()

    def build(self) -> Tree:
        for at, block in enumerate(self.blocks):
            self._block(at, block)
            self.of_block.append(self.stack[-1].index if self.stack and not self.ended else None)
            self.context.append(self.current)
        self._close(0, len(self.blocks))
        return Tree(
            tuple(self.sections),
            tuple(self.of_block),
            tuple(self.context),
            frozenset(self.rows),
            tuple(self.faults),
            self.closed,
        )

    def _block(self, at: int, block: Block) -> None:
        if block.kind in (BlockKind.ROW, BlockKind.FURNITURE, BlockKind.NOTE) or at in self.titles:
            return
        if self.pack.expression("closing").match(block.text):
            self._end(at)
            return
        if self._unnumbered_appendix(at, block):
            return
        if block.marker is not None and block.kind is BlockKind.PARAGRAPH and self._section(at, block, block.marker):
            return
        if block.marker is None and self._looks_like_heading(at, block):
            role, _ = role_of(block.text, self.pack)
            self.current = Context(block.text, role, at)

    def _end(self, at: int) -> None:
        """The recipients and the signature end the text of substance; an appendix may still follow."""
        self._close(0, at)
        self.ended = True
        self.current = None
        self.closed = min(self.closed, at)

    def _close(self, depth: int, at: int) -> None:
        while len(self.stack) > depth:
            done = self.stack.pop()
            self.sections[done.index] = replace(self.sections[done.index], last=at)

    # -- which reading of a marker, and where it goes ---------------------------------------------------------------

    def _section(self, at: int, block: Block, marked: Marked) -> bool:
        place = self._place(at, block, marked)
        if place is None:
            return False
        depth, reading = place
        parent_role = self.stack[depth - 1].role if depth else None
        if self._is_row(at, block, marked, reading, parent_role):
            self.rows.add(at)
            return False
        self._check_numbering(depth, reading)
        self._close(depth, at)
        self._open(at, block, marked, reading)
        return True

    def _place(self, at: int, block: Block, marked: Marked) -> tuple[int, Reading] | None:
        """The depth that a marker goes to and how it is read: a run that goes on, else a new run that starts at one."""
        best: tuple[tuple[int, int], int, Reading] | None = None
        for order, reading in enumerate(marked.readings):
            if reading.rule.id == "marker-item":
                continue
            found = self._candidate(at, block, marked, reading)
            if found is None:
                continue
            cost, depth = found
            if best is None or (cost, order) < best[0]:
                best = ((cost, order), depth, reading)
        return None if best is None else (best[1], best[2])

    def _candidate(self, at: int, block: Block, marked: Marked, reading: Reading) -> tuple[int, int] | None:
        """(cost, depth) of taking the marker as this reading; None where it cannot be a section."""
        if self.ended and reading.kind is not SectionKind.APPENDIX:
            return None
        if reading.kind is SectionKind.APPENDIX:
            return (0, 0) if self._appendix_follows(at, block, marked) else None
        floor = self._floor(reading)
        if reading.kind is SectionKind.DECIMAL:
            return self._decimal(at, block, marked, reading, floor)
        for depth in range(len(self.stack) - 1, floor - 1, -1):
            open_ = self.stack[depth]
            if open_.style != reading.style:
                continue
            step = reading.value[0] - open_.value[0]
            if step == 1:
                return 0, depth
            if 1 < step <= 4 and (reading.rule.strong or self._is_plain_heading(block, marked) or step == 2):
                return 3 + step, depth
            if reading.value[0] == 1:
                return (2, depth) if reading.rule.strong else (6, depth)
            if step <= 0 and (step == 0 or self._is_plain_heading(block, marked)):
                return 7, depth
        if reading.value[0] == 1:
            return 1, len(self.stack)
        if self.last_value.get(reading.style) == (reading.value[0] - 1,):
            return 2, len(self.stack)
        if reading.rule.strong or reading.kind is SectionKind.ARTICLE or self._is_plain_heading(block, marked):
            return 9, len(self.stack) if not reading.rule.strong else floor
        return None

    def _floor(self, reading: Reading) -> int:
        """The least depth: inside an appendix, only another appendix ends it."""
        return 1 if self.stack and self.stack[0].kind is SectionKind.APPENDIX else 0

    def _decimal(self, at: int, block: Block, marked: Marked, reading: Reading, floor: int) -> tuple[int, int] | None:
        value = reading.value
        for depth in range(len(self.stack) - 1, floor - 1, -1):
            open_ = self.stack[depth]
            if open_.kind is SectionKind.DECIMAL:
                if open_.value[: len(value)] == value and len(open_.value) > len(value):
                    continue
                if len(open_.value) == len(value) and open_.value[:-1] == value[:-1]:
                    return (0 if value[-1] == open_.value[-1] + 1 else 4), depth
                if open_.value == value[:-1]:
                    return (0 if value[-1] == 1 else 4), depth + 1
            elif open_.value[-1:] == value[:1] and len(value) == 2:
                return (0 if value[-1] == 1 else 4), depth + 1
        if value[-1] == 1 or self._is_plain_heading(block, marked):
            depths = [d for d, open_ in enumerate(self.stack) if open_.kind is SectionKind.DECIMAL and d >= floor]
            return 8, depths[0] if depths else len(self.stack)
        return None

    def _check_numbering(self, depth: int, reading: Reading) -> None:
        """Report a gap in the run, or a label that the run had before."""
        if not reading.value:
            return
        here = len(self.sections)
        open_ = self.stack[depth] if depth < len(self.stack) else None
        last = reading.value[-1]
        if open_ is not None and open_.value and open_.style == reading.style and open_.value[:-1] == reading.value[:-1]:
            before = open_.value[-1]
            if last <= before:
                self.faults.append(
                    Numbering("duplicate_label", here, f"label {reading.label} comes again after {before}")
                )
            elif last > before + 1:
                self.faults.append(Numbering("numbering_gap", here, f"numbering goes from {before} to {last}"))
        elif last > 1 and self.last_value.get(reading.style) != (last - 1,):
            self.faults.append(Numbering("numbering_gap", here, f"numbering starts at {reading.label}"))

    # -- titles and roles -------------------------------------------------------------------------------------------

    def _open(self, at: int, block: Block, marked: Marked, reading: Reading) -> None:
        title, body, title_block = self._title(at, block, marked, reading)
        parent = self.stack[-1] if self.stack else None
        label = self._appendix_label(reading) if reading.kind is SectionKind.APPENDIX else reading.label
        role, role_rule = role_of(title, self.pack) if title else (None, None)
        if reading.kind is SectionKind.APPENDIX or (parent and parent.role is SectionRole.APPENDIX):
            role, role_rule = SectionRole.APPENDIX, None
        if role is None:
            role = parent.role if parent else SectionRole.OTHER
        self._push(at, reading.kind, marked.text, label, title, role, body, reading.style, reading.value,
                   (reading.rule.id, *((role_rule,) if role_rule else ())), title_block)  # fmt: skip
        self.last_value[reading.style] = reading.value

    def _push(
        self,
        at: int,
        kind: SectionKind,
        marker: str,
        label: str,
        title: str | None,
        role: SectionRole,
        body: int,
        style: str,
        value: tuple[int, ...],
        rules: tuple[str, ...],
        title_block: int | None = None,
    ) -> None:
        parent = self.stack[-1] if self.stack else None
        path = f"{self.sections[parent.index].path}/{label}" if parent else label
        index = len(self.sections)
        self.sections.append(
            SectionSpan(kind, marker, label, path, title, role, len(self.stack) + 1, parent.index if parent else None,
                        at, len(self.blocks), body, rules, title_block)  # fmt: skip
        )
        self.stack.append(_Open(index, style, value, role, kind))
        self.ended = False
        self.current = None

    def _title(self, at: int, block: Block, marked: Marked, reading: Reading) -> tuple[str | None, int, int | None]:
        """The heading's title, where the section's own text begins in its block, and the block that holds the title."""
        text = block.text[marked.end :]
        if not text:
            title = self._title_below(at, reading)
            return title, len(block.text), at + 1 if title else None
        title, body = split_title(text, block, self.pack)
        if title is not None and body is None:
            title = self._continued(at, title)
        return title, (marked.end + body) if body is not None else len(block.text) if title else marked.end, at

    def _title_below(self, at: int, reading: Reading) -> str | None:
        """The title of a marker that stands alone: the lines below it that read like a heading."""
        parts: list[str] = []
        for n in range(at + 1, min(at + 4, len(self.blocks))):
            block = self.blocks[n]
            capitals = block.text.isupper()
            if block.kind is not BlockKind.PARAGRAPH or block.marker is not None or (parts and not capitals):
                break
            if not capitals and (_SENTENCE_END.search(block.text) or len(block.text) > _LONGEST_TITLE):
                break
            if capitals and parts and not self.blocks[n - 1].text.isupper():
                break
            self.titles.add(n)
            parts.append(block.text)
            if not capitals:
                break
        return " ".join(parts) or None

    def _continued(self, at: int, title: str) -> str:
        """A title in capitals may go on over the next lines."""
        if not title.isupper() or not self.blocks[at].text.isupper():
            return title
        for n in range(at + 1, min(at + 3, len(self.blocks))):
            block = self.blocks[n]
            if block.kind is not BlockKind.PARAGRAPH or block.marker or not block.text.isupper() or not self._adjoins(n):
                break
            self.titles.add(n)
            title = f"{title} {block.text}"
        return title

    def _adjoins(self, n: int) -> bool:
        """Whether no blank line stands between block ``n`` and the one before."""
        return self.blocks[n].origin(0) - self.blocks[n - 1].origin(len(self.blocks[n - 1].text) - 1) < 8

    def _is_plain_heading(self, block: Block, marked: Marked) -> bool:
        """Whether the line reads like a heading by its looks alone: marked up or in capitals, short, no sentence."""
        text = block.text[marked.end :]
        looks = block.bold or block.heading or text.isupper() or (text.endswith(":") and len(text) < 120)
        short = 3 <= len(text) <= 160 and not _SENTENCE_END.search(text) and text[:1].isupper()
        return bool(short and (looks or (len(text) <= 90 and not text.endswith(","))))

    def _looks_like_heading(self, at: int, block: Block) -> bool:
        """An unnumbered line that heads what follows: it gives a context, not a section."""
        text = block.text
        if not 4 <= len(text) <= 250 or self.numbers[at].values or text[0].islower():
            return False
        marked = block.bold or block.heading > 0 or text.isupper()
        return bool(marked and not _SENTENCE_END.search(text) and not text.endswith(","))

    # -- rows -------------------------------------------------------------------------------------------------------

    def _is_row(self, at: int, block: Block, marked: Marked, reading: Reading, role: SectionRole | None) -> bool:
        """Whether a numbered line is a row of a list of indicators: it carries a value of its own."""
        if reading.kind not in (SectionKind.ARABIC, SectionKind.DECIMAL, SectionKind.ALPHA):
            return False
        if reading.rule.id == "marker-small-roman" or block.heading:
            return False
        values = [start for start in self.numbers[at].values if start >= marked.end]
        text = block.text
        if not values or len(text) > 420:
            return False
        lead = text[marked.end : values[0]]
        if _COLON.search(lead) and self.pack.expression("row-value").search(lead):
            return len(lead) <= 200 and not lead.rstrip().endswith(")")
        if role not in (SectionRole.TARGETS, SectionRole.GOALS, SectionRole.APPENDIX, SectionRole.SITUATION, None, SectionRole.OTHER):
            return False
        if text.rstrip().endswith(":") or _COLON.search(lead):
            return False
        first_sentence = regex.search(r"[.!?]\s+\p{Lu}", text[marked.end :])
        return first_sentence is None and len(text) <= 300 and role in (SectionRole.TARGETS, SectionRole.APPENDIX)

    # -- appendices -------------------------------------------------------------------------------------------------

    def _appendix_label(self, reading: Reading) -> str:
        self.appendices += 1
        return reading.label if reading.value else f"PL{self.appendices}"

    def _appendix_follows(self, at: int, block: Block, marked: Marked) -> bool:
        text = block.text[marked.end :]
        return block.kind is BlockKind.PARAGRAPH and len(text) <= _LONGEST_TITLE and not _SENTENCE_END.search(text)

    def _unnumbered_appendix(self, at: int, block: Block) -> bool:
        """After the signature: a title in capitals, with "(Kèm theo …)" under it or a table not far below."""
        if not self.ended and not (self.stack and self.stack[0].style == "appendix"):
            return False
        if block.kind is not BlockKind.PARAGRAPH or block.marker is not None:
            return False
        lead = _capitals(block.text)
        if len(lead) < 12 or self.pack.expression("motto").match(block.text):
            return False
        follows = [b.text for b in self.blocks[at : at + 5]]
        if not any(self.pack.expression("attached").search(text) for text in follows):
            return False
        parts, n = [lead], at
        while n + 1 < len(self.blocks) and lead == self.blocks[n].text and self.blocks[n + 1].text.isupper():
            n += 1
            if self.blocks[n].kind is not BlockKind.PARAGRAPH:
                break
            self.titles.add(n)
            parts.append(self.blocks[n].text)
            lead = self.blocks[n].text
        self._close(0, at)
        self.appendices += 1
        self._push(at, SectionKind.APPENDIX, _first_word(block.text), f"PL{self.appendices}", " ".join(parts),
                   SectionRole.APPENDIX, len(block.text), "appendix", (), ("appendix-title",), at)  # fmt: skip
        return True


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]


def _capitals(text: str) -> str:
    """The leading words of a text that are in capitals."""
    match = regex.match(r"(?:[^\p{Ll}]*\P{Ll})?(?=\s*\(\p{Lu}\p{Ll}|$)", text)
    return match.group().strip() if match else ""


def split_title(text: str, block: Block, pack: Pack) -> tuple[str | None, int | None]:
    """The title that a heading's text gives, and where the running text begins after it (None: it is all title)."""
    colon = _COLON.search(text)
    if colon is not None and colon.end() < len(text.rstrip()):
        head = text[: colon.start()]
        rest = text[colon.end() :].lstrip()
        if _heads(head, rest, pack):
            return head.strip(), colon.end() + len(text[colon.end() :]) - len(rest)
        return None, None
    if len(text) <= _LONGEST_TITLE and (text.isupper() or not _SENTENCE_END.search(text)):
        return (text.strip() or None), None
    if text.endswith(".") and len(text) <= 160 and (block.bold or block.heading) and not regex.search(r"[.!?]\s+\p{Lu}", text):
        return text.strip(), None
    return None, None


def _heads(head: str, rest: str, pack: Pack) -> bool:
    """Whether the words before a colon are a title that runs into its text, not the first words of a sentence."""
    if not head or len(head) > _LONGEST_RUN_IN or _SENTENCE_END.search(head):
        return False
    if pack.expression("opens-a-list").search(head) or not head[:1].isupper():
        return False
    return bool(rest) and (rest[0].isupper() or rest[0] in "(-–“\"[" or rest[0].isdigit())


def role_of(title: str, pack: Pack) -> tuple[SectionRole | None, str | None]:
    """The role that a title's words give, and the rule that says so; the words that come first decide."""
    words = list(words_of(title))
    lead = 0
    fillers = pack.words("title-fillers")
    while (found := fillers.after(words, lead)) is not None:
        lead += found[0]
    for at in range(lead, len(words)):
        match = pack.headings.after(words, at)
        if match is not None and (at == lead or match[1].anywhere):
            return match[1].role, match[1].id
    return None, None
