"""Figures of one's own: a table with a declaration beside it, read, checked and protected like any other."""
