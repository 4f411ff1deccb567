"""What is read of the record of recommendations."""
