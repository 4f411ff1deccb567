"""Reads: answers from the released figures, and the exhibits that show them."""
