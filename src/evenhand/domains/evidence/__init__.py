"""Evidence: disproportionality by stage, group, place and year."""
