"""A document gives the same records in each disguise: the samples in all of them, the corpus in some."""

from pathlib import Path

import pytest

from nqparse.testing import KINDS, SLIPS, Comparison, UnfitError, compare, disguise

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file())
CORPUS = sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
SOME = 12
"""Of so many kinds, a document of the corpus is taken in one here; make disguises takes it in all."""


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def compared(path: Path, kind: str) -> Comparison | None:
    try:
        return compare(text_of(path), kind)
    except UnfitError:
        return None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != SLIPS])
def test_all_records_of_the_samples_are_the_same(kind: str) -> None:
    found = [(path.name, compared(path, kind)) for path in SAMPLES]
    assert [(name, one) for name, one in found if one is not None and (one.lost or one.added)] == []
    assert any(one is not None for _, one in found)


def test_nearly_all_records_outlast_slips() -> None:
    found = [compare(text_of(path), SLIPS, seed) for path in SAMPLES for seed in range(2)]
    assert sum(one.kept for one in found) >= 0.97 * sum(one.most for one in found)


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason="the corpus does not lie beside the clone")
def test_nearly_all_records_of_the_corpus_are_the_same() -> None:
    kinds = [kind for kind in KINDS if kind != SLIPS]
    pairs = [(path, kind) for at, path in enumerate(CORPUS) for kind in kinds[at % SOME :: SOME]]
    found = [one for path, kind in pairs if (one := compared(path, kind)) is not None]
    assert sum(one.kept for one in found) >= 0.99 * sum(one.most for one in found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disguise_leads_back_to_the_plain_text(kind: str) -> None:
    """Digits are never touched, so that each is found at the place of its own."""
    text = text_of(SAMPLES[4])
    worn = disguise(text, kind, 3)
    assert worn.data.decode(worn.encoding) == worn.text
    assert worn == disguise(text, kind, 3)
    places = [at for at, sign in enumerate(worn.text) if sign.isdigit() and text[worn.origin(at)] == sign]
    assert {worn.origin(at) for at in places} >= {at for at, sign in enumerate(text) if sign.isdigit()}


def test_a_text_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UnfitError, match="windows-1252"):
        disguise("tỷ lệ ≥ 5%", "vni")
    with pytest.raises(UnfitError, match="TCVN3"):
        disguise("tỷ lệ¹", "tcvn3-in-utf-8")
