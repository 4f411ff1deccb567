"""The pages of the support programme."""
