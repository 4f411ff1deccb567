"""The address of files."""

from django.urls import path

from evenhand.core.files import views

urlpatterns = [path("<uuid:pk>/", views.download, name="file")]
