"""Clauses and brackets: the stretch of a block that a number stands in."""

import pytest

from nqparse.packs.load import load_pack
from nqparse.syntax.clauses import Clauses
from nqparse.syntax.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Thu tăng 5%; chi giảm 7%; dư 9%", "chi giảm 7 %"),
        ("Thu (dự toán 7%; quyết toán 8%) đạt 9%; chi", "dự toán 7 %"),
        ("Thu (dự toán; quyết toán 8%) đạt 7%; chi", "Thu ( dự toán ; quyết toán 8 % ) đạt 7 %"),
        ("Thu đạt TP. Lam 7%", "Thu đạt TP . Lam 7 %"),
        ("Thu đạt. Chi [7% (8%", "7 % ( 8 %"),
    ],
)
def test_a_clause_lies_between_the_ends_in_its_own_bracket(text: str, clause: str) -> None:
    tokens = tokenize(text)
    at = tokens.words.index("7")
    start, end = Clauses(tokens, load_pack()).clause(at, at + 1)
    found = [tokens.text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert " ".join(found[start:end]) == clause


def test_a_clause_has_no_more_than_so_many_tokens() -> None:
    tokens = tokenize("hộ " * 3000)
    assert Clauses(tokens, load_pack()).clause(1500, 1501) == (1100, 1901)
