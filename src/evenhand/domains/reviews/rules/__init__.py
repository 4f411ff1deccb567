"""What reviews declare, how a label follows from what is said, where a clock stands: plain values and judgement."""
