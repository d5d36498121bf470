"""Pages out of templates, in one language at a time; whatever people wrote is text in them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboards.language import Language
from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.visit import Visit, keep
from streams.contracts.types import PROVINCE_TIME

_FOLDER = Path(__file__).parent


@cache
def words(language: Language) -> dict[str, Any]:
    """Every word of the pages; both languages have the same keys."""
    found: dict[str, Any] = orjson.loads((_FOLDER / f"{language}.json").read_bytes())
    return found


def page(name: str, visit: Visit, office: Office, status: int = 200, **values: Any) -> Response:
    """A template filled in, as the answer to a visit."""
    known = words(visit.language)
    filled = _environment().get_template(f"{name}.html.j2").render(t=known, visit=visit, office=office, **values)
    return keep(HTMLResponse(filled, status), visit, office)


def go(address: str, visit: Visit, office: Office) -> Response:
    """On to a page, with GET: reloading it sends nothing again."""
    return keep(RedirectResponse(address, 303), visit, office)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(_FOLDER / "templates"),
    )
    environment.filters |= {"moment": _moment, "told": _told}
    return environment


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(PROVINCE_TIME):%d/%m/%Y %H:%M}" if value else "–"


def _told(alert: Any, language: Language) -> str:
    """What an alert is about, and why: of one that stands, or as a hand-over kept it."""
    known = alert if isinstance(alert, dict) else alert._asdict()
    return f"{' · '.join(known['labels'].values())}: {known[f'reason_{language}']}"
