"""Who did what to which thing and when: written in the transaction of the change, and never altered."""
