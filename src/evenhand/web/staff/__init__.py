"""The staff home: Wagtail's admin behind our own doors, in our colours."""
