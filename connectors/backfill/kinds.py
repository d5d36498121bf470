"""Texts of a table as the JSON values that the contract's fields take."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from connectors.backfill.moments import moment
from streams.contracts import Stream
from streams.contracts.registry import body_of

Convert = Callable[[Any, tuple[str, ...]], Any]

_YES = frozenset({"true", "1", "x", "có", "co", "yes", "y", "đúng"})
_NO = frozenset({"false", "0", "không", "khong", "no", "n", "sai"})


@lru_cache(maxsize=1000)
def fields(stream: Stream, type_name: str) -> dict[str, tuple[Convert, ...]]:
    """For each field that `data` of a type may have: how a text becomes its value, tried in turn."""
    properties = body_of(stream, type_name).model_json_schema()["properties"]
    return {name: tuple(_converters(schema)) for name, schema in properties.items()}


def convert(value: Any, converters: tuple[Convert, ...], formats: tuple[str, ...]) -> Any:
    """The value that the contract takes, or the text as it is, for the contract to refuse. Raises NoMoment."""
    for one in converters:
        found = one(value, formats)
        if found is not None:
            return found
    return value


def _converters(schema: dict[str, Any]) -> Iterable[Convert]:
    kinds = {_kind(part) for part in _parts(schema)}
    return [converter for kind, converter in _BY_KIND.items() if kind in kinds]


def _parts(schema: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for part in schema.get("anyOf", [schema]):
        yield from _parts(part) if "anyOf" in part and "type" not in part else [part]


def _kind(schema: dict[str, Any]) -> str:
    of_time = {part.get("format") for part in [schema, *schema.get("anyOf", [])]}
    return "moment" if "date-time" in of_time else str(schema.get("type"))


def _boolean(value: Any, _: tuple[str, ...]) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).casefold()
    return True if word in _YES else False if word in _NO else None


def _integer(value: Any, _: tuple[str, ...]) -> int | None:
    """Whole numbers; thousands may be apart, as in 1 366 349 or 1.366.349."""
    if isinstance(value, int):
        return value
    text = str(value).replace(" ", "")
    head, *groups = text.split(".")
    if groups and all(len(group) == 3 for group in groups):
        text = head + "".join(groups)
    try:
        return int(text)
    except ValueError:
        return None


def _number(value: Any, _: tuple[str, ...]) -> float | None:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return None


def _list(value: Any, _: tuple[str, ...]) -> list[Any]:
    return value if isinstance(value, list) else [part.strip() for part in str(value).split(";") if part.strip()]


def _moment(value: Any, formats: tuple[str, ...]) -> str:
    return moment(str(value), formats)


def _text(value: Any, _: tuple[str, ...]) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


_BY_KIND: dict[str, Convert] = {
    "moment": _moment,
    "boolean": _boolean,
    "integer": _integer,
    "number": _number,
    "array": _list,
    "string": _text,
}
"""In this order: `paid_online` is a boolean or an amount."""
