"""Blocks → the tree of sections, and what the document is.

Comes in: blocks with their markers and numbers. Goes out: a ``Tree`` of sections and a ``Head``.

- ``titles``, ``title_lines``: a heading's title and the role that its words give.
- ``listing``: whether a numbered line is a row of a list or opens a section.
- ``nesting``: where a marker goes among the open sections; ``sections``, ``tree``: the tree.
- ``acts``: where the acts of a file begin and end; ``act_heads``: what each of them says of itself;
  ``head``: type, number, issuer, date, title, planned years and signer of one.

A missing or wrong section, path, title or section role is a fault of this room.
"""
