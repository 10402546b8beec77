"""Bytes → text with a way back: every place in what the later rooms read leads to one in the file as decoded.

Comes in: a file's bytes. Goes out: a ``Source``, whose ``text`` is NFC with one kind of space, sign and line break.

- ``encodings``: which encoding a file is in, and which files are no text.
- ``legacy``: letters of TCVN3 and VNI fonts; ``exports``: what HTML and word segmenters left in a text.
- ``source``: the ``Source``, and the odd characters that are read as plain ones; ``offsets``: the way back.
- ``slips``: letters that a scanner or a typist got wrong; ``language``: whether a text is Vietnamese.

A word that is read as another, or an offset that is wrong, is a fault of this room.
"""
