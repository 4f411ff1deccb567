"""The directory: who helps whom, where, how to get there, and when that was last checked."""
