"""The SQL of the analysis, with what the catalogue says in it: one text for DuckDB and for Spark."""

from collections.abc import Iterable
from importlib.resources import files

from nqparse.analysis.base import literal
from nqparse.packs.load import Pack
from nqparse.packs.schema import CatalogueEntry, VerdictWord


def fulfilment(pack: Pack) -> str:
    """The query that gives the rows of ``fulfilment`` from ``documents`` and ``indicators``."""
    entries = [one.rule for one in pack.rules if isinstance(one.rule, CatalogueEntry)]
    words = [
        (phrase, one.rule.verdict)
        for one in pack.rules
        if isinstance(one.rule, VerdictWord)
        for phrase in one.rule.phrases
    ]
    longest = sorted((phrase for phrase, _ in words), key=lambda phrase: (-len(phrase), phrase))
    return _filled(
        "fulfilment",
        directions=_values((entry.id, entry.better) for entry in entries),
        verdicts=_values(words),
        verdict_pattern=literal("(^|[|(,;]) *(" + "|".join(longest) + ") *($|[|),.;])"),
    )


def _filled(name: str, **parts: str) -> str:
    text = (files("nqparse.analysis") / f"{name}.sql").read_text(encoding="utf-8")
    for part, value in parts.items():
        text = text.replace(f"/*{part}*/", value)
    return text


def _values(rows: Iterable[tuple[str, ...]]) -> str:
    return ",\n    ".join(f"({', '.join(map(literal, row))})" for row in rows)
