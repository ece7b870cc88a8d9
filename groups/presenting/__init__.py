"""Presenters of the pages of groups."""
