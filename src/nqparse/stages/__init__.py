"""The stages: pure functions from values and a pack to values, with no I/O and no state of their own."""
