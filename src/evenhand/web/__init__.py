"""Composition: the only floor that may know two domains."""
