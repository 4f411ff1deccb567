"""Addresses of the support programme."""

from django.urls import path, re_path

from evenhand.domains.support.views import consultants, engagements, links

app_name = "support"
ENGAGEMENT = r"^engagements/(?P<reference>E-[0-9]{1,9})"

urlpatterns = [
    path("consultants/", consultants.consultants, name="consultants"),
    path("consultants/mine/", consultants.mine, name="consultant-mine"),
    path("consultants/<int:pk>/", consultants.consultant, name="consultant"),
    path("consultants/<int:pk>/<slug:name>", consultants.move, name="consultant-move"),
    path("engagements/", engagements.mine, name="engagements"),
    path("engagements/confirm/<str:token>/", links.confirm_day, name="confirm-day"),
    re_path(rf"{ENGAGEMENT}/$", engagements.engagement, name="engagement"),
    re_path(rf"{ENGAGEMENT}/questions/$", engagements.questions, name="engagement-questions"),
    re_path(rf"{ENGAGEMENT}/(?P<verb>[a-z-]+)$", engagements.act, name="engagement-act"),
    re_path(
        rf"{ENGAGEMENT}/invoices/(?P<pk>[0-9]{{1,9}})/(?P<name>[a-z-]+)$",
        engagements.move_invoice,
        name="engagement-invoice",
    ),
]
