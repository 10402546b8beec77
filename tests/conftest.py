"""What holds for all tests.

They are strict: what a rule raises is raised, here and in the processes that a test starts. Properties are tried on the
same cases each time, however slow the machine is.
"""

import atexit
import os
import sys

from hypothesis import HealthCheck, settings

os.environ["NQPARSE_STRICT"] = "1"

settings.register_profile(
    "fixed", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fixed")


def _end_quietly() -> None:
    """DuckDB's bindings list, when Python has ended, all that was still in use: a page about nothing."""
    if "duckdb" in sys.modules:
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


atexit.register(_end_quietly)
