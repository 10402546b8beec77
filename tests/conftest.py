"""All tests are strict: what a rule raises is raised, here and in the processes that a test starts."""

import os

os.environ["NQPARSE_STRICT"] = "1"
