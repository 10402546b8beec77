"""The lines above a line → the row, heading or measure that it stands under."""

from nqparse.layout.blocks import Block, BlockKind
from nqparse.naming.named import Parent
from nqparse.naming.row_names import read_row_name
from nqparse.outline.sections import Tree
from nqparse.packs.load import Pack, words_of

_BARE = 6
_NOTE = 9
_LONGEST_HEADING = 160


class Standing:
    """Keeps what the lines of one section stand under, as they are read one after the other."""

    def __init__(self, tree: Tree, pack: Pack) -> None:
        self.tree = tree
        self.pack = pack
        self.above: list[tuple[int, str, str]] = []
        self.topic = ""
        self.section: int | None = None
        self._title: str | None = None

    def enter(self, section: int | None) -> None:
        """Begin anew where another section begins."""
        if section != self.section:
            self.above, self.topic, self.section, self._title = [], "", section, None

    def rank(self, at: int, block: Block) -> int:
        """How deep a line stands in a list: numbered rows 1, "-" 3, "+" 4, bare lines of a list 6, else 0."""
        if block.kind is BlockKind.BULLET:
            return 2 + block.level
        if block.kind is BlockKind.NOTE:
            return _NOTE
        if at in self.tree.rows and block.marker is not None:
            return 2 if block.marker.label[:1].isalpha() else 1 + min(block.marker.label.count("."), 1)
        listed = self.above and self.above[-1][0] >= 3 and len(block.text) < 120 and ":" in block.text
        return _BARE if listed and block.marker is None else 0

    def heading(self, rank: int, text: str) -> None:
        """A line without a value: those below stand under it where it ends in a colon."""
        name = ""
        if text.endswith(":") and len(text) <= _LONGEST_HEADING:
            name = read_row_name(text, self.pack).name
            rank = 1 if rank in (0, _BARE) and self._measures(name) else rank
        self._stand_under(rank, name, "")

    def measure(self, rank: int, name: str, unit: str) -> None:
        """The first measure of a line, which those below it stand under."""
        self._stand_under(rank, name, unit)
        if rank == 0:
            self.topic = name

    def parent(self, rank: int) -> Parent:
        """What a line of a rank stands under."""
        rows = [(name, unit) for above, name, unit in self.above if 0 < above < rank]
        name, unit = rows[-1] if rows else (self._measured_title() if rank else "", "")
        return Parent(name, unit, self.topic, close=rank >= 4, project=self._project())

    def measured(self, heading: str) -> str:
        """The measure that a heading names for what stands below it; empty if it names none."""
        name = read_row_name(heading, self.pack).name
        return name if self._measures(name) else ""

    def _stand_under(self, rank: int, name: str, unit: str) -> None:
        if rank == _NOTE:
            return
        self.above = [entry for entry in self.above if entry[0] < rank]
        self.above.append((rank, name.rstrip(" :"), unit))

    def _measured_title(self) -> str:
        """The title of the section, where it says what its rows allot or measure."""
        if self._title is None:
            self._title = self.measured(self._printed_title())
        return self._title

    def _measures(self, heading: str) -> bool:
        """Whether a heading is the noun of what its rows give amounts of, and no verb ("Hỗ trợ sản xuất")."""
        words = words_of(heading)
        acts = self.pack.words("activities").after(words, 0) is not None
        return self.pack.words("allotted").after(words, 0) is not None and not acts

    def _project(self) -> str:
        """The title of the section, where it names a project that the quantities in its text belong to."""
        title = self._printed_title().split("(")[0].strip(" :")
        project, field = (
            self.pack.words(rule).after(words_of(title), 0) for rule in ("projects", "fields-no-projects")
        )
        return title if project is not None and (field is None or field[0] < project[0]) else ""

    def _printed_title(self) -> str:
        return (self.tree.sections[self.section].title if self.section is not None else None) or ""
