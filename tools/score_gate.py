"""Compare the scores of a run with the lowest that are accepted: ``score_gate.py OUT GOLD --scorer SCORE.PY``.

The floors are those of ``tests/floors.json``: for all documents together and for each, with a digest of the gold files
that they were measured on. A score below its floor fails. ``--update`` raises the floors to what was reached and lowers
none, unless ``--lower`` is given too (say why in CHANGELOG.md).
"""

import argparse
import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

from nqparse.columns import Column, table
from nqparse.tables import read_table

FLOORS = Path(__file__).parents[1] / "tests" / "floors.json"
ALL = "all"
Scores = dict[str, dict[str, float]]


def main() -> None:
    options = _options()
    digest, reached = gold_digest(options.gold), measure(options.out, options.gold, options.scorer)
    if options.update:
        floors = raised(_read(options.floors)["floors"], reached, lower=options.lower)
        text = json.dumps({"gold": digest, "floors": floors}, ensure_ascii=False, indent=2)
        options.floors.write_text(text + "\n", encoding="utf-8")
    accepted = _read(options.floors)
    floors = accepted["floors"]
    if digest != accepted["gold"]:
        print("other gold files than those of the floors: only documents with floors count", file=sys.stderr)
        floors = {document: floors[document] for document in floors if document in reached and document != ALL}
    print(report(floors, reached), end="")
    below = faults(floors, reached)
    if below:
        sys.exit("below the floors: " + "; ".join(below))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--lower", action="store_true")
    return parser.parse_args()


def _read(floors: Path) -> Any:
    return json.loads(floors.read_text(encoding="utf-8")) if floors.exists() else {"gold": "", "floors": {}}


def gold_digest(gold: Path) -> str:
    """One digest of all gold files, with their names."""
    digest = hashlib.sha256()
    for path in sorted(gold.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def measure(out: Path, gold: Path, scorer: Path) -> Scores:
    """The scores of all documents together, and of each that has gold."""
    stems = sorted(path.name.removesuffix(".measures.jsonl") for path in gold.glob("*.measures.jsonl"))
    scores = {ALL: _scores(out, gold, scorer, "") | {"explained": explained(out)}}
    return scores | {stem: _scores(out, gold, scorer, stem) for stem in stems}


def _scores(out: Path, gold: Path, scorer: Path, stem: str) -> dict[str, float]:
    command = [sys.executable, str(scorer), str(out), str(gold), "--json", "--doc", stem]
    scores = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    names = ("full F1", "core full F1", "section path F1", "section role")
    return {"detect F1": scores["detect P/R/F1"][2]} | {name: scores[name] for name in names}


def explained(out: Path) -> float:
    """The share of the ledger's numbers that some rule explains."""
    classes = read_table(out, "numbers").column("class").to_pylist()
    return 1.0 - float(classes.count("unexplained")) / max(1, len(classes))


def raised(floors: Scores, reached: Scores, *, lower: bool) -> Scores:
    """The floors, raised to what was reached, rounded down to three places."""
    result: Scores = {}
    for document, scores in reached.items():
        old = {} if lower else floors.get(document, {})
        result[document] = {
            name: max(old.get(name, 0.0), math.floor(score * 1000) / 1000) for name, score in scores.items()
        }
    return result


def faults(floors: Scores, reached: Scores) -> list[str]:
    """Each score that is below its floor, or missing."""
    return [
        f"{document}: {name} {score:.3f} < {floor:.3f}"
        for document, scores in floors.items()
        for name, floor in scores.items()
        if (score := reached.get(document, {}).get(name, 0.0)) < floor
    ]


def report(floors: Scores, reached: Scores) -> str:
    """The scores as a table, a row for each document; a score below its floor is followed by the floor."""
    names = list(reached[ALL])
    columns = (Column("Document"), *(Column(name, right=True) for name in names))
    rows = [
        (document, *(_cell(scores.get(name), floors.get(document, {}).get(name, 0.0)) for name in names))
        for document, scores in reached.items()
    ]
    return table(columns, rows, 120)


def _cell(score: float | None, floor: float) -> str:
    if score is None:
        return ""
    return f"{score:.3f}" if score >= floor else f"{score:.3f} < {floor:.3f}"


if __name__ == "__main__":
    main()
