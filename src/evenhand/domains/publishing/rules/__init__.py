"""Judgement over plain words."""
