"""Blocks → measures: value, unit, denominator, bound, change and basis.

Comes in: a block's text and tokens. Goes out: every number with its class, and ``Measure`` values.

- ``numbers``: the numbers of a block, and which of them are dates, markers, names: no measures.
- ``amounts``: digits → exact decimals; ``units``: the unit behind a number.
- ``expressions``: one value, a range or a fraction; ``measures``: the words around it that change its reading.
- ``modifiers``: what only the clause says of a measure: a missing unit, a yearly denominator, a basis, a movement;
  ``surroundings``: what it asks for; ``totals``: the count that bracketed items of a list are parts of.

A number that is lost, or a wrong value, unit, bound or change is a fault of this room.
"""
