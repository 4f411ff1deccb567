"""What is read of the support programme: each question by the name of who asks, or of what is asked for."""
