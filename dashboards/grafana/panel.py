"""A panel: one question, its answer's columns, and the words around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboards.grafana.colours import NONE, Thresholds
from dashboards.grafana.column import Column, value_mappings
from dashboards.grafana.kinds import Kind, custom, options, transformations, type_of
from dashboards.grafana.language import Language, Text

DATA_SOURCE = {"type": "grafana-postgresql-datasource", "uid": "nhip"}
"""Fixed, so that importing a board never asks; dashboards/provisioning gives the data source the same uid."""

NO_DATA = Text("Chưa có dữ liệu", "No data yet")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a panel stands, in Grafana's 24 columns; a row is 30 pixels."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Panel:
    """`query` names a statement of the board's file; `fill` puts constants into its {holes}. Answers of any columns,
    such as a state timeline's, have `names` and `colours` for their values."""

    kind: Kind
    title: Text
    description: Text
    query: str
    columns: tuple[Column, ...]
    grid: Grid
    unit: str = "string"
    no_data: Text = NO_DATA
    thresholds: Thresholds = NONE
    fill: Mapping[str, str] = field(default_factory=dict)
    interval: str | None = None
    names: tuple[tuple[str, Text], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()

    def render(self, number: int, language: Language, sql: str) -> dict[str, Any]:
        """Grafana's JSON of this panel."""
        defaults = {
            "unit": self.unit,
            "noValue": self.no_data.of(language),
            "color": {"mode": "continuous-BlPu" if self.kind == "heat" else "thresholds"},
            "thresholds": self.thresholds.render(),
            "mappings": value_mappings(self.names, self.colours, language),
            "custom": custom(self.kind),
        } | ({"min": 0, "max": 100} if self.kind == "gauge" else {})
        panel = {
            "id": number,
            "type": type_of(self.kind),
            "title": self.title.of(language),
            "description": self.description.of(language),
            "gridPos": {"x": self.grid.x, "y": self.grid.y, "w": self.grid.w, "h": self.grid.h},
            "datasource": DATA_SOURCE,
            "targets": [_target(self.kind, filled(sql, self.fill))],
            "fieldConfig": {"defaults": defaults, "overrides": [column.render(language) for column in self.columns]},
            "options": options(self.kind, [column.name for column in self.columns]),
        }
        if self.kind == "heat":
            panel["transformations"] = transformations([column.name for column in self.columns])
        return panel | ({"interval": self.interval} if self.interval else {})


def filled(sql: str, fill: Mapping[str, str]) -> str:
    """SQL with constants in its {holes}; Grafana's own ${variables} stay."""
    for name, value in fill.items():
        sql = sql.replace(f"{{{name}}}", value.replace("'", "''"))
    return sql


def _target(kind: Kind, sql: str) -> dict[str, Any]:
    """`time_series` makes one series of each `metric` of a long answer."""
    return {
        "refId": "A",
        "datasource": DATA_SOURCE,
        "editorMode": "code",
        "format": "time_series" if kind == "state-timeline" else "table",
        "rawQuery": True,
        "rawSql": sql,
    }
