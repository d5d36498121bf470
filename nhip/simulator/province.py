"""The province that is simulated: the example catalogue, which Nhịp itself reads too."""

from functools import cache
from pathlib import Path

from connectors.catalogue import read_directory
from streams.catalogue import Catalogue

EXAMPLE = Path(__file__).parents[2] / "catalogue" / "hau-giang"


@cache
def province() -> Catalogue:
    """Hậu Giang before the merger of 2025."""
    return read_directory(EXAMPLE)
