"""The province that is simulated: the example catalogue, which Nhịp itself reads too."""

from functools import cache

from connectors.catalogue import example, read_directory
from streams.catalogue import Catalogue


@cache
def province() -> Catalogue:
    """Hậu Giang before the merger of 2025."""
    return read_directory(example())
