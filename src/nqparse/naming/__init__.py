"""A measure in its clause → its name, in the source's own words.

Comes in: the measures of a block, its tokens, and the line that it stands under (``named.Parent``). Goes out: ``Named``
values. ``naming`` is the way in. Words left of the number: ``wording``, ``parting``, ``trimming``, ``ownwords``; right
of it: ``rightwords``, ``counting``, ``commas``; lists: ``carrying``, ``dealing``, ``members``; what is borrowed from
the line above or the measure before: ``lineage``, ``bracketed``; ``filling`` adds what only the clause tells of a
measure; ``row_names`` reads the cell that names a row.
"""
