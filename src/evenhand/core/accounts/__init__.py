"""People who can sign in, the roles that they hold, and how they prove who they are."""
