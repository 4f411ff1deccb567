"""Shared nouns and mechanisms, with no word of any domain."""
