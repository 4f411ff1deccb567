"""What is done in the support programme: each a verb, each with its line in the journal."""
