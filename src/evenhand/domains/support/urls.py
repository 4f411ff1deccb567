"""Addresses of the support programme."""

from django.urls import path

from evenhand.domains.support.views import engagements

app_name = "support"

urlpatterns = [
    path("engagements/<slug:reference>/", engagements.engagement, name="engagement"),
]
