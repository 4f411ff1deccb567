"""Figures that somebody brings, for those who load them and those who publish them."""
