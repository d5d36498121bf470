"""What a viewer chooses on a board."""

from dataclasses import dataclass
from typing import Any

from dashboards.grafana.language import Language, Text
from dashboards.grafana.panel import DATA_SOURCE


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed values; the first is chosen at the beginning."""

    name: str
    label: Text
    description: Text
    values: tuple[tuple[str, Text], ...]

    def render(self, language: Language, sql: dict[str, str]) -> dict[str, Any]:
        """Grafana's variable of type custom."""
        options = [{"value": value, "text": text.of(language), "selected": False} for value, text in self.values]
        options[0]["selected"] = True
        return {
            "type": "custom",
            "name": self.name,
            "label": self.label.of(language),
            "description": self.description.of(language),
            "query": ",".join(f"{option['text']} : {option['value']}" for option in options),
            "options": options,
            "current": {key: options[0][key] for key in ("text", "value")},
            "multi": False,
            "includeAll": False,
            "hide": 0,
            "skipUrlSync": False,
        }


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of the values a query finds, or all: then Grafana writes NULL, unquoted, which functions take for all.

    Values that are gone (a dissolved agency in a bookmark) simply find nothing.
    """

    name: str
    label: Text
    description: Text
    query: str
    every: Text

    def render(self, language: Language, sql: dict[str, str]) -> dict[str, Any]:
        """Grafana's variable of type query."""
        statement = sql[self.query]
        return {
            "type": "query",
            "name": self.name,
            "label": self.label.of(language),
            "description": self.description.of(language),
            "datasource": DATA_SOURCE,
            "definition": statement,
            "query": statement,
            "options": [],
            "current": {"text": [self.every.of(language)], "value": ["$__all"]},
            "multi": True,
            "includeAll": True,
            "allValue": "NULL",
            "refresh": 1,
            "regex": "",
            "sort": 0,
            "hide": 0,
            "skipUrlSync": False,
        }


Variable = Choice | Several
