"""For tests, ours and yours: what holds of any document's records, and documents that are built to break it."""
