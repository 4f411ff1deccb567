"""Messages to people: written with what they tell of, sent by a job, and never lost on the way."""
