"""The pages on which people claim and look after the entries of their organisations."""
