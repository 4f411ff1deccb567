"""Finding what the site holds by words: one index of documents, with stems and slips forgiven, on either database."""
