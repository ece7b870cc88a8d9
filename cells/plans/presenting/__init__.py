"""Presenters of the pages of plans, steps and small tests."""
