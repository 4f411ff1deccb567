"""What reviews declare, and how a label follows from what is said: plain values and judgement."""
