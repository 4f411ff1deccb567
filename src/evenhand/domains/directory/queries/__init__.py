"""What is shown of the directory, and what wants somebody's attention."""

from evenhand.domains.directory.queries.listed import RELATED, listed_services

__all__ = ["RELATED", "listed_services"]
