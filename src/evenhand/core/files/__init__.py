"""Files that people hand in: private unless a query says who sees them, and never what they only claim to be."""
