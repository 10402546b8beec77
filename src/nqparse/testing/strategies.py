"""Hypothesis strategies for documents; they need hypothesis, which nqparse does not install."""

from hypothesis import strategies as st

from nqparse.packs.load import Pack
from nqparse.testing.pieces import Grammar, grammar_of


def documents(pack: Pack, most: int = 40) -> st.SearchStrategy[str]:
    """Texts of at most ``most`` pieces of the pack's grammar."""
    grammar = grammar_of(pack)
    return st.lists(_pieces(grammar), max_size=most).map("".join)


def _pieces(grammar: Grammar) -> st.SearchStrategy[str]:
    words = st.one_of(*map(st.sampled_from, grammar.groups))
    return st.tuples(words, st.sampled_from(grammar.joints)).map("".join)
