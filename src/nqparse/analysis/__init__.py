"""Over a finished run: results beside targets, indicators across documents, tables that people take away.

In: the Parquet tables of ``nqparse run``. All joins are SQL, in ``*.sql``, which DuckDB runs over the files (the extra
``nqparse[analysis]``) and which is the same for Spark.

base.py      the tables of a run as relations of DuckDB; what a run of another schema version or a missing extra says
queries.py   the SQL with the catalogue's directions in it
linking.py   ``nqparse link``: the table fulfilment
comparing.py ``nqparse compare``: places by years, and two documents side by side
charts.py    the chart of a comparison
exporting.py ``nqparse export``: workbook, CSV, DuckDB
suggesting.py ``nqparse catalogue suggest``
"""
