"""Claims about disproportionality as cards: those that Evenhand makes, and those of others beside our own figures."""
