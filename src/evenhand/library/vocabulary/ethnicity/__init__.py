"""Ethnic groups: classifications, and the crosswalks between them."""
