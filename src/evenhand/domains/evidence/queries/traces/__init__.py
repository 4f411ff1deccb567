"""Where a number comes from: its page, the row of the file that it stands in, and what today's release says of it."""
