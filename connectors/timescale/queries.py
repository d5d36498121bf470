"""Every SQL statement by name, from the .sql files beside this module (the habit is procrastinate's)."""

import re
from importlib import resources
from typing import LiteralString, cast

_NAME = re.compile(r"^-- name: ([a-z0-9_]+)\n", re.MULTILINE)


def load(file: str) -> dict[str, LiteralString]:
    """The statements of one file: each stands under a line `-- name: its_name`."""
    text = (resources.files("connectors.timescale.sql") / file).read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    names, statements = parts[::2], parts[1::2]
    return {name: cast(LiteralString, sql.strip()) for name, sql in zip(names, statements, strict=True)}
