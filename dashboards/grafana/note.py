"""A note: what stands on a board as text, asked of no database."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.language import Language, Text
from dashboards.grafana.panel import Grid


@dataclass(frozen=True, slots=True)
class Note:
    """`content` is plain text, its paragraphs parted by an empty line; Grafana reads it as Markdown."""

    title: Text
    description: Text
    content: Text
    grid: Grid

    def render(self, number: int, language: Language) -> dict[str, Any]:
        """Grafana's JSON of this panel."""
        return {
            "id": number,
            "type": "text",
            "title": self.title.of(language),
            "description": self.description.of(language),
            "gridPos": {"x": self.grid.x, "y": self.grid.y, "w": self.grid.w, "h": self.grid.h},
            "targets": [],
            "fieldConfig": {"defaults": {}, "overrides": []},
            "options": {"mode": "markdown", "content": self.content.of(language)},
        }
