"""What the support programme reads."""
