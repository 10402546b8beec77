"""The words of a block: tokens, clauses and years.

Comes in: a block's text. Goes out: ``Tokens`` (folded words with their places) and ``Clauses`` over them.

- ``tokens``: words, numbers and signs; ``clauses``: where clauses and brackets begin and end.
- ``lexicon``: tags of forms; ``trimming``: phrases; ``coordination``: what commas join; ``dates``: years.

A name that runs over the end of a clause, or stops inside one, may be a fault of this room.
"""
