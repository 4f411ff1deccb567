"""What is done: to the record of recommendations, and to what was promised, asked and sent in."""
