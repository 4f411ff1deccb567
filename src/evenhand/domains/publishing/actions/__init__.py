"""Writes: the tree and the pages that ship, alerts, and links that are looked at."""
