"""The form as a page to print: A4 landscape, signatures below, each figure with the command behind it."""

from importlib import resources

from jinja2 import Environment

from connectors.form.sheet import Sheet
from connectors.form.texts import HEADINGS

_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(sheet: Sheet) -> str:
    """The whole HTML document; names from the catalogue are text in it, whatever they hold."""
    template = (resources.files("connectors.form") / "page.html.j2").read_text(encoding="utf-8")
    groups: dict[str, int] = {}
    for heading in HEADINGS:
        group = heading.group.of(sheet.language)
        groups[group] = groups.get(group, 0) + 1
    return _ENVIRONMENT.from_string(template).render(sheet=sheet, form=sheet.form, headings=HEADINGS, groups=groups)
