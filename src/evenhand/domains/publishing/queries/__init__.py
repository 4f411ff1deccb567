"""Reads: pages, lists of them, and what the language check finds."""
