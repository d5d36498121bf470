"""Whether a text speaks one language."""

import re
import unicodedata

ENGLISH = re.compile(
    r"\b(the|of|is|are|was|it|by|in|to|and|since|without|within|above|below|usually|reports?|dossiers?|records?|days?|minutes?"
    r"|hours?|down|silent|degraded|ping(ed)?|fail(ed|ures|ing)?|seen|planned|work|paused|lag|queue|errors?)\b"
)
"""Words that no Vietnamese sentence has."""

QUOTED = re.compile("“[^”]*”")


def is_vietnamese(text: str) -> bool:
    """Whether it has Vietnamese letters and no English word, but for what it quotes."""
    own = QUOTED.sub("", text)
    marked = "đ" in own.lower() or any(map(unicodedata.combining, unicodedata.normalize("NFD", own)))
    return marked and not ENGLISH.search(own.lower())


def is_english(text: str) -> bool:
    """Whether nothing of it is Vietnamese."""
    return not any(map(unicodedata.combining, unicodedata.normalize("NFD", text))) and "đ" not in text.lower()
