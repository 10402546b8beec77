"""What naming takes and gives: a measure with its name, and what a row stands under."""

from typing import NamedTuple

from nqparse.naming.names import Name
from nqparse.quantity.measures import Measure


class Named(NamedTuple):
    """A measure with its name. ``pieces`` are the spans that the name consists of; ``prefix`` and ``rest`` the words
    before and after the number that made it; ``inherited`` tells that it has none of its own; ``clause`` is its clause
    in tokens."""

    measure: Measure
    name: str
    prefix: str = ""
    rest: str = ""
    inherited: bool = False
    inside: bool = False
    clause: tuple[int, int] = (0, 0)
    pieces: Name = ()


class Parent(NamedTuple):
    """What a number may need to be understood.

    ``name`` and ``unit`` are those of the row that its row stands under, ``close`` whether it is an item of a list
    right below. ``topic`` is the measure that a paragraph goes on with, or that a footnote (``note``) is a note to;
    ``project`` is the project that the section is about, ``heading`` the one that the block runs on from.
    """

    name: Name = ()
    unit: str = ""
    topic: Name = ()
    close: bool = False
    project: Name = ()
    note: bool = False
    heading: Name = ()
