"""Who may enter the staff home, as the editor asks it: whoever holds a staff role, by the groups that mirror those."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from evenhand.core.access import STAFF


class Entrance(BaseBackend):
    """Gives one permission, to enter, and signs nobody in. What may be done inside, each role's own group says."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """To enter, for staff."""
        del obj
        if not hasattr(user_obj, "enters"):
            user_obj.enters = user_obj.is_active and user_obj.groups.filter(name__in=STAFF).exists()
        return {"wagtailadmin.access_admin"} if user_obj.enters else set()
