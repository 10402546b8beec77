"""A measure in its clause → its name, in the source's own words.

Comes in: the measures of a block, its tokens, and the line that it belongs to (``named.Parent``). Goes out: ``Named``
values. ``naming`` is the way in; ``patterns/naming.toml`` has the three lists of decisions.

- ``places``: a measure among its neighbours; ``candidates``: where its words may begin and end.
- ``features``: what a decision may ask; ``chooser``: the decisions, from left to right; ``borrowing``: what is taken.
- ``coordination``: what the members of a list share; ``carrying``: the values that they share.
- ``alternatives``: the names that were not chosen, for ``explain`` and for the oracle.
- ``names``: pieces of text with their spans; ``row_names`` reads the cell that names a row; ``plain`` names by default.

A wrong name: ``nqparse explain`` says which decisions made it; mend their conditions, with an example.
"""
