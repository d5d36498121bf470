"""What is marked on the time axis of every board: alerts, and maintenance."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dashboards.grafana.colours import BAD
from dashboards.grafana.language import Language, Text
from dashboards.grafana.panel import DATA_SOURCE


class Annotation(NamedTuple):
    """A query of common.sql with the columns `time`, `timeend`, `text` and `tags`."""

    name: Text
    query: str
    colour: str

    def render(self, language: Language, sql: Mapping[str, str]) -> dict[str, Any]:
        """Grafana's annotation query."""
        target = {
            "refId": "marks",
            "datasource": DATA_SOURCE,
            "editorMode": "code",
            "format": "table",
            "rawQuery": True,
        }
        return {
            "name": self.name.of(language),
            "datasource": DATA_SOURCE,
            "enable": True,
            "hide": False,
            "iconColor": self.colour,
            "target": target | {"rawSql": sql[self.query]},
        }


ANNOTATIONS = (
    Annotation(Text("Cảnh báo", "Alerts"), "alert_marks", BAD),
    Annotation(Text("Bảo trì", "Maintenance"), "maintenance_marks", "#0072B2"),
)
