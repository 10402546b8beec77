"""A measure in its document → role, period, and what it stands under.

Comes in: a named measure, the tree of sections and the head. Goes out: whether it is a target, a result or an estimate
(``roles``, ``accounts``), the years that it is for (``periods``), and the lines above it (``ancestors``).
"""
