"""The words that everything is about: stages, topics, needs, groups."""
