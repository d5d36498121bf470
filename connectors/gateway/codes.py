"""`GET /v1/catalogue/{kind}`: the codes that events may carry, as the catalogue in force has them today."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from connectors.gateway.caching import UNCHANGED, tagged
from connectors.gateway.keys import Keys, recognised
from connectors.gateway.problems import RequestRefused, try_later
from connectors.open311.office import Office
from streams.agents import Transient
from streams.catalogue import Catalogue
from streams.catalogue.categories import Category
from streams.catalogue.procedures import Field, Procedure
from streams.contracts.types import PROVINCE_TIME


class Kind(StrEnum):
    AGENCIES = "agencies"
    AREAS = "areas"
    CATEGORIES = "categories"
    FIELDS = "fields"
    PROCEDURES = "procedures"
    SYSTEMS = "systems"


class Code(BaseModel):
    """What to send, and what people call it."""

    code: str
    title: str


class Codes(BaseModel):
    """`version` names the catalogue: while it stays so does the list, but for the days from which entries hold."""

    version: str
    items: list[Code]


def codes(keys: Keys, office: Office, clock: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(tags=["catalogue"])

    @router.get(
        "/v1/catalogue/{kind}", summary="The codes that events may carry", response_model=Codes, responses=UNCHANGED
    )
    async def listed(kind: Kind, request: Request) -> Response:
        await recognised(request.headers, keys)
        try:
            catalogue = await office.catalogue()
        except Transient:
            raise RequestRefused(try_later("database_unavailable", "the database does not answer", 5)) from None
        day = clock().astimezone(PROVINCE_TIME).date()
        items = sorted(_codes(catalogue, kind, day), key=lambda entry: entry.code)
        return tagged(request, Codes(version=catalogue.version, items=items).model_dump())

    return router


def _codes(catalogue: Catalogue, kind: Kind, day: date) -> list[Code]:
    """The entries of a kind that hold on a day."""
    match kind:
        case Kind.AGENCIES | Kind.AREAS:
            places = catalogue.agencies if kind is Kind.AGENCIES else catalogue.areas
            return [Code(code=place.code, title=place.name) for place in places if place.holds_on(day)]
        case Kind.SYSTEMS:
            return [Code(code=system.id, title=system.name) for system in catalogue.systems]
        case _:
            titled: dict[Kind, tuple[Category | Field | Procedure, ...]] = {
                Kind.CATEGORIES: catalogue.categories,
                Kind.FIELDS: catalogue.fields,
                Kind.PROCEDURES: catalogue.procedures,
            }
            return [Code(code=entry.code, title=entry.title) for entry in titled[kind] if entry.holds_on(day)]
