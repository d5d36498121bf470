"""A catalogue from the texts of its files: everything that is wrong is found at once, with file, line and remedy."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, get_args

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from streams.calendar import Calendar
from streams.catalogue.catalogue import Catalogue
from streams.catalogue.document import LISTS, TYPES, Document
from streams.catalogue.lines import Path
from streams.catalogue.problems import Problem, WrongCatalogue
from streams.catalogue.references import Finding, closest, findings, working_make_up_days


def read(files: Mapping[str, str]) -> Catalogue:
    """The catalogue of these texts by file name. Raises WrongCatalogue."""
    document = Document(files)
    problems = list(document.problems)
    entries: dict[str, list[tuple[int, Any]]] = {name: [] for name in LISTS}
    for section, model in LISTS.items():
        for n, placed in enumerate(document.lists[section]):
            entry, faults = _validated(model, placed.value)
            if faults and all(fault["type"] == "extra_forbidden" for fault in faults):  # the rest can be checked
                entry, _ = _validated(model, _without(placed.value, [fault["loc"] for fault in faults]))
            problems += [_problem(document, (section, n), model, fault) for fault in faults]
            entries[section] += [(n, entry)] if entry is not None else []
    singles = {}
    for name, placed in document.singles.items():
        singles[name], faults = _validated(TYPES[name], placed.value)
        problems += [_problem(document, (name,), TYPES[name], fault) for fault in faults]
    found = [*findings(entries, document.codes()), *_of_calendar(singles.get("calendar"))]
    problems += [document.problem(*finding) for finding in found]
    if problems:
        raise WrongCatalogue(problems)
    lists = {name: tuple(entry for _, entry in entries[name]) for name in LISTS}
    return Catalogue.model_validate(singles | lists)


def _of_calendar(calendar: Calendar | None) -> Iterator[Finding]:
    return working_make_up_days(calendar) if calendar else iter(())


def _validated(model: Any, value: Any) -> tuple[Any, list[ErrorDetails]]:
    """By way of JSON, where exact types are meant and dates are texts: as it is read from the database."""
    try:
        return TypeAdapter(model).validate_json(orjson.dumps(value)), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _without(value: Any, paths: Sequence[Path]) -> Any:
    """A copy of a document without the keys at some paths."""
    copy = deepcopy(value)
    for *above, key in paths:
        table = copy
        for part in above:
            table = table[part]
        del table[key]
    return copy


def _problem(document: Document, above: Path, model: Any, fault: ErrorDetails) -> Problem:
    return document.problem((*above, *fault["loc"]), *_words(model, fault))


def _words(model: Any, fault: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, the way a person would say it."""
    *above, key = fault["loc"] or ("",)
    match fault["type"]:
        case "missing":
            return "is missing", f"add {key} = …"
        case "extra_forbidden":
            keys = _keys(model, above)
            meant = closest(str(key), keys)
            return "nobody knows this key", f"did you mean {meant!r}?" if meant else f"there are {', '.join(keys)}"
        case "value_error":
            return fault["msg"].removeprefix("Value error, "), _SEE
        case "literal_error":
            meant = closest(str(fault["input"]), _QUOTED.findall(fault["ctx"]["expected"]))
            return _said(fault), f"did you mean {meant!r}?" if meant else "choose one of them"
        case kind:
            return _said(fault), _REMEDIES.get(kind, _SEE).format_map(fault.get("ctx", {}))


_SEE = "docs/catalogue.md shows how"
_QUOTED = re.compile("'([^']*)'")
_REMEDIES = {
    "string_type": "write a text, in quotes",
    "int_type": "write a whole number, without quotes",
    "float_type": "write a number, without quotes",
    "bool_type": "write true or false",
    "date_from_datetime_parsing": "write a date like 2025-07-01",
    "date_type": "write a date like 2025-07-01",
    "tuple_type": "write a list, in brackets",
    "model_type": "write a table",
    "dict_type": "write a table",
    "too_short": "give at least {min_length}",
    "string_too_short": "write something",
    "string_pattern_mismatch": "write it in that form",
    "greater_than_equal": "give {ge} or more",
    "less_than_equal": "give {le} or less",
}
"""What to do about a value of the wrong kind, by pydantic's name for the fault."""


def _said(fault: ErrorDetails) -> str:
    return f"{fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def _keys(model: Any, path: Sequence[str | int]) -> list[str]:
    """The keys of the model at a path within a model."""
    for part in path:
        if isinstance(part, str):
            model = model.model_fields[part].annotation
        while get_args(model):
            model = get_args(model)[0]
    return list(model.model_fields)
