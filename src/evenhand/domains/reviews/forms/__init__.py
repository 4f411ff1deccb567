"""The shape of what is asked of visitors and of staff."""
