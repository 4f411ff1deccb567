"""What is read: of the record of recommendations, of commitments, and of clocks."""
