"""Draws the rooms of nqparse and the imports between them, as docs/how-it-works.md shows them.

    python tools/drawing.py            writes the drawing into the document
    python tools/drawing.py --check    exit status 1 if the document shows another one

The drawing is made from the imports themselves: an arrow leads from the room that imports to the one that it uses.
Arrows that follow from two others are left out.
"""

import argparse
import sys
from pathlib import Path

import grimp
from report import put

DOCUMENT = Path(__file__).parents[1] / "docs/how-it-works.md"
ROOMS = {
    "pipeline": "pipeline: the stages in order",
    "records": "records: values to rows",
    "findings": "findings: what to look at",
    "statements": "statements: the fold over blocks",
    "rows": "rows: table rows to named measures",
    "naming": "naming: a measure's name",
    "context": "context: role, period, what is above",
    "quantity": "quantity: numbers to measures",
    "outline": "outline: sections, acts, head",
    "syntax": "syntax: words, clauses, tags",
    "layout": "layout: text to blocks",
    "text": "text: bytes to text",
    "packs": "packs: patterns as data",
    "models": "models: the records' fields",
}
"""The rooms that a number goes through, from the last to the first, with what each does."""


def arrows() -> set[tuple[str, str]]:
    """Which room imports which, without what follows from two other arrows."""
    graph = grimp.build_graph("nqparse")
    direct = {
        (one, other)
        for one in ROOMS
        for other in ROOMS
        if one != other
        and graph.direct_import_exists(importer=f"nqparse.{one}", imported=f"nqparse.{other}", as_packages=True)
    }
    return {
        (one, other)
        for one, other in direct
        if not any((one, mid) in direct and (mid, other) in direct and (other, mid) not in direct for mid in ROOMS)
    }


def drawing() -> str:
    """The drawing as a Mermaid flow chart."""
    nodes = [f'    {room}["{what}"]' for room, what in ROOMS.items()]
    lines = [
        f"    {one} --> {other}" for one, other in sorted(arrows(), key=lambda pair: [*map(list(ROOMS).index, pair)])
    ]
    return "\n".join(["```mermaid", "flowchart TD", *nodes, *lines, "```"])


def main() -> None:
    """Write the drawing, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare")
    before = DOCUMENT.read_text("utf-8")
    if not parser.parse_args().check:
        put(DOCUMENT, "rooms", drawing())
    elif drawing() not in before:
        sys.exit("docs/how-it-works.md shows other imports than there are: make drawing")


if __name__ == "__main__":
    main()
