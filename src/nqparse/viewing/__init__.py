"""A page to look at what was read in a document, and to correct it.

What comes in: a source file and its records. What goes out: one HTML file that needs no network (``nqparse view``), or
the same page from a server of this machine that keeps corrections as gold (``nqparse review``).

``payload.py`` declares the JSON that a page gets; ``reading.py`` makes it from files or from a finished run;
``html.py`` puts it, with the modules and styles of ``nqparse/page/``, into one file under a strict content security
policy; ``export.py`` writes such files and their index; ``series.py`` has the index's charts; ``gold_store.py`` holds
and saves the rows of a document's gold; ``moving.py`` finds them again in an edited text; ``desk.py`` is what the
server does for one folder of documents; ``server.py`` is HTTP alone; ``applying.py`` takes what a page downloaded.
"""
