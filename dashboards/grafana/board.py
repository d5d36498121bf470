"""A board: panels, what a viewer chooses, and one JSON document a language."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.annotation import ANNOTATIONS
from dashboards.grafana.language import WORDS, Language, Text, uid
from dashboards.grafana.note import Note
from dashboards.grafana.panel import Panel, filled
from dashboards.grafana.queries import queries
from dashboards.grafana.variable import Variable

SCHEMA_VERSION = 41
"""What Grafana 12.0 writes itself (docker-compose.yml pins 12.0.2). Later ones migrate it when they load it; 42 is the
last of this model (grafana/grafana, apps/dashboard/pkg/migration/schemaversion)."""

TIME_ZONE = "Asia/Ho_Chi_Minh"

OTHER: dict[Language, tuple[Language, str]] = {"vi": ("en", "English"), "en": ("vi", "Tiếng Việt")}
"""The link to the same board in the other language carries that language's own name."""

OTHERS = Text("Các bảng khác", "Other boards")


@dataclass(frozen=True, slots=True)
class Board:
    """`name` is its file's and its uid's; `sql` the file its queries come from, besides common.sql. `since` is how far
    it looks back at first, as Grafana writes it; `notes` come after the panels."""

    name: str
    title: Text
    description: Text
    sql: str
    variables: tuple[Variable, ...]
    panels: tuple[Panel, ...]
    since: str = "now/d"
    notes: tuple[Note, ...] = ()

    def uid(self, language: Language) -> str:
        return uid(self.name, language)

    def render(self, language: Language) -> dict[str, Any]:
        """Grafana's classic dashboard model."""
        words = {hole: text.of(language) for hole, text in WORDS.items()}
        sql = {name: filled(text, words) for name, text in (queries("common.sql") | queries(self.sql)).items()}
        panels = [panel.render(number, language, sql[panel.query]) for number, panel in enumerate(self.panels, 1)]
        panels += [note.render(number, language) for number, note in enumerate(self.notes, len(panels) + 1)]
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
            "time": {"from": self.since, "to": "now"},
            "timepicker": {},
            "refresh": "10s",
            "editable": False,
            "graphTooltip": 0,
            "preload": False,
            "links": [self._link(language), _others(language)],
            "annotations": {"list": [annotation.render(language, sql) for annotation in ANNOTATIONS]},
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


def _others(language: Language) -> dict[str, Any]:
    """A list of all boards of the language, which keeps what was chosen."""
    return {
        "type": "dashboards",
        "title": OTHERS.of(language),
        "icon": "dashboard",
        "tooltip": "",
        "tags": ["nhip", language],
        "asDropdown": True,
        "includeVars": True,
        "keepTime": True,
        "targetBlank": False,
    }
