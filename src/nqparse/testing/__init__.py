"""Texts in disguise, for tests of nqparse and of whatever reads its records.

The same document reaches people as the export of a scanner, a word processor or a web page. ``disguise`` dresses a text
up as one of these, and keeps the way back to the places of the plain text:

>>> worn = disguise("Tỷ lệ hộ nghèo: 5%", "thin-spaces")
>>> worn.text, worn.origin(18)
('Tỷ lệ hộ nghèo: 5\\u2009%', 17)

``compare`` parses both and says which records are the same.
"""

from nqparse.testing.comparing import Comparison, compare
from nqparse.testing.disguises import KINDS, SLIPS, disguise
from nqparse.testing.draft import Disguised, UnfitError

__all__ = ["KINDS", "SLIPS", "Comparison", "Disguised", "UnfitError", "compare", "disguise"]
