"""A column of a query's answer: how it is called and shown."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.colours import Thresholds
from dashboards.grafana.language import Language, Text

PERCENT = r"(\d+),(\d+) %"
"""What board.percent writes. English has a point where Vietnamese has a comma."""


@dataclass(frozen=True, slots=True)
class Column:
    """`names` gives words to values that stand for something, such as streams; `bar` is drawn from 0 to 100, without
    its number; `percent` is what board.percent wrote. Units are Grafana's ids, of those that print no English word:
    `locale`, `dthms`, `string` …
    """

    name: str
    title: Text
    unit: str = "string"
    names: tuple[tuple[str, Text], ...] = ()
    thresholds: Thresholds | None = None
    colour: str | None = None
    empty: Text | None = None
    width: int | None = None
    bar: bool = False
    percent: bool = False

    def render(self, language: Language) -> dict[str, Any]:
        """A field override of Grafana."""
        found: dict[str, Any] = {"displayName": self.title.of(language), "unit": self.unit}
        if mappings := self._mappings(language):
            found["mappings"] = mappings
        if self.thresholds is not None:
            found["thresholds"] = self.thresholds.render()
            found["color"] = {"mode": "thresholds"}
        if self.colour is not None:
            found["color"] = {"mode": "fixed", "fixedColor": self.colour}
        if self.empty is not None:
            found["noValue"] = self.empty.of(language)
        if self.width is not None:
            found["custom.width"] = self.width
        found |= self._cell()
        return {
            "matcher": {"id": "byName", "options": self.name},
            "properties": [{"id": key, "value": value} for key, value in found.items()],
        }

    def _mappings(self, language: Language) -> list[dict[str, Any]]:
        if self.percent and language == "en":
            result = {"index": 0, "text": "$1.$2 %"}
            return [{"type": "regex", "options": {"pattern": PERCENT, "result": result}}]
        words = {value: {"index": index, "text": text.of(language)} for index, (value, text) in enumerate(self.names)}
        return [{"type": "value", "options": words}] if words else []

    def _cell(self) -> dict[str, Any]:
        if self.bar:
            cell = {"type": "gauge", "mode": "basic", "valueDisplayMode": "hidden"}
            return {"custom.cellOptions": cell, "min": 0, "max": 100}
        return {"custom.cellOptions": {"type": "color-text"}} if self.thresholds is not None else {}
