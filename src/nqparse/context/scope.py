"""What is in force where a block begins: one frozen value, which reading a block takes and gives on.

A block that cannot be read leaves the scope of before, so that the next one begins from what the last good one left.
"""

from typing import NamedTuple, Optional

from nqparse.layout.tables import Table
from nqparse.models import Role
from nqparse.naming.names import Name
from nqparse.syntax.dates import Years


class Above(NamedTuple):
    """A line that those below it belong to: its rank in the list, the name and the unit of its first measure."""

    rank: int
    name: Name
    unit: str


class RowAbove(NamedTuple):
    """A row of a table that those below it belong to; ``pieces`` are what its name consists of."""

    rank: int
    name: str
    unit: str
    years: Years | None
    pieces: Name = ()


class Rows(NamedTuple):
    """The table that is being read: the number of its next row, the group in force and its rank, the rows above."""

    table: Table | None = None
    at: int = 0
    group: str | None = None
    group_rank: int = -1
    above: tuple[RowAbove, ...] = ()


class Cue(NamedTuple):
    """Words that tell what the text around them is about, and their place; a mild one gives way to any other."""

    start: int
    end: int
    role: Role
    mild: bool = False


class Unread(NamedTuple):
    """A block whose cues were not asked for yet, and those before it."""

    text: str
    earlier: Optional["Unread"]


class Account(NamedTuple):
    """What running text last said it gives an account of: the cues of the last block, and the last cue before it.

    ``unread`` are the blocks since, the last one first: most texts have more cues than anybody asks for.
    """

    cues: tuple[Cue, ...] = ()
    last: Cue | None = None
    unread: Unread | None = None


class Antecedent(NamedTuple):
    """A measure that a later one may refer to: its block, where it ends there, its name, unit and role."""

    block: int
    end: int
    name: Name
    unit: str
    role: Role


class LeadIn(NamedTuple):
    """A line that ends in a colon over a list: the years that it gives, and whether it announces indicators."""

    years: Years | None = None
    indicators: bool = False


class Scope(NamedTuple):
    """What is in force: in the section, the lines above with the topic of the last paragraph; the lead-in of a list;
    what the running text gives an account of; the table; the last measures."""

    section: int | None = None
    above: tuple[Above, ...] = ()
    topic: Name = ()
    lead_in: LeadIn | None = None
    account: Account = Account()
    rows: Rows = Rows()
    antecedents: tuple[Antecedent, ...] = ()

    def of_section(self, section: int | None) -> "Scope":
        """The scope in a section: where another one begins, no line above it is in force."""
        return self if section == self.section else self._replace(section=section, above=(), topic=())

    def of_table(self, table: Table) -> "Scope":
        """The scope in a table, before its next row."""
        return self if self.rows.table is table else self._replace(rows=Rows(table))

    def past_row(self) -> "Scope":
        """The scope behind a row that nothing was learnt from."""
        return self._replace(rows=self.rows._replace(at=self.rows.at + 1))
