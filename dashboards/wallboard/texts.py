"""Every word on the page, in one language at a time."""

from pathlib import Path

from dashboards.language import Language

_FOLDER = Path(__file__).parent / "texts"


def texts(language: Language) -> bytes:
    """A language's texts as JSON; both have the same keys."""
    return (_FOLDER / f"{language}.json").read_bytes()
