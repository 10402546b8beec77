"""The parts of a Markdown file that tools write, each between two marks that name it."""

import re
from pathlib import Path


def put(path: Path, name: str, text: str) -> None:
    """Put the text between ``<!-- NAME: … -->`` and ``<!-- end of NAME -->``; raises ValueError where it lacks them."""
    whole = path.read_text(encoding="utf-8")
    begin, end = re.search(rf"<!-- {name}: [^\n]*-->\n", whole), whole.find(f"<!-- end of {name} -->")
    if begin is None or end < begin.end():
        raise ValueError(f"{path}: no part for {name}: two lines '<!-- {name}: … -->' and '<!-- end of {name} -->'")
    path.write_text(f"{whole[: begin.end()]}{text.rstrip()}\n{whole[end:]}", encoding="utf-8")
