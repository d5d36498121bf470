"""What is wrong with a catalogue: where, what, and what to do."""

from collections.abc import Sequence
from typing import NamedTuple

from streams.errors import NhipError


class Problem(NamedTuple):
    """One fault of one file; `key` names the entry and its key as people know them."""

    file: str
    line: int
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.message}; {self.remedy}"


class WrongCatalogue(NhipError):
    """The catalogue does not hold together; `problems` are all that was found, in the order of files and lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        number = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n  ".join([f"the catalogue has {number}", *map(str, self.problems)]))
