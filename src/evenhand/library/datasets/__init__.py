"""Figures: loaders, measures, releases, the engine, and the one answer."""
