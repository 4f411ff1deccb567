"""The open feed: services, organisations and places as Open Referral UK has them, and how they are asked for."""
