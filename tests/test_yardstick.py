"""The scores of ``nqparse.gate`` are those of the yardstick that lies beside the clone, to three decimals.

A run over the corpus agrees with its gold too well to tell two scorers apart: so a run that was spoilt is scored too.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from nqparse.gate.check import by_run, check
from nqparse.gate.reads import whole
from nqparse.gate.scores import Tallies, figures
from nqparse.inputs import list_files
from nqparse.models import Bound, Document, Indicator, Section, SectionRole
from nqparse.packs.load import load_pack
from nqparse.runs.parsing import parse_file
from nqparse.tables import Writer

SHARED = Path(__file__).parents[2] / "shared"
CORPUS, GOLD, SCORER = SHARED / "corpus", SHARED / "gold", SHARED / "score.py"
pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and GOLD.is_dir() and SCORER.is_file()), reason="no corpus, gold and scorer beside the clone"
)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    pack = load_pack()
    return [whole(parse_file(file, pack)) for file in list_files([CORPUS])]


def written(documents: Sequence[Document], folder: Path) -> Path:
    with Writer(folder, "part-00000", version="0", patterns="0") as writer:
        writer.write(one.rows for one in documents)
    return folder


def spoilt(document: Document) -> Document:
    rows = [fault for at, row in enumerate(document.indicators) if (fault := spoilt_row(at, row)) is not None]
    sections = [bad for at, one in enumerate(document.sections) if (bad := spoilt_section(at, one)) is not None]
    return document.model_copy(update={"indicators": tuple(rows), "sections": tuple(sections)})


def spoilt_row(at: int, row: Indicator) -> Indicator | None:
    """The row with another fault for each number that its own is a multiple of; None: it is lost."""
    if at % 11 == 10:
        return None
    changes: dict[int, dict[str, object]] = {
        2: {"core": not row.core},
        3: {"name": " ".join(row.name.split()[::2])},
        5: {"bound": Bound.MAX, "unit": f"{row.unit} nào"},
        7: {"char_end": row.char_end + 1, "basis": "kế hoạch"},
        13: {"low": Decimal(at), "label": "9", "per": "5 năm"},
        17: {"section_path": "Z", "period_end": None, "of": Decimal(7)},
    }
    wrong = {field: value for n, change in changes.items() if at % n == 0 for field, value in change.items()}
    return row.model_copy(update=wrong)


def spoilt_section(at: int, row: Section) -> Section | None:
    if at % 5 == 4:
        return None
    changes: dict[int, dict[str, object]] = {
        2: {"title": (row.title or "") + " khác hẳn"},
        3: {"path": f"{row.path}/x"},
        7: {"role": SectionRole.OTHER, "char_start": row.char_start + 1},
    }
    wrong = {field: value for n, change in changes.items() if at % n == 0 for field, value in change.items()}
    return row.model_copy(update=wrong)


def yardstick(out: Path, document: str = "") -> dict[str, float]:
    command = [sys.executable, str(SCORER), str(out), str(GOLD), "--json", "--doc", document]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    detect, sections, core = told["detect P/R/F1"], told["sections P/R/F1"], told["core recall of detect/value/full"]
    return {
        **{f"detect {name}": value for name, value in zip(("precision", "recall", "F1"), detect, strict=True)},
        **{f"section {name}": value for name, value in zip(("precision", "recall", "F1"), sections, strict=True)},
        **{f"{name} recall": value for name, value in zip(("core", "core value", "core full"), core, strict=True)},
        "core precision": told["core precision"],
        **{name: told[name] for name in ("value F1", "full F1", "record F1", "section path F1")},
        **{name: told[name] for name in ("core value F1", "core full F1")},
        **{name: told[name] for name in ("section role", "section title")},
        "name words": told["name token F1"],
        **{f"field {name}": value for name, value in told["fields"].items()},
    }


def comparable(tallies: Tallies, wanted: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in figures(tallies).items() if name in wanted}


@pytest.mark.parametrize("is_spoilt", [False, True], ids=["as read", "spoilt"])
def test_the_scores_are_those_of_the_yardstick(is_spoilt: bool, documents: list[Document], tmp_path: Path) -> None:
    out = written([spoilt(one) for one in documents] if is_spoilt else documents, tmp_path)
    checked = check([CORPUS], GOLD, by_run(out))
    wanted = yardstick(out)
    assert comparable(checked.total, wanted) == pytest.approx(wanted, abs=0.0005)
    longest = max(checked.scored, key=lambda one: one.tallies["detect"].gold)
    wanted = yardstick(out, longest.name)
    assert comparable(longest.tallies, wanted) == pytest.approx(wanted, abs=0.0005)
    assert {name for name in wanted if wanted[name] < 0.99} or not is_spoilt
