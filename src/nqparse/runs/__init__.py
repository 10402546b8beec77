"""What a run over a folder is made of: files to rows, shards, workers, parts, the output folder."""
