"""Every SQL statement of the boards by name, from dashboards/sql/."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "sql"
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


@cache
def queries(file: str) -> dict[str, str]:
    """The statements of one file: each stands under a line `-- name: its_name`."""
    _, *parts = _NAME.split((_FOLDER / file).read_text(encoding="utf-8"))
    return {name: sql.strip() for name, sql in zip(parts[::2], parts[1::2], strict=True)}
