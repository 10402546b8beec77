"""Table rows → named measures: the row says what is counted, the column when and in what role.

Comes in: the rows of a table. Goes out: a ``Reading`` of each.

- ``columns``: what each column holds, by its heading; ``around``: what lines above the table give for all of it.
- ``reader``: a row's name, label, parent and measures; ``row``: the row while it is read.
- ``values``: the cells with numbers; ``ledger``: the class of the numbers that are no values.

A wrong period, role or unit in all rows of a column is a fault of ``columns``; a wrong name in one row of ``reader``.
"""
