"""The brief as a page to print: A4, each row with the command that leads to what is behind it."""

from importlib import resources

from jinja2 import Environment

from connectors.brief.sheet import Sheet

_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(sheet: Sheet) -> str:
    """The whole HTML document; names and reasons are text in it, whatever they hold."""
    template = (resources.files("connectors.brief") / "page.html.j2").read_text(encoding="utf-8")
    return _ENVIRONMENT.from_string(template).render(sheet=sheet)
