"""A column of a query's answer: how it is called and shown."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.colours import Thresholds
from dashboards.grafana.language import Language, Text, uid

PERCENT = r"(\d+),(\d+)( %)?"
"""What board.percent writes, and points of QĐ 766. English has a point where Vietnamese has a comma."""


@dataclass(frozen=True, slots=True)
class Column:
    """`names` gives words to values that stand for something, such as streams, and `colours` colours; `bar` is drawn
    from 0 to 100, without its number; `percent` is a decimal as PERCENT has it, to the right. `link` is the
    board that tells more; where the answer has a column `code`, it opens with that agency chosen. Units are Grafana's
    ids, of those that print no English word: `locale`, `dthms`, `string` …
    """

    name: str
    title: Text
    unit: str = "string"
    names: tuple[tuple[str, Text], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    thresholds: Thresholds | None = None
    colour: str | None = None
    empty: Text | None = None
    width: int | None = None
    bar: bool = False
    percent: bool = False
    hidden: bool = False
    link: str | None = None

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
        if self.percent:
            found["custom.align"] = "right"
        if self.hidden:
            found["custom.hidden"] = True
        if self.link is not None:
            found["links"] = [self._link(self.link, language)]
        found |= self._cell()
        return {
            "matcher": {"id": "byName", "options": self.name},
            "properties": [{"id": key, "value": value} for key, value in found.items()],
        }

    def _link(self, board: str, language: Language) -> dict[str, Any]:
        url = f"/d/{uid(board, language)}?${{__url_time_range}}&var-agency=${{__data.fields.code}}"
        return {"title": self.title.of(language), "url": url, "targetBlank": False}

    def _mappings(self, language: Language) -> list[dict[str, Any]]:
        if self.percent and language == "en":
            result = {"index": 0, "text": "$1.$2$3"}
            return [{"type": "regex", "options": {"pattern": PERCENT, "result": result}}]
        return value_mappings(self.names, self.colours, language)

    def _cell(self) -> dict[str, Any]:
        if self.bar:
            cell = {"type": "gauge", "mode": "basic", "valueDisplayMode": "hidden"}
            return {"custom.cellOptions": cell, "min": 0, "max": 100}
        coloured = self.thresholds is not None or self.colours
        return {"custom.cellOptions": {"type": "color-text"}} if coloured else {}


def value_mappings(
    names: tuple[tuple[str, Text], ...], colours: tuple[tuple[str, str], ...], language: Language
) -> list[dict[str, Any]]:
    """Words, and colours where there are any, for values; none for no names."""
    coloured = dict(colours)
    words = {
        value: {"index": index, "text": text.of(language)} | ({"color": coloured[value]} if value in coloured else {})
        for index, (value, text) in enumerate(names)
    }
    return [{"type": "value", "options": words}] if words else []
