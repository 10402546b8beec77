"""Blocks → the tree of sections. The order of the levels is learnt from the document, not fixed."""

from collections.abc import Sequence
from dataclasses import replace

from nqparse.faults import RAISING, Guard
from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.markers import Marked, Reading
from nqparse.models import SectionKind, SectionRole
from nqparse.outline.acts import MOST_TITLE_LINES, Act, ActKind, Acts, find_acts, is_appendix_title
from nqparse.outline.listing import Surroundings, is_divided, is_row
from nqparse.outline.nesting import Open, place
from nqparse.outline.title_lines import Title, TitleReader
from nqparse.outline.titles import (
    Around,
    capitals,
    heads_what_follows,
    is_account,
    reads_like_heading,
    role_of,
    role_within,
    roles_named,
    without_remark,
)
from nqparse.outline.tree import Context, Numbering, SectionSpan, Tree, flat_tree, whole_act
from nqparse.packs.load import Pack
from nqparse.quantity.numbers import BlockNumbers

_LISTS = "marker-small-roman"
_MOST_PASSED_OVER = 20


def segment(blocks: Sequence[Block], numbers: Sequence[BlockNumbers], pack: Pack, guard: Guard = RAISING) -> Tree:
    """The tree of sections. ``numbers`` tells which lines carry a value: a numbered line that does may be a row.

    A line at which a rule fails opens nothing: all is read again without it, since it may have left things half done.
    """
    whole = whole_act(len(blocks))
    acts = guard.or_else(whole, find_acts, blocks, pack)
    passed_over: set[int] = set()
    while len(passed_over) < _MOST_PASSED_OVER:
        builder = _Builder(blocks, numbers, acts, pack, guard, frozenset(passed_over))
        tree = guard.or_else(None, builder.build)
        if tree is not None:
            return tree
        if builder.at in passed_over:
            break
        passed_over.add(builder.at)
    return flat_tree(len(blocks))


class _Builder:
    """One pass over the blocks, with the open sections on a stack."""

    def __init__(
        self,
        blocks: Sequence[Block],
        numbers: Sequence[BlockNumbers],
        acts: Acts,
        pack: Pack,
        guard: Guard,
        passed_over: frozenset[int],
    ) -> None:
        self.guard = guard
        self.passed_over = passed_over
        self.at = 0
        self.blocks = blocks
        self.numbers = numbers
        self.pack = pack
        self.acts = acts
        self.begins = {act.start: act for act in acts.acts}
        self.account = False
        self.stack: list[Open] = []
        self.sections: list[SectionSpan] = []
        self.last: list[int] = []
        self.of_block: list[int | None] = []
        self.context: list[Context | None] = []
        self.rows: set[int] = set()
        self.faults: list[Numbering] = []
        self.last_value: dict[str, tuple[int, ...]] = {}
        self.current: Context | None = None
        self.appendices = 0
        self.titles = TitleReader(blocks, pack)
        self.run: tuple[str, tuple[int, ...]] | None = None
        self.parts = ""
        self.divided = False
        self.listing = False
        self.inner: tuple[int, str, int] | None = None

    def build(self) -> Tree:
        for at, block in enumerate(self.blocks):
            self.at, self.guard.place = at, block
            if at in self.begins:
                self._begin(self.begins[at])
            if self.acts.in_tail(at):
                self._close(0, at)
                self.current = None
            elif at not in self.passed_over:
                self._read(at, block)
            self.of_block.append(self.stack[-1].index if self.stack else None)
            self.context.append(self.current)
        self._close(0, len(self.blocks))
        return Tree(
            tuple(span._replace(last=end) for span, end in zip(self.sections, self.last, strict=True)),
            tuple(self.of_block),
            tuple(self.context),
            frozenset(self.rows),
            tuple(self.faults),
            self.acts,
        )

    def _read(self, at: int, block: Block) -> None:
        if block.kind in (BlockKind.ROW, BlockKind.FURNITURE, BlockKind.NOTE) or at in self.titles.taken:
            return
        if self.listing and block.marker is None and block.kind is BlockKind.PARAGRAPH:
            self.current, self.listing = None, False
        if self._is_untitled_appendix(at):
            self._open_appendix(at, block)
        elif block.marker is not None and block.kind is BlockKind.PARAGRAPH and self._section(at, block, block.marker):
            return
        elif block.marker is None and not self.numbers[at].values:
            role = role_of(block.text, self.pack)[0]
            if heads_what_follows(block) or (role is SectionRole.TARGETS and self._announces_a_list(at, block)):
                self.current = Context(block.text, role, at)
            elif self._sets_targets(at, block):
                self.current, self.listing = Context(block.text, SectionRole.TARGETS, at), True

    def _sets_targets(self, at: int, block: Block) -> bool:
        """ "Nghị quyết đặt mục tiêu đến năm 2030:" over "(i) …", "(ii) …"."""
        if not block.text.endswith(":") or self.pack.expression("sets-targets").search(block.text) is None:
            return False
        marked = self.blocks[at + 1].marker if at + 1 < len(self.blocks) else None
        return marked is not None and any(one.rule.id == _LISTS for one in marked.readings)

    def _announces_a_list(self, at: int, block: Block) -> bool:
        """Whether a plain line reads like a heading and an item or a bullet comes right after it."""
        bullet = block.kind is BlockKind.BULLET and block.text.endswith(":")
        if not (block.kind is BlockKind.PARAGRAPH or bullet) or not reads_like_heading(block.text, block):
            return False
        following = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return following is not None and (following.marker is not None or following.kind is BlockKind.BULLET)

    def _begin(self, act: Act) -> None:
        """Begin an act, in which nothing that stood above it goes on. The title of an attached text is no heading."""
        self._close(0, act.start)
        self.account = self.guard.or_else(False, is_account, self.blocks[act.start : act.end], self.pack)
        self.last_value, self.run, self.current = {}, None, None
        if act.kind is not ActKind.ATTACHED or self.blocks[act.start].marker is not None:
            return
        for n in range(act.start, min(act.start + MOST_TITLE_LINES + 1, act.end)):
            if self.blocks[n].marker is not None or (n > act.start and not capitals(self.blocks[n].text)):
                break
            self.titles.taken.add(n)

    def _close(self, depth: int, at: int) -> None:
        while len(self.stack) > depth:
            self.last[self.stack.pop().index] = at

    # -- a marker -----------------------------------------------------------------------------------------------------

    def _section(self, at: int, block: Block, marked: Marked) -> bool:
        """Open a section at the block, if its marker makes it one."""
        if self._counts_anew(at, block, marked):
            return False
        titled = self._is_titled(at, block, marked)
        found = place(self.stack, self.last_value, block, marked, titled=titled)
        if found is None:
            return False
        depth, reading = found
        around = self._surroundings(at, depth, reading)
        valued = bool(self.numbers[at].values)
        if self.guard.or_else(valued, is_row, block, self.numbers[at], marked, reading, around, self.pack):
            self.rows.add(at)
            self.last_value[reading.style] = reading.value
            self.run = (reading.style, reading.value)
            self.parts = reading.style if around.part else ""
            self.divided = is_divided(block.text, self.pack)
            return False
        self.run, self.parts, self.divided = None, "", False
        self._check_numbering(depth, reading)
        self._close(depth, at)
        self._open(at, block, marked, reading)
        return True

    def _is_titled(self, at: int, block: Block, marked: Marked) -> bool:
        """ "(1) Đến năm 2030" over bullets: whether a marker's line has a title and no value, over lines of its own."""
        text = block.text[marked.end :].strip()
        if self.numbers[at].values or not reads_like_heading(text, block) or at + 1 == len(self.blocks):
            return False
        below = self.blocks[at + 1]
        if below.kind is BlockKind.BULLET:
            return True
        styles = {reading.style for reading in marked.readings}
        beside = below.marker is not None and any(reading.style in styles for reading in below.marker.readings)
        return below.kind is BlockKind.PARAGRAPH and not beside and len(below.text) > len(text)

    def _counts_anew(self, at: int, block: Block, marked: Marked) -> bool:
        """Whether a line is in a list that counts from one in the style of the heading of indicators right above it."""
        top = self.stack[-1] if self.stack else None
        if top is None or top.kind is not SectionKind.ARABIC or top.around.role is not SectionRole.TARGETS:
            return False
        reading = next((one for one in marked.readings if one.style == top.style), None)
        if reading is None or len(reading.value) != 1:
            return False
        first, valued = self.sections[top.index].first, bool(self.numbers[at].values)
        starts = first == at - 1 and reading.value == (1,) and valued and not self.numbers[first].values
        if not starts and self.inner != (top.index, top.style, reading.value[0] - 1):
            return False
        if not valued and reads_like_heading(block.text[marked.end :].strip(), block):
            return False
        self.inner = (top.index, top.style, reading.value[0])
        if valued:
            self.rows.add(at)
        return True

    def _surroundings(self, at: int, depth: int, reading: Reading) -> Surroundings:
        role = self.stack[depth - 1].around.role if depth else None
        if not depth and self._heading_over(at) is not None:
            role = SectionRole.TARGETS
        before = (*reading.value[:-1], reading.value[-1] - 1) if reading.value else ()
        goes_on = self.run == (reading.style, before)
        first = self.divided and self.run is not None and self.run[0] != reading.style and reading.value[-1:] == (1,)
        return Surroundings(
            role=role,
            ruled=any(open_.kind is SectionKind.ARTICLE for open_ in self.stack[:depth]),
            goes_on=goes_on,
            part=first or (goes_on and self.parts == reading.style),
        )

    def _check_numbering(self, depth: int, reading: Reading) -> None:
        """Report a gap in the run, or a label that the run had before."""
        if not reading.value:
            return
        here = len(self.sections)
        open_ = self.stack[depth] if depth < len(self.stack) else None
        last = reading.value[-1]
        follows = self.last_value.get(reading.style) == (*reading.value[:-1], last - 1)
        if open_ and open_.value and open_.style == reading.style and open_.value[:-1] == reading.value[:-1]:
            before = open_.value[-1]
            if last <= before:
                message = f"label {reading.label} comes again after {before}"
                self.faults.append(Numbering("duplicate_label", here, message))
            elif last > before + 1 and not follows:
                self.faults.append(Numbering("numbering_gap", here, f"numbering goes from {before} to {last}"))
        elif last > 1 and not follows:
            self.faults.append(Numbering("numbering_gap", here, f"numbering starts at {reading.label}"))

    def _open(self, at: int, block: Block, marked: Marked, reading: Reading) -> None:
        untitled = Title(None, marked.end, at)
        title = self.guard.or_else(untitled, self.titles.read, at, block, marked, reading.kind)
        label = reading.label
        if reading.kind is SectionKind.APPENDIX:
            self.appendices += 1
            label = label if reading.value else f"PL{self.appendices}"
            title = replace(title, text=title.text and without_remark(title.text, self.pack))
        heading = self._heading_over(at)
        listed = self.current if reading.rule.id == _LISTS and self.listing else None
        around = self.stack[-1].around if self.stack else None
        if around is None and heading is not None:
            around = Around(SectionRole.TARGETS, frozenset())
        runs_in = title.block == at and title.body < len(block.text)
        no_role: tuple[SectionRole, str | None] = (SectionRole.OTHER, None)
        role, rule = self.guard.or_else(
            no_role, role_within, title.text, runs_in, around, reading.kind, self.account, self.pack
        )
        span = SectionSpan(
            kind=reading.kind,
            marker=marked.text,
            label=label,
            path=self._path(label),
            title=title.text,
            role=role,
            depth=len(self.stack) + 1,
            parent=self.stack[-1].index if self.stack else None,
            first=at,
            last=len(self.blocks),
            body=title.body,
            rules=(reading.rule.id, rule) if rule else (reading.rule.id,),
            title_block=title.block,
        )
        self._push(span, reading.style, reading.value)
        self.current = listed or (heading if role is SectionRole.TARGETS else None)
        self.last_value[reading.style] = reading.value

    def _heading_over(self, at: int) -> Context | None:
        """The unnumbered heading of indicators right above the first of some sections, which holds for all of them."""
        context = self.current
        if context is None or context.role is not SectionRole.TARGETS:
            return None
        first = self.sections[-1].first if self.sections else at
        stands = context.block == at - 1 or (bool(self.sections) and self.context[first] is context)
        return context if stands and self.pack.expression("says-indicators").search(context.title) else None

    def _path(self, label: str) -> str:
        return f"{self.sections[self.stack[-1].index].path}/{label}" if self.stack else label

    def _push(self, span: SectionSpan, style: str, value: tuple[int, ...]) -> None:
        around = Around(span.role, self.guard.or_else(frozenset(), roles_named, span.title, self.pack))
        self.stack.append(Open(len(self.sections), style, value, span.kind, around))
        self.sections.append(span)
        self.last.append(span.last)
        self.current = None

    # -- appendices without the word --------------------------------------------------------------------------------

    def _is_untitled_appendix(self, at: int) -> bool:
        """Whether an appendix without the word begins, after a signature or behind another such."""
        behind = self.stack and self.stack[0].style == "appendix"
        if not behind and not (at and self.acts.in_tail(at - 1)):
            return False
        return is_appendix_title(self.blocks, at, self.pack)

    def _open_appendix(self, at: int, block: Block) -> None:
        lead, n = capitals(block.text), at
        parts = [lead]
        while n + 1 < len(self.blocks) and lead == self.blocks[n].text and self.blocks[n + 1].text.isupper():
            n += 1
            if self.blocks[n].kind is not BlockKind.PARAGRAPH:
                break
            self.titles.taken.add(n)
            lead = self.blocks[n].text
            parts.append(lead)
        self._close(0, at)
        self.appendices += 1
        label = f"PL{self.appendices}"
        marker = block.text.split(" ", 1)[0]
        span = SectionSpan(
            kind=SectionKind.APPENDIX,
            marker=marker,
            label=label,
            path=label,
            title=" ".join(parts),
            role=SectionRole.APPENDIX,
            depth=1,
            parent=None,
            first=at,
            last=len(self.blocks),
            body=len(block.text),
            rules=("appendix-title",),
            title_block=at,
        )
        self._push(span, "appendix", ())
