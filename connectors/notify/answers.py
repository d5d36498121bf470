"""Which HTTP answers are refusals of the moment."""

PASSING = frozenset({408, 409, 423, 425, 429})
"""Those below 500; from 500 on all are."""

LONGEST_WAIT = 3600.0
"""Seconds: however long a receiver asks to be left alone."""
