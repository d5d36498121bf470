"""What people are told, in both languages side by side, so that neither can be forgotten."""

from typing import NamedTuple


class Words(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str


NO_WORDS = Words("", "")
"""Nothing has to be said."""
