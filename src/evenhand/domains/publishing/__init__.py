"""The body's own voice: what it writes, what it points to, and what is new."""
