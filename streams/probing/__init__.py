"""Probing: when to look, which addresses may be reached, and what is said of what was seen."""
