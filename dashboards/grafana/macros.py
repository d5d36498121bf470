"""What Grafana's PostgreSQL data source makes of a query before it sends it (pkg/tsdb/grafana-postgresql-datasource).

Only so far as our boards go: `$__timeFilter(column)`, `$__timeFrom()`, `$__timeTo()`, `$__interval`, and variables
with the format `sqlstring`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any, NamedTuple

_MACRO = re.compile(r"\$__timeFilter\(([^)]*)\)|\$__(timeFrom|timeTo)\(\)|\$__(interval)|\$\{(\w+):sqlstring\}")
_USED = re.compile(r"\$\{(\w+):sqlstring\}")
_LEFT = re.compile(r"\$[\w{]\S*")


class View(NamedTuple):
    """What a viewer looks at: a range of time, and how wide one bar is."""

    lower: datetime
    upper: datetime
    interval: str = "1h"


def expand(sql: str, view: View, variables: Mapping[str, str]) -> str:
    """The SQL that reaches the database; `variables` hold SQL already. Raises LookupError for what nothing explains."""

    def one(found: re.Match[str]) -> str:
        column, moment, interval, variable = found.groups()
        if variable is not None:
            return variables[variable]
        if interval is not None:
            return view.interval
        lower, upper = _literal(view.lower), _literal(view.upper)
        if moment is not None:
            return lower if moment == "timeFrom" else upper
        return f"{column} BETWEEN {lower} AND {upper}"

    expanded = _MACRO.sub(one, sql)
    if left := _LEFT.search(expanded):
        raise LookupError(left.group())
    return expanded


def _literal(moment: datetime) -> str:
    return f"'{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}'"


def choices(sql: str, board: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Every combination of values that a board's variables may put into a query."""
    values = {variable["name"]: _values(variable) for variable in board["templating"]["list"]}
    used = sorted(set(_USED.findall(sql)) & set(values))
    for combination in product(*(values[name] for name in used)):
        yield dict(zip(used, combination, strict=True))


def _values(variable: Mapping[str, Any]) -> list[str]:
    """A fixed choice may be any of its values; a queried one all (as Grafana writes it), one, or several."""
    if variable["type"] == "custom":
        return [f"'{option['value']}'" for option in variable["options"]]
    return [variable["allValue"], "'a'", "'a','it''s'"]
