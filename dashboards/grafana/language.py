"""Every text of a board in both languages, side by side, so that neither can be forgotten."""

from typing import NamedTuple

from streams.words import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "Text"]


class Text(NamedTuple):
    """One text. A board is shown in one language as a whole, never two in one tile."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en


UNASSIGNED = Text("Chưa phân công", "Unassigned")

WORDS = {
    "name": Text("name", "name_en"),
    "title": Text("title", "title_en"),
    "reason": Text("reason_vi", "reason_en"),
    "note": Text("note_vi", "note"),
    "unassigned": UNASSIGNED,
    "thousands": Text(".", ","),
    "reports": Text("phản ánh", "reports"),
    "dossiers": Text("hồ sơ", "dossiers"),
}
"""What fills these {holes} of every statement: columns that have another of the same in English, what nobody was
assigned to, and how counts are written."""


def uid(board: str, language: Language) -> str:
    """What Grafana knows a board by."""
    return f"nhip-{board}-{language}"
