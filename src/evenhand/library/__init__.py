"""The library: pure Python, usable alone."""
