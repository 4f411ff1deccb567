"""Reviews, their recommendations, what was answered and done, and the body's own commitments."""
