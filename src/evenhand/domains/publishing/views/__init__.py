"""Doors of publishing: pages with their files, and alerts."""
