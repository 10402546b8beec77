"""Pattern packs: the vocabulary and the expressions of the genre, as data."""
