"""What tells whether extraction has got worse: gold, scores, floors, snapshots, differences of two runs."""
