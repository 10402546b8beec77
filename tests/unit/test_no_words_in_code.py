"""No Vietnamese word stands in code: words are data, in patterns/, and code asks for them by tag or by expression.

Docstrings and comments may show words. What else may is listed here, with why; nothing but that may, and what is listed
must still have need of it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import nqparse
from nqparse.packs.load import load_pack
from nqparse.packs.schema import Tag

SOURCE = Path(nqparse.__file__).parent
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)

LETTERS = "tables of letters and of tone marks, not words"
ALLOWED = {
    "catalogue/normal.py": LETTERS,
    "folding.py": LETTERS,
    "packs/hostile.py": LETTERS,
    "layout/markers.py": LETTERS,
    "text/language.py": LETTERS,
    "text/legacy.py": LETTERS,
    "text/slips.py": LETTERS,
    "gate/sameness.py": "one syllable in two spellings, for which gold is not blamed",
    "quantity/modifiers.py": "words that lead to a number; they moved here out of naming, and are still to be tags",
    "models.py": "what a column holds is documented by examples",
    "render.py": "what is printed, not what is read",
    "testing/hostile.py": "texts that tests are made of",
    "testing/layout.py": "texts that tests are made of",
    "testing/letters.py": "texts that tests are made of",
    "testing/paraphrase/cases.py": "texts that tests are made of",
    "testing/paraphrase/lists.py": "texts that tests are made of",
    "testing/paraphrase/sites.py": "texts that tests are made of",
    "testing/pieces.py": "texts that tests are made of",
}


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The string constants of a module that are no docstrings, with their lines."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def plain_words() -> set[str]:
    """The words of the lexicon that are written without marks ("cho", "so"), but for those that English has too."""
    pack = load_pack()
    tags = [located.rule.id for located in pack.rules if isinstance(located.rule, Tag)]
    words = {word for tag in tags for word in pack.words(tag).words() if word.isascii() and word.isalpha()}
    return {word for word in words if len(word) > 1} - {"no"}


PLAIN = plain_words()


def faults(path: Path) -> list[str]:
    """Where a module has a Vietnamese word: line and string."""
    found = strings(ast.parse(path.read_text(encoding="utf-8")))
    return [f"{line}: {text!r}" for line, text in found if VIETNAMESE.search(text) or text.strip() in PLAIN]


MODULES = sorted(str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py"))


@pytest.mark.parametrize("module", [module for module in MODULES if module not in ALLOWED])
def test_a_module_has_no_vietnamese_word(module: str) -> None:
    assert faults(SOURCE / module) == []


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_what_may_have_words_still_has_some(module: str) -> None:
    """Else it is taken from the list."""
    assert faults(SOURCE / module) != []


def test_a_word_is_seen_with_marks_or_without(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        '"""đạt"""\n\ndef f(x):\n    """đạt"""\n    return x == "đạt" or x in (" cho ", "so", "no")\n', encoding="utf-8"
    )
    assert faults(code) == ["5: 'đạt'", "5: ' cho '", "5: 'so'"]
