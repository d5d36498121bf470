"""Lists in pages: whoever wants more gives `next` of one page as the `cursor` of the following."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict

Limit = Annotated[int, Query(ge=1, le=1000, description="how many there are on a page")]
Cursor = Annotated[str, Query(max_length=256, description="`next` of the page before")]


class Page(BaseModel):
    """A page of a list; `next` is the `cursor` of the following one, null on the last."""

    items: list[dict[str, Any]]
    next: str | None


class Told(BaseModel):
    """All that is known of one subject, as `nhip show --json` prints it; of its events a page."""

    model_config = ConfigDict(extra="allow")

    events: list[dict[str, Any]]
    next: str | None
