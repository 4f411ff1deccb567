"""What is done to the record of recommendations."""
