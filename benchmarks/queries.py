"""The SQL of benchmarks by name, from the .sql files beside this module."""

from pathlib import Path
from typing import LiteralString, cast


def queries(file: str) -> dict[str, LiteralString]:
    """The statements of one file: each stands under a line `-- name: its_name`."""
    _, *parts = (Path(__file__).parent / file).read_text(encoding="utf-8").split("-- name: ")
    return {name: cast(LiteralString, query) for name, _, query in (part.partition("\n") for part in parts)}
