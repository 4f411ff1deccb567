"""What is new, across every part of the platform."""
