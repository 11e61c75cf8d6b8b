"""Findings that together mean more than each alone."""
