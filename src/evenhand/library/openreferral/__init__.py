"""Open Referral UK."""
