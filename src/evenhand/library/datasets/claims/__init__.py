"""Claims that others made about disproportionality: as quoted, and set beside our own figures."""
