"""What is wrong with a value and how it should be, in a sentence: pydantic's own words name patterns and types."""

import json
import re
from collections.abc import Sequence

from pydantic_core import ErrorDetails

TIME = "must be RFC 3339 with an offset, for example 2026-11-23T10:00:00+07:00"

_SENTENCES = {
    "missing": "is required",
    "string_type": "must be a string",
    "string_too_short": "must have at least {min_length} character(s)",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "must have at most {max_length} items or characters",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number: JSON has no NaN and no Infinity",
    "bool_type": "must be true or false",
    "list_type": "must be an array",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "value_error": "is not possible: {error}",
}

_PATTERNS = {  # by what the patterns of streams.contracts.types have in common
    r"\d{4}-\d\d": TIME,
    r"[^\x00-\x1f": "must not be empty or hold control characters",
    r"[^\x00]": "must not hold the character NUL",
}

_ALTERNATIVES = frozenset({"bool", "constrained-int", "[key]"})
"""What pydantic appends to a location: the alternative of a union that it tried, or that a key is meant."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 64  # of a key that a publisher chose: a path is read by people


def sentence(fault: ErrorDetails, path: str) -> str:
    """`fault`, found at the JSON path `path`, as "data.lat must be at most 90"."""
    place = path.removeprefix("$").removeprefix(".") or "the event"
    return f"{place} {_rule(fault)}"


def _rule(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return next(
            (rule for part, rule in _PATTERNS.items() if part in context["pattern"]), f"must match {context['pattern']}"
        )
    if kind.startswith(("datetime", "timezone")):
        return TIME
    if kind.endswith(("model_type", "dict_type", "model_attributes_type")):
        return "must be an object"
    template = _SENTENCES.get(kind)
    return template.format_map(context) if template else f"is not accepted: {fault['msg']}"


def json_path(location: Sequence[str | int]) -> str:
    """A pydantic error location as a JSON path (RFC 9535): `("data", "media", 3)` is `$.data.media[3]`."""
    parts = location[:-1] if location and location[-1] in _ALTERNATIVES else location
    return "$" + "".join(map(_segment, parts))


def _segment(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if _PLAIN.fullmatch(part) and len(part) <= _LONGEST:
        return f".{part}"
    return f"[{json.dumps(part[:_LONGEST])}]"
