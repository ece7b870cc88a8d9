"""Indicators of an agency's own, beside the seven."""
