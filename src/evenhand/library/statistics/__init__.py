"""Statistics of disproportionality: arrays in, arrays out."""
