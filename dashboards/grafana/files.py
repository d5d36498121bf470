"""The committed JSON of every board; a new board is one module and one line here."""

import json
from pathlib import Path
from typing import Any

from dashboards.grafana.alerts import ALERTS
from dashboards.grafana.dossiers import DOSSIERS
from dashboards.grafana.language import LANGUAGES
from dashboards.grafana.overview import OVERVIEW
from dashboards.grafana.pipeline import PIPELINE
from dashboards.grafana.qd766 import QD766
from dashboards.grafana.reports import REPORTS
from dashboards.grafana.systems import SYSTEMS

FOLDER = Path(__file__).parents[1] / "json"

BOARDS = (OVERVIEW, REPORTS, DOSSIERS, SYSTEMS, ALERTS, PIPELINE, QD766)


def documents() -> dict[str, str]:
    """What the files must hold, by name."""
    return {
        f"{board.name}.{language}.json": _text(board.render(language)) for board in BOARDS for language in LANGUAGES
    }


def _text(board: dict[str, Any]) -> str:
    return json.dumps(board, ensure_ascii=False, indent=2) + "\n"
