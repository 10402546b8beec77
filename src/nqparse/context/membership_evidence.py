"""What speaks for a measure's being an indicator of a list (``core``), and for the label that it takes.

The features are named here; ``patterns/membership.toml`` has the ordered lists of decisions over them.
"""

from collections.abc import Callable
from typing import NamedTuple

from nqparse.layout.blocks import Block, BlockKind
from nqparse.models import SectionRole

_TASKS = (SectionRole.TASKS, SectionRole.IMPLEMENTATION)


class MemberCase(NamedTuple):
    """One measure, or a block as far as its measures are alike.

    ``section`` is the role of its section, ``heading`` that of the heading without a marker that is in force, and
    ``announced`` says that the line above the list announces indicators, ``listed`` that the title of the act does.
    ``number`` is the one that its first words give the indicator ("Chỉ tiêu 3: …"). ``items`` counts the items of
    the block, "(1)" and "(2)"; ``item`` says that one begins before the measure.
    """

    block: Block
    is_row: bool
    section: SectionRole | None
    heading: SectionRole | None = None
    announced: bool = False
    listed: bool = False
    items: int = 0
    is_item: bool = False
    number: str | None = None
    item: bool = False
    core: bool = False
    is_target: bool = False


FEATURES: dict[str, Callable[[MemberCase], bool]] = {
    # the block
    "in-table": lambda case: case.block.kind is BlockKind.ROW,
    "block.note": lambda case: case.block.kind is BlockKind.NOTE,
    "block.bullet": lambda case: case.block.kind is BlockKind.BULLET,
    "block.row": lambda case: case.is_row,
    "block.marked": lambda case: case.block.marker is not None,
    "block.item": lambda case: case.is_item,
    "block.names-its-number": lambda case: case.number is not None,
    "items.several": lambda case: case.items > 1,
    "item.before": lambda case: case.item,
    # the heading without a marker that is in force
    "heading.targets": lambda case: case.heading is SectionRole.TARGETS,
    "heading.other": lambda case: case.heading not in (None, SectionRole.TARGETS),
    # the line above the list
    "lead-in.says-indicators": lambda case: case.announced,
    # the act
    "title.says-indicators": lambda case: case.listed,
    # the section
    "section.none": lambda case: case.section is None,
    "section.targets": lambda case: case.section is SectionRole.TARGETS,
    "section.goals": lambda case: case.section is SectionRole.GOALS,
    "section.tasks": lambda case: case.section in _TASKS,
    # what was decided of the measure before
    "core": lambda case: case.core,
    "target": lambda case: case.is_target,
}
"""Each feature that speaks for or against an indicator's belonging to a list, by its name."""

CORE_TAKES = ("core", "aside")
LABEL_TAKES = ("item", "marker", "number", "none")
