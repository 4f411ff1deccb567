"""Migrations of publishing."""
