"""The shape of what comes in: questions in an address, and figures that somebody brings."""
