"""A line that ends in a colon → what it says of the list below it: the years, and whether it announces indicators."""

from nqparse.context.periods import Periods
from nqparse.context.scope import LeadIn
from nqparse.layout.blocks import Block, BlockKind
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack
from nqparse.syntax.dates import Years

_LAST_WORDS = 300


def is_item(block: Block) -> bool:
    """Whether a block opens with the marker of an item in running text, "(1)"."""
    return block.marker is not None and all(reading.rule.id == "marker-item" for reading in block.marker.readings)


class LeadIns:
    """Reads lead-ins, and says over which blocks they reach."""

    def __init__(self, tree: Tree, periods: Periods, pack: Pack) -> None:
        self.tree = tree
        self.periods = periods
        self.announces = pack.expression("announces-indicators")

    def of(self, at: int, block: Block, before: LeadIn | None, *, has_values: bool) -> LeadIn | None:
        """The lead-in that is in force behind block ``at``; ``before`` is the one that it begins in.

        It reaches over the bullets, the items "(1)" and the rows of a list right below it.
        """
        if block.kind is BlockKind.BULLET or at in self.tree.rows or is_item(block):
            return before
        text = block.text.rstrip()
        if not text.endswith(":"):
            return None
        indicators = self.announces.search(text, max(0, len(text) - _LAST_WORDS)) is not None
        years = None if has_values else self.periods.of_lead_in(text, indicators=indicators)
        return LeadIn(years, indicators=indicators) if years is not None or indicators else None

    def dated(self, block: Block, before: LeadIn | None, years: Years | None) -> LeadIn | None:
        """The lead-in behind a line with a value of these years: bullets that its colon announces take them."""
        if block.kind is not BlockKind.PARAGRAPH or not block.text.rstrip().endswith(":"):
            return before
        given = before or LeadIn()
        return given if given.years is not None else given._replace(years=years)
