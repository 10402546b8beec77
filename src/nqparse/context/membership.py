"""A measure's place → whether a list of indicators has it, the label that it takes, and its group."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from nqparse.context.evidence import Evidence
from nqparse.context.lead_ins import is_item
from nqparse.context.membership_evidence import CORE_TAKES, FEATURES, LABEL_TAKES, MemberCase
from nqparse.context.scope import Scope
from nqparse.layout.blocks import Block
from nqparse.models import Role, SectionRole
from nqparse.outline.head import Head
from nqparse.outline.titles import role_of
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack
from nqparse.quantity.measures import Measure
from nqparse.quantity.numbers import BlockNumbers
from nqparse.quantity.units import Step


class Member(NamedTuple):
    """Whether a list of indicators has a measure, its label, and the measure with the steps that decided it."""

    core: bool
    label: str | None
    measure: Measure


class Membership:
    """Decides what belongs to a list of indicators, and under which label."""

    def __init__(self, numbers: Sequence[BlockNumbers], tree: Tree, head: Head, pack: Pack) -> None:
        self.numbers = numbers
        self.tree = tree
        self.pack = pack
        self.listed = head.title is not None and role_of(head.title, pack)[0] is SectionRole.TARGETS
        self.cores, self.labels = pack.decisions["core"], pack.decisions["label"]
        self.cores.refuse_unknown(tuple(FEATURES), CORE_TAKES)
        self.labels.refuse_unknown(tuple(FEATURES), LABEL_TAKES)
        self.numbered = pack.expression("names-its-number")
        self._items: tuple[int, list[tuple[int, str]]] = (-1, [])

    def of(self, scope: Scope, at: int, block: Block, measure: Measure, role: Role) -> Member:
        """Whether a list has a measure of running text, a bullet or a row of a list, and its label."""
        announced = scope.lead_in is not None and scope.lead_in.indicators
        numbered = self.numbered.match(block.text)
        number = str(numbered.group("number")) if numbered is not None else None
        case = self._case(at, block)._replace(announced=announced, number=number)
        core, measure = self._core(case, measure)
        items = self._items_of(at, block)
        before = bisect_left(items, (measure.start, "")) - 1
        case = case._replace(core=core, is_target=role is Role.TARGET, items=len(items), item=before >= 0)
        decision = self.labels.first(Evidence(FEATURES, case).holds)
        label = None
        if decision.take == "item":
            label = items[before][1]
        elif decision.take == "number":
            label = number
        elif decision.take == "marker" and block.marker is not None:
            label = block.marker.label
        return Member(core, label, measure.but(Step(decision.id, decision.sets(label or "none"))))

    def of_row(self, at: int, block: Block, label: str | None, measure: Measure) -> Member:
        """The same for a measure of a table's row, which has printed its label itself."""
        core, measure = self._core(self._case(at, block), measure)
        return Member(core, label, measure)

    def group(self, section: int | None) -> str | None:
        """The title of the nearest section of indicators around a section."""
        while section is not None:
            span = self.tree.sections[section]
            if span.role is SectionRole.TARGETS:
                return span.title
            section = span.parent
        return None

    def _core(self, case: MemberCase, measure: Measure) -> tuple[bool, Measure]:
        decision = self.cores.first(Evidence(FEATURES, case).holds)
        core = decision.take == "core"
        return core, measure.but(Step(decision.id, decision.sets("yes" if core else "no")))

    def _case(self, at: int, block: Block) -> MemberCase:
        section, heading = self.tree.of_block[at], self.tree.context[at]
        role = heading.role if heading is not None else None
        if heading is not None and role in (None, SectionRole.GOALS):
            says = self.pack.expression("says-indicators").search(heading.title) is not None
            role = SectionRole.TARGETS if says else role
        return MemberCase(
            block=block,
            is_row=at in self.tree.rows,
            section=self.tree.sections[section].role if section is not None else None,
            heading=role,
            listed=self.listed,
            is_item=is_item(block),
        )

    def _items_of(self, at: int, block: Block) -> list[tuple[int, str]]:
        """The markers of items within a paragraph, "(5)", with their places."""
        if self._items[0] != at:
            found = (n for n in self.numbers[at].literals if n.rule == "item-marker")
            self._items = (at, [(n.start, block.text[n.start : n.end]) for n in found])
        return self._items[1]
