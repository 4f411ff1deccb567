"""The shape of what is typed in the support programme."""
