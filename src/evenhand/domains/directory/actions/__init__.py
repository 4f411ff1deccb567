"""What is done in the directory: listings written and moved, checks asked for and answered, reports settled."""
