"""What people are told, in both languages side by side, so that neither can be forgotten."""

from typing import Literal, NamedTuple, get_args

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Words(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en


NO_WORDS = Words("", "")
"""Nothing has to be said."""
