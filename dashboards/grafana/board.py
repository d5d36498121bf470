"""A board: panels, what a viewer chooses, and one JSON document a language."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.language import Language, Text
from dashboards.grafana.panel import Panel
from dashboards.grafana.queries import queries
from dashboards.grafana.variable import Variable

SCHEMA_VERSION = 41
"""What Grafana 12.0 writes itself (docker-compose.yml pins 12.0.2). Later ones migrate it when they load it; 42 is the
last of this model (grafana/grafana, apps/dashboard/pkg/migration/schemaversion)."""

TIME_ZONE = "Asia/Ho_Chi_Minh"

OTHER: dict[Language, tuple[Language, str]] = {"vi": ("en", "English"), "en": ("vi", "Tiếng Việt")}
"""The link to the same board in the other language carries that language's own name."""


@dataclass(frozen=True, slots=True)
class Board:
    """`name` is its file's and its uid's; `sql` the file its queries come from."""

    name: str
    title: Text
    description: Text
    sql: str
    variables: tuple[Variable, ...]
    panels: tuple[Panel, ...]

    def uid(self, language: Language) -> str:
        return f"nhip-{self.name}-{language}"

    def render(self, language: Language) -> dict[str, Any]:
        """Grafana's classic dashboard model."""
        sql = queries(self.sql)
        panels = [panel.render(number, language, sql[panel.query]) for number, panel in enumerate(self.panels, 1)]
        return {
            "id": None,
            "uid": self.uid(language),
            "title": self.title.of(language),
            "description": self.description.of(language),
            "tags": ["nhip", language],
            "schemaVersion": SCHEMA_VERSION,
            "timezone": TIME_ZONE,
            "weekStart": "monday",
            "fiscalYearStartMonth": 0,
            "time": {"from": "now/d", "to": "now"},
            "timepicker": {},
            "refresh": "10s",
            "editable": False,
            "graphTooltip": 0,
            "preload": False,
            "links": [self._link(language)],
            "annotations": {"list": []},
            "templating": {"list": [variable.render(language, sql) for variable in self.variables]},
            "panels": panels,
        }

    def _link(self, language: Language) -> dict[str, Any]:
        other, name = OTHER[language]
        return {
            "type": "link",
            "title": name,
            "url": f"/d/{self.uid(other)}",
            "icon": "external link",
            "tooltip": "",
            "tags": [],
            "asDropdown": False,
            "includeVars": True,
            "keepTime": True,
            "targetBlank": False,
        }
