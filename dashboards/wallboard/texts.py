"""Every word on the page, in one language at a time."""

from functools import cache
from pathlib import Path

import orjson

from streams.indicators.registry import INDICATORS
from streams.words import Language

_FOLDER = Path(__file__).parent / "texts"


@cache
def texts(language: Language) -> bytes:
    """A language's texts as JSON; both have the same keys. Indicators are called what the registry calls them."""
    found = orjson.loads((_FOLDER / f"{language}.json").read_bytes())
    for name, words in found["indicators"].items():
        one = INDICATORS[name]
        words["name"] = one.title_vi if language == "vi" else one.title_en
    return orjson.dumps(found)
