"""Text → blocks: paragraphs, bullets, table rows, footnotes and page furniture, each without its line breaks.

Comes in: a ``Source``. Goes out: ``Block`` values in reading order, each with the way back to the source.

- ``lines``: what each line looks like; ``capitals``: lines that lost theirs; ``wrapping``: how lines were broken.
- ``pages``: page numbers and running headers; ``page_breaks``: what a page break cut in two.
- ``markers``: the marker that a line begins with; ``blocks``: the block; ``build``: lines put together to blocks.
- ``tables``, ``cells``, ``flattened``, ``stacks``: rows and cells, also of tables that were flattened to a cell a line.

A sentence in two blocks, two in one, or a row that is read as text is a fault of this room.
"""
