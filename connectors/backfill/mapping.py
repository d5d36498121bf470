"""What a mapping file says: which columns become which fields of which events (docs/import.md)."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from connectors.backfill.errors import WrongMapping
from connectors.backfill.kinds import fields
from connectors.backfill.moments import USUAL
from connectors.backfill.rows import folded
from streams.contracts import STREAMS, Stream
from streams.contracts.types import nfc
from streams.faults import json_path


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Column = Annotated[str, BeforeValidator(lambda name: folded(name) if isinstance(name, str) else name)]
Columns = Annotated[tuple[Column, ...], BeforeValidator(lambda names: [names] if isinstance(names, str) else names)]


class Picked(_Part):
    """A value: the first of some columns that has one, translated by `values`; or a constant."""

    column: Columns = ()
    values: dict[str, Any] | None = None
    constant: Any = None

    def pick(self, row: Mapping[str, Any]) -> Any:
        """The value in this row, None where there is none. A value that `values` does not know stays as it is."""
        if self.constant is not None:
            return self.constant
        found = first(row, self.column)
        if self.values is None or found is None:
            return found
        return self.values.get(str(found), found)


def _picked(value: Any) -> Any:
    """`"Column"` and `["Column", "Another"]` are short for `{ column = … }`."""
    return {"column": value} if isinstance(value, str | list) else value


Value = Annotated[Picked, BeforeValidator(_picked)]

When = bool | tuple[str, ...]
"""Of a column: true, it has a value; false, it has none; a list, it has one of these."""


class EventRule(_Part):
    """One event that a row yields. With `each`, it yields one for every object in that column's array."""

    type: str
    time: Columns
    when: dict[Column, When] = {}
    each: Column | None = None
    data: dict[str, Value]

    def applies(self, row: Mapping[str, Any]) -> bool:
        """Whether this row yields the event."""
        return all(_holds(first(row, (column,)), wanted) for column, wanted in self.when.items())

    def rows(self, row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The row itself, or with each object of the array laid over it."""
        if self.each is None:
            yield row
            return
        items = row.get(self.each)
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                yield {**row, **{folded(name): value for name, value in item.items()}}

    def columns(self) -> Iterable[str]:
        """The columns that it reads; an array's objects have their own."""
        if self.each is None:
            yield from (*self.time, *self.when)
            for value in self.data.values():
                yield from value.column


class FileMapping(_Part):
    """A whole mapping; `recognise` names columns by which a file is known without being told."""

    stream: Literal["reports", "dossiers", "health"] | None = None
    source: str = Field("/import", min_length=1, max_length=128)
    subject: Columns
    times: tuple[str, ...] = USUAL
    encoding: str | None = None
    recognise: tuple[Column, ...] = ()
    event: tuple[EventRule, ...] = Field(min_length=1)

    def columns(self) -> set[str]:
        """Every column that is read from the rows themselves."""
        return {*self.subject, *(column for rule in self.event for column in rule.columns())}


def load(path: Path) -> FileMapping:
    """Read a mapping file. Raises WrongMapping with the place of the fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongMapping(f"{path} cannot be read as UTF-8 text ({error})") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> FileMapping:
    """The mapping in a text. Raises WrongMapping."""
    try:
        return FileMapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise WrongMapping(f"{name} is not TOML: {error}") from error
    except ValidationError as error:
        first_fault = error.errors(include_url=False)[0]
        place = json_path(first_fault["loc"]).removeprefix("$.")
        raise WrongMapping(f"{name}: {place}: {first_fault['msg']}") from error


def stream_of(mapping: FileMapping, named: str | None, name: str) -> Stream:
    """The stream it is for, checked against the contract. Raises WrongMapping for what the contract does not have."""
    if named and mapping.stream and named != mapping.stream:
        raise WrongMapping(f"{name} is for {mapping.stream}, not for --stream {named}")
    chosen = mapping.stream or named
    stream = next((stream for stream in STREAMS if stream.name == chosen), None)
    if stream is None:
        raise WrongMapping(f'{name} names no stream: write stream = "dossiers" into it, or give --stream')
    for rule in mapping.event:
        _check(rule, stream, name)
    return stream


def _check(rule: EventRule, stream: Stream, name: str) -> None:
    type_name = stream.type_prefix + rule.type
    if type_name not in stream.by_type:
        known = ", ".join(one.removeprefix(stream.type_prefix) for one in stream.by_type)
        raise WrongMapping(f"{name}: {stream.name} have no event type {rule.type!r}: it is one of {known}")
    for field in rule.data:
        if field not in fields(stream, type_name):
            known = ", ".join(fields(stream, type_name))
            raise WrongMapping(f"{name}: {rule.type} has no field {field!r}: it has {known}")


def first(row: Mapping[str, Any], columns: Iterable[str]) -> Any:
    """The first value that is not empty; a text in NFC, whatever keyboard wrote it, so that the same is the same."""
    for column in columns:
        value = row.get(column)
        if isinstance(value, str):
            value = nfc(value.strip())
        if value is not None and value != "":
            return value
    return None


def _holds(value: Any, wanted: When) -> bool:
    if isinstance(wanted, bool):
        return (value is not None) is wanted
    return value is not None and str(value) in wanted
