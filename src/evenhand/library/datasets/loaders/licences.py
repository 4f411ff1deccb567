"""Licences that several publications share, as their files name them."""

OPEN_PARLIAMENT = "Open Parliament Licence v3.0 (contains Crown copyright MoJ figures)"
