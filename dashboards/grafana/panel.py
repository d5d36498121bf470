"""A panel: one question, its answer's columns, and the words around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboards.grafana.colours import NONE, Thresholds
from dashboards.grafana.column import Column
from dashboards.grafana.language import Language, Text

DATA_SOURCE = {"type": "grafana-postgresql-datasource", "uid": "nhip"}
"""Fixed, so that importing a board never asks; dashboards/provisioning gives the data source the same uid."""

NO_DATA = Text("Chưa có dữ liệu", "No data yet")

Kind = Literal["stat", "table", "timeseries"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a panel stands, in Grafana's 24 columns; a row is 30 pixels."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Panel:
    """`query` names a statement of the board's file; `fill` puts constants into its {holes}."""

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

    def render(self, number: int, language: Language, sql: str) -> dict[str, Any]:
        """Grafana's JSON of this panel."""
        defaults = {
            "unit": self.unit,
            "noValue": self.no_data.of(language),
            "color": {"mode": "thresholds"},
            "thresholds": self.thresholds.render(),
            "mappings": [],
            "custom": _CUSTOM[self.kind],
        }
        panel = {
            "id": number,
            "type": self.kind,
            "title": self.title.of(language),
            "description": self.description.of(language),
            "gridPos": {"x": self.grid.x, "y": self.grid.y, "w": self.grid.w, "h": self.grid.h},
            "datasource": DATA_SOURCE,
            "targets": [_target(filled(sql, self.fill))],
            "fieldConfig": {"defaults": defaults, "overrides": [column.render(language) for column in self.columns]},
            "options": _options(self.kind, len(self.columns)),
        }
        return panel | ({"interval": self.interval} if self.interval else {})


def filled(sql: str, fill: Mapping[str, str]) -> str:
    """SQL with constants in its {holes}; Grafana's own ${variables} stay."""
    for name, value in fill.items():
        sql = sql.replace(f"{{{name}}}", value.replace("'", "''"))
    return sql


def _target(sql: str) -> dict[str, Any]:
    return {
        "refId": "A",
        "datasource": DATA_SOURCE,
        "editorMode": "code",
        "format": "table",
        "rawQuery": True,
        "rawSql": sql,
    }


_CUSTOM: dict[Kind, dict[str, Any]] = {
    "stat": {},
    "table": {"align": "auto", "cellOptions": {"type": "auto"}, "inspect": False},
    "timeseries": {
        "drawStyle": "bars",
        "fillOpacity": 80,
        "lineWidth": 0,
        "stacking": {"group": "A", "mode": "normal"},
    },
}


def _options(kind: Kind, columns: int) -> dict[str, Any]:
    match kind:
        case "stat":
            return {
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "/.*/", "values": False},
                "textMode": "value_and_name" if columns > 1 else "value",
                "colorMode": "value",
                "graphMode": "none",
                "justifyMode": "auto",
                "orientation": "auto",
                "wideLayout": True,
                "showPercentChange": False,
            }
        case "table":
            footer = {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""}
            return {"cellHeight": "sm", "showHeader": True, "footer": footer}
        case "timeseries":
            return {
                "legend": {"calcs": [], "displayMode": "list", "placement": "bottom", "showLegend": True},
                "tooltip": {"mode": "multi", "sort": "desc", "hideZeros": True},
            }
