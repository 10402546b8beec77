"""A measure in its document → role, period, label, and whether a list of indicators has it.

Comes in: a named measure, the tree of sections and the head of its act. Goes out: what its place says of it.

- ``scope``: what is in force where a block begins, as one frozen value; ``ancestors``: the lines above a line.
- ``roles``, ``role_evidence``: target, result or estimate; ``accounts``: what running text is about.
- ``membership``, ``membership_evidence``: core and label; ``lead_ins``: the line above a list.
- ``periods``, ``period_evidence``: the years; ``movements``: which end of "từ … lên …" a number is.
- ``notes``: the marks of footnotes.
- ``evidence``: features that are computed when a decision asks for them.

A wrong role, core, label or period: ``nqparse explain`` names the decision; it is in ``patterns/roles.toml``,
``patterns/membership.toml`` or ``patterns/periods.toml``.
"""
