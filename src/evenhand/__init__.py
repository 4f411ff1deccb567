"""Evenhand: evidence, help, network and progress on race equality in criminal justice."""
