"""Statements said in other words: what a reader of documents must read the same, word for word exchanged.

A place becomes another place, a crop another crop, a number another number, "đạt" becomes "ở mức", "giảm" becomes "hạ".
The records of the text must then change in just these words and in nothing else. The words are in ``words.toml``, apart
from the patterns, so that a word which the patterns lack is found.

>>> said = paraphrase("- Tỷ lệ hộ nghèo giảm 0,4%.\\n- Trồng mới 35 ha lúa.", seed=4)
>>> [case.right for case in cases(said)]
[True, True]

Where to look: ``lists.py`` reads the words, ``renaming.py`` exchanges them in the whole document, ``sites.py`` beside a
number and in a clause, ``numerals.py`` numbers, ``drawing.py`` puts a text together from a seed, ``cases.py`` compares
the records, ``trial.py`` draws cases from many texts.
"""

from nqparse.testing.paraphrase.cases import Case, cases
from nqparse.testing.paraphrase.drawing import Paraphrase, paraphrase
from nqparse.testing.paraphrase.lists import KINDS
from nqparse.testing.paraphrase.trial import Text, Tried, drawn, share

__all__ = ["KINDS", "Case", "Paraphrase", "Text", "Tried", "cases", "drawn", "paraphrase", "share"]
