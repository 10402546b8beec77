"""The lines above a line → the row, heading or measure that it belongs to."""

from collections.abc import Sequence

from nqparse.context.scope import Above, Scope
from nqparse.layout.blocks import Block, BlockKind
from nqparse.naming.named import Parent
from nqparse.naming.names import Name, kept, printed, text_of
from nqparse.naming.row_names import read_row_name
from nqparse.outline.acts import MOST_TITLE_LINES
from nqparse.outline.tree import Tree
from nqparse.packs.load import Pack, words_of

_BARE = 6
_NOTE = 9
_LONGEST_HEADING = 160


class Ancestors:
    """Finds what a line belongs to, by the lines of its section that are in force above it."""

    def __init__(self, tree: Tree, blocks: Sequence[Block], pack: Pack) -> None:
        self.tree = tree
        self.blocks = blocks
        self.pack = pack
        self._titles: dict[int | None, Name] = {}
        self._projects: dict[int | None, Name] = {}
        self._printed: dict[int | None, Name] = {}

    def rank(self, scope: Scope, at: int, block: Block) -> int:
        """How deep a line is in a list: numbered rows 1, "-" 3, "+" 4, bare lines of a list 6, else 0."""
        if block.kind is BlockKind.BULLET:
            return 2 + block.level
        if block.kind is BlockKind.NOTE:
            return _NOTE
        if at in self.tree.rows and block.marker is not None:
            return 2 if block.marker.label[:1].isalpha() else 1 + min(block.marker.label.count("."), 1)
        listed = scope.above and scope.above[-1].rank >= 3 and len(block.text) < 120 and ":" in block.text
        return _BARE if listed and block.marker is None else 0

    def under_heading(self, scope: Scope, rank: int, at: int) -> Scope:
        """The scope below a line without a value: what follows belongs to it where it ends in a colon."""
        name: Name = ()
        text = self.blocks[at].text
        if text.endswith(":") and len(text) <= _LONGEST_HEADING:
            read = read_row_name(text, self.pack).name
            rank = 1 if rank in (0, _BARE) and self._measures(read) else rank
            name = kept(printed(text, block=at), read)
        return _under(scope, Above(rank, name, ""))

    def under_measure(self, scope: Scope, rank: int, name: Name, unit: str) -> Scope:
        """The scope below a line that states a measure: what follows belongs to its first one."""
        scope = _under(scope, Above(rank, name, unit))
        return scope if rank else scope._replace(topic=name)

    def parent(self, scope: Scope, rank: int) -> Parent:
        """What a line of a rank belongs to."""
        rows = [(line.name, line.unit) for line in scope.above if 0 < line.rank < rank]
        name, unit = rows[-1] if rows else (self._measured_title(scope.section) if rank else (), "")
        return Parent(name, unit, scope.topic, close=rank >= 4, project=self._project(scope.section))

    def measured(self, heading: Name) -> Name:
        """The measure that a heading names for what is below it; empty if it names none."""
        name = read_row_name(text_of(heading), self.pack).name
        return kept(heading, name) if self._measures(name) else ()

    def title(self, section: int | None) -> Name:
        """The title of a section as it is printed; empty if it has none."""
        if section not in self._printed:
            self._printed[section] = self._title_of(section)
        return self._printed[section]

    def _title_of(self, section: int | None) -> Name:
        span = self.tree.sections[section] if section is not None else None
        if span is None or not span.title:
            return ()
        first = span.first if span.title_block is None else span.title_block
        lines = enumerate(self.blocks[first : first + MOST_TITLE_LINES], first)
        return kept(tuple(piece for n, block in lines for piece in printed(block.text, block=n)), span.title)

    def _measured_title(self, section: int | None) -> Name:
        """The title of the section, where it says what its rows allot or measure."""
        if section not in self._titles:
            self._titles[section] = self.measured(self.title(section))
        return self._titles[section]

    def _measures(self, heading: str) -> bool:
        """Whether a heading is the noun of what its rows give amounts of, and no verb ("Hỗ trợ sản xuất")."""
        words = words_of(heading)
        acts = self.pack.words("act-verbs").after(words, 0) is not None
        return self.pack.words("allotment").after(words, 0) is not None and not acts

    def _project(self, section: int | None) -> Name:
        """The title of the section, where it names a project that the quantities in its text belong to."""
        if section not in self._projects:
            self._projects[section] = self._titled_project(section)
        return self._projects[section]

    def _titled_project(self, section: int | None) -> Name:
        title = self._printed_title(section).split("(")[0].strip(" :")
        project, field = (
            self.pack.words(rule).after(words_of(title), 0) for rule in ("projects", "fields-no-projects")
        )
        named = project is not None and (field is None or field[0] < project[0])
        return kept(self.title(section), title) if named else ()

    def _printed_title(self, section: int | None) -> str:
        return (self.tree.sections[section].title if section is not None else None) or ""


def _under(scope: Scope, line: Above) -> Scope:
    """The scope below a line, which ends what belongs to lines of its own rank and deeper ones."""
    if line.rank == _NOTE:
        return scope
    above = (one for one in scope.above if one.rank < line.rank)
    return scope._replace(above=(*above, line._replace(name=kept(line.name, text_of(line.name).rstrip(" :")))))
