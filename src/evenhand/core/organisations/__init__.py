"""Organisations, as every domain speaks of them."""
