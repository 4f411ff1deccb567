"""One file for each official file format."""
