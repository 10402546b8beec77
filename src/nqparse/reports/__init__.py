"""Reports of ``nqparse check``, ``snapshot`` and ``diff``: what each tells, and the formats in which it is told."""
