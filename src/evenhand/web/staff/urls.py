"""The addresses of the staff home: our doors and pages first, and behind them Wagtail's admin, guarded as a whole."""

from typing import Any

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin.urls import urlpatterns as editor

from evenhand.core.access import WRITE, Who, allow, anyone, guard, staff
from evenhand.domains.evidence.urls import staff as figures
from evenhand.web.staff import directory, people
from evenhand.web.staff.home import at_home


def door(to: str, who: Who = anyone) -> Any:
    """An address of the editor's own accounts, which leads to ours: there is one sign-in."""
    return allow(who, methods=WRITE)(RedirectView.as_view(pattern_name=to, query_string=True))


guard(editor, staff, WRITE, dress=at_home)

urlpatterns = [
    path("login/", door("account_login"), name="staff_sign_in"),
    path("logout/", door("account_logout"), name="staff_sign_out"),
    re_path(r"^password_reset/(?:.*/)?$", door("account_reset_password"), name="staff_password_reset"),
    path("account/", door("account", staff), name="staff_account"),
    re_path(r"^users/(?:.*/)?$", door("staff_people", staff), name="staff_users"),
    re_path(r"^groups/(?:.*/)?$", door("staff_people", staff), name="staff_groups"),
    path("people/", people.people, name="staff_people"),
    path("people/<uuid:pk>/", people.person, name="staff_person"),
    path("people/<uuid:pk>/give-role", people.give_role, name="staff_give_role"),
    path("people/<uuid:pk>/roles/<int:held>/end", people.end_role, name="staff_end_role"),
    path("people/<uuid:pk>/suspend", people.suspend, name="staff_suspend"),
    path("people/<uuid:pk>/restore", people.restore, name="staff_restore"),
    path("people/<uuid:pk>/remove-factors", people.remove_factors, name="staff_remove_factors"),
    path("figures/", include(figures)),
    path("directory/", directory.desk, name="staff_directory"),
    path("directory/<uuid:pk>/", directory.listing, name="staff_listing"),
    path("directory/<uuid:pk>/versions/<int:version>/undo", directory.undo, name="staff_listing_undo"),
    path("directory/<uuid:pk>/<slug:name>", directory.move, name="staff_listing_move"),
    path("directory/reports/<uuid:pk>/settle", directory.settle_report, name="staff_settle_report"),
    *editor,
]
