"""Words on the pages are read on every ground that they are on: contrast AA, light and dark."""

import re
from pathlib import Path

import pytest

STYLES = (Path(__file__).parents[2] / "src/nqparse/page/page.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLES, re.S)[:2]
)
MARKS = [f"{role}{weak}" for role in ("target", "actual", "estimate") for weak in ("", "-weak")]
PAIRS = [("ink", ground) for ground in ("paper", "ground", "hover", "chosen", "name", "statement", "found", *MARKS)]
PAIRS += [
    (word, ground) for word in ("faint", "accent", "error", "warning", "info", "right") for ground in ("paper", "hover")
]
PAIRS += [("faint", ground) for ground in ("ground", "statement")]
PAIRS += [("on-accent", "accent"), ("selected-ink", "selected"), ("paper", "ink")]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_contrast(colours: dict[str, str], word: str, ground: str) -> None:
    darker, lighter = sorted((luminance(colours[word]), luminance(colours[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
