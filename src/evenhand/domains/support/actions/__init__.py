"""What is done in the support programme."""
