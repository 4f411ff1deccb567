"""What changed in published figures after they were released: written down by people, or worked out from releases."""
