"""The command ``nqparse``: options, printing, exit codes. The only place that prints and exits.

A module for each group of commands; importing it adds them to ``cli``. What is slow to import is imported by the
command that needs it.
"""

from nqparse.cli import analysis, changes, checks, columns, documents, pages, rules, runs
from nqparse.cli.root import cli, main

__all__ = ["analysis", "changes", "checks", "cli", "columns", "documents", "main", "pages", "rules", "runs"]
