"""The line of a marker, and the lines below it → the title of the section that it opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from nqparse.layout.blocks import Block, BlockKind
from nqparse.layout.markers import Marked
from nqparse.models import SectionKind
from nqparse.outline.acts import MOST_TITLE_LINES
from nqparse.outline.titles import LONGEST_TITLE, SENTENCE_END, split_title
from nqparse.packs.load import Pack

_NEAR = 8


@dataclass(frozen=True, slots=True)
class Title:
    """A heading's title, where the running text begins in its block, and the block that holds the title."""

    text: str | None
    body: int
    block: int | None


class TitleReader:
    """Reads titles in the order of a document's blocks; ``taken`` are the blocks that belong to titles above them."""

    def __init__(self, blocks: Sequence[Block], pack: Pack) -> None:
        self.blocks = blocks
        self.pack = pack
        self.taken: set[int] = set()

    def read(self, at: int, block: Block, marked: Marked, kind: SectionKind) -> Title:
        """The title of the section that the marker of block ``at`` opens."""
        text = block.text[marked.end :]
        if not text:
            below = self._below(at)
            return Title(below, len(block.text), at + 1 if below else None)
        title, body = split_title(text, block, kind, self.pack)
        if title is None:
            return Title(None, marked.end, at)
        if body is None:
            return Title(self._continued(at, title), len(block.text), at)
        return Title(title, marked.end + body, at)

    def _below(self, at: int) -> str | None:
        """The title of a marker that stands alone: the line below that reads like a heading, or lines in capitals."""
        parts: list[str] = []
        for n in range(at + 1, min(at + MOST_TITLE_LINES, len(self.blocks))):
            block = self.blocks[n]
            in_capitals = block.text.isupper()
            if block.kind is not BlockKind.PARAGRAPH or block.marker is not None or (parts and not in_capitals):
                break
            if not in_capitals and (SENTENCE_END.search(block.text) or len(block.text) > LONGEST_TITLE):
                break
            self.taken.add(n)
            parts.append(block.text)
            if not in_capitals:
                break
        return " ".join(parts) or None

    def _continued(self, at: int, title: str) -> str:
        """A title in capitals may go on over the next lines."""
        if not title.isupper() or not self.blocks[at].text.isupper():
            return title
        for n in range(at + 1, min(at + MOST_TITLE_LINES - 1, len(self.blocks))):
            block = self.blocks[n]
            if block.kind is not BlockKind.PARAGRAPH or block.marker or not block.text.isupper():
                break
            if not self._adjoins(n):
                break
            self.taken.add(n)
            title = f"{title} {block.text}"
        return title

    def _adjoins(self, n: int) -> bool:
        """Whether no blank line stands between block ``n`` and the one before."""
        before = self.blocks[n - 1]
        return self.blocks[n].origin(0) - before.origin(len(before.text) - 1) < _NEAR
