"""Every dataset that the product holds: what it is, its releases, and its figures as files."""
