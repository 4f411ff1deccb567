"""Places of England and Wales, which lies in which, and how to find one."""
