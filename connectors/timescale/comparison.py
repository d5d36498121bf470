"""What `nhip verify` compares: both sides of each thing, and the differences in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

SHOWN = 100


@dataclass(slots=True)
class Report:
    """What was compared, how often it differed, and the first differences in words."""

    compared: Counter[str] = field(default_factory=Counter)
    differences: int = 0
    shown: list[str] = field(default_factory=list)

    def compare(self, what: str, name: object, stored: object, recomputed: object) -> None:
        """Count one comparison."""
        self.compared[what] += 1
        if stored != recomputed:
            self.differences += 1
            if len(self.shown) < SHOWN:
                self.shown.append(f"{what} {name}: stored {stored}, from the events {recomputed}")


T = TypeVar("T", bound=tuple[Any, ...])


def merged(stored: Iterator[T], fresh: Iterator[T]) -> Iterator[tuple[str, T | None, T | None]]:
    """Rows of both sides by their first column, which both have in the order of its bytes."""
    was, now = next(stored, None), next(fresh, None)
    while was is not None or now is not None:
        key = min(row[0].encode() for row in (was, now) if row is not None)
        left = was if was is not None and was[0].encode() == key else None
        right = now if now is not None and now[0].encode() == key else None
        yield key.decode(), left, right
        was = next(stored, None) if left is not None else was
        now = next(fresh, None) if right is not None else now
