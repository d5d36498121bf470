"""Documents that a JSON schema allows, for hypothesis."""

import string
from datetime import datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

_TEXT = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
_OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=_OFFSETS)  # noqa: DTZ001 - Hypothesis adds the zone, or only the day counts

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(_TEXT, max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(string.ascii_letters), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


def documents(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a schema of the kinds which our contracts use allows, without null: none is stored."""
    if "anyOf" in schema:
        rest = {name: value for name, value in schema.items() if name != "anyOf"}
        return st.one_of([documents(rest | kind) for kind in schema["anyOf"] if kind.get("type") != "null"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema["type"]:
        case "string":
            return _strings(schema)
        case "integer":
            return st.integers(schema["minimum"], schema["maximum"])
        case "number":
            bounds = (schema.get("minimum"), schema.get("maximum"))
            return st.floats(*bounds, allow_nan=False, allow_infinity=False) | st.integers(0, 90)
        case "boolean":
            return st.booleans()
        case "array":
            return st.lists(documents(schema["items"]), max_size=3)
        case "object" if "properties" in schema:
            fields = {name: documents(field) for name, field in schema["properties"].items()}
            required = {name: fields.pop(name) for name in schema.get("required", ())}
            return st.fixed_dictionaries(required, optional=fields)
        case "object":
            (values,) = schema["patternProperties"].values()
            return st.dictionaries(_strings(schema["propertyNames"]), documents(values), max_size=3)
    raise NotImplementedError(schema)


def _strings(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.dates(datetime(1901, 1, 1).date(), datetime(2199, 1, 1).date()).map(str)  # noqa: DTZ001 - Hypothesis adds the zone, or only the day counts
    if schema.get("format") == "date-time":
        return _MOMENTS.map(datetime.isoformat)
    return st.text(_TEXT, min_size=schema.get("minLength", 0), max_size=12)
