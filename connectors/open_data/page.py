"""The index for people: what there is, what it means, and where it is; Vietnamese or English."""

from importlib import resources

from jinja2 import Environment

from connectors.open_data import dictionary
from streams.open_data import DATASETS, Month, Text

_ENVIRONMENT = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)

TITLE = Text("Dữ liệu mở", "Open data")


def render(month: Month, language: str) -> str:
    """The whole HTML document; addresses in it are relative."""
    template = (resources.files("connectors.open_data") / "page.html.j2").read_text(encoding="utf-8")
    return _ENVIRONMENT.from_string(template).render(
        title=TITLE,
        language=language,
        other="en" if language == "vi" else "vi",
        of=lambda text: getattr(text, language),
        updated=dictionary.UPDATED,
        hidden=dictionary.HIDDEN,
        licence=dictionary.LICENCE,
        datasets=DATASETS,
        formats=tuple(dictionary.MEDIA),
        month=month,
        columns=dictionary.columns,
        address=dictionary.address,
    )
