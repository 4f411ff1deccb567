"""Commands of the composed site."""
