"""Addresses of reviews and commitments."""

from django.urls import URLPattern

app_name = "reviews"

urlpatterns: list[URLPattern] = []
