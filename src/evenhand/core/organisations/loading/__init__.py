"""How the records of a register become rows: whole chunks at once, only what is new or otherwise, and never twice."""
