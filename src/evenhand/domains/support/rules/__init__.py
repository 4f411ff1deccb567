"""What a programme says, and what follows from it: plain values in, plain values out."""
