"""Commands of the record of recommendations."""
