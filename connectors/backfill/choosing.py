"""Which converter a file needs: named by a mapping, or known by its columns."""

from itertools import islice
from pathlib import Path

from connectors.backfill import formats, mapping
from connectors.backfill.conversion import CloudEvents, Converter, Mapped
from connectors.backfill.errors import UnreadableFile, WrongMapping
from connectors.backfill.layout import examine
from connectors.backfill.rows import Rows, folded
from streams.contracts import STREAMS

_LOOKED_AT = 20  # rows: the first may be broken


def choose(
    path: Path, key: bytes, stream: str | None = None, mapped_by: Path | None = None
) -> tuple[Rows, Converter, str]:
    """The file's rows, their converter and both in words; `key` makes pseudonyms.

    Raises UnreadableFile, or WrongMapping.
    """
    if mapped_by is not None:
        chosen = mapping.load(mapped_by)
        layout = examine(path, chosen.encoding)
        rows = Rows(path, layout)
        _require(chosen, rows, mapped_by)
        return (
            rows,
            Mapped(chosen, mapping.stream_of(chosen, stream, str(mapped_by)), key),
            f"{layout}, mapped by {mapped_by}",
        )
    layout = examine(path)
    rows = Rows(path, layout)
    columns = _columns(rows)
    if formats.is_cloudevents(columns):
        only = next((one for one in STREAMS if one.name == stream), None)
        return rows, CloudEvents(key, only), f"{layout}, CloudEvents"
    found = formats.recognised(columns)
    if found is None:
        known = ", ".join(["cloudevents", *sorted(formats.known())])
        raise UnreadableFile(f"{path} ({layout}) is in none of the formats {known}: write a mapping (docs/import.md)")
    name, chosen = found
    return rows, Mapped(chosen, mapping.stream_of(chosen, stream, name), key), f"{layout}, {name}"


def _columns(rows: Rows) -> set[str]:
    if rows.header:
        return {folded(name) for name in rows.header}
    return next((set(row.values) for row in islice(rows, _LOOKED_AT) if row.values), set())


def _require(chosen: mapping.FileMapping, rows: Rows, named: Path) -> None:
    """A misspelt column would be an empty one, in every row."""
    missing = chosen.columns() - {folded(name) for name in rows.header}
    if rows.header and missing:
        raise WrongMapping(f"{named}: the file has no column {', '.join(sorted(missing))}: {', '.join(rows.header)}")
