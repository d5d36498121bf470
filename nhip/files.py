"""Files that commands write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.errors import WrongUse


@contextmanager
def written(option: str, path: Path) -> Iterator[None]:
    """Around the writing of a file that an option names. Raises WrongUse where it cannot be written."""
    try:
        yield
    except OSError as error:
        raise WrongUse(
            f"{option}: {path} cannot be written ({error.strerror}): name a file where you may write"
        ) from error
