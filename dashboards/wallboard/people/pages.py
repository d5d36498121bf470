"""Pages out of templates, in one language at a time; whatever people wrote is text in them."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboards.wallboard.people.office import Office
from dashboards.wallboard.people.visit import Visit, keep
from streams.contracts.types import PROVINCE_TIME
from streams.words import Language

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
    environment.filters |= {"moment": _moment, "told": _told, "thing": _thing, "facts": _facts}
    return environment


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(PROVINCE_TIME):%d/%m/%Y %H:%M}" if value else "–"


def _told(alert: Any, language: Language) -> str:
    """What an alert is about, and why: of one that stands, or as a hand-over kept it."""
    known = alert if isinstance(alert, dict) else alert._asdict()
    return f"{' · '.join(known['labels'].values())}: {known[f'reason_{language}']}"


_VALUES = {"step": "steps", "role": "roles", "state": "directive_states"}
"""Facts of the audit whose values have words of their own."""


def _thing(subject: str, known: Mapping[str, Any]) -> str:
    """What the audit calls kind/id."""
    kind, _, id = subject.partition("/")
    return f"{known['things'].get(kind, kind)} {id}"


def _facts(state: Mapping[str, Any] | None, known: Mapping[str, Any]) -> str:
    """What a thing was, or is, as the audit kept it; what nobody said is left out."""
    told = {name: value for name, value in (state or {}).items() if value is not None}
    return "; ".join(f"{known['facts'].get(name, name)}: {_value(name, told[name], known)}" for name in told) or "–"


def _value(name: str, value: Any, known: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return str(known["yes" if value else "no"])
    return str(known[_VALUES[name]].get(value, value) if name in _VALUES else value)
