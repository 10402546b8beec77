"""Names of measures → codes of the catalogue; names of places → official codes.

In: the name, unit and change of one measure, and what the document's head says. Out: values of columns. Each document
is coded by itself, so that a run stays incremental. The catalogue is data: ``patterns/catalogue/``.

normal.py    a name as a bag of words that can be compared: abbreviations spelled out, fillers dropped
aliases.py   the forms that an alias of the catalogue may have
matching.py  which entry a name is, by its words and by the dimension of its unit: start here for a wrong code
dimensions.py  what a unit measures, and what a change of a level is
growth.py    growth in percent, however it is said
units.py     the list of administrative units before and since July 2025
places.py    which unit a document, a row or a statement is of
proving.py   the proof of the catalogue's entries by the names beside them
"""
