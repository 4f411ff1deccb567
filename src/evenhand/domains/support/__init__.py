"""The support programme: rounds, applications, assessments, consultants and days."""
