"""What the body does, one folder each."""
