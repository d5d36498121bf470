"""Categories of field reports, with their deadlines."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from streams.catalogue.entry import Entry, Name

Amount = Annotated[int, Field(ge=1, le=100_000)]


class Category(Entry):
    """A category and its deadlines; the defaults are DOMAIN §1.1's.

    `kind`: *instant* runs always, *timed* in working time. `resolve` is minutes when instant, working days when timed.
    Dispatch is `dispatch_s` seconds of duty time (TP.HCM 1022: 5 minutes, 2020); reject and ask are working days from
    submission, publish from resolution. `name_en`: what English boards call it.
    """

    title: Name
    name_en: Name | None = None
    kind: Literal["instant", "timed"] = "timed"
    dispatch_s: Amount = 300
    reject_days: Amount = 2
    ask_days: Amount = 5
    resolve: Amount = 15
    publish_days: Amount = 2

    @model_validator(mode="after")
    def _instant_in_minutes(self) -> Self:
        if self.kind == "instant" and "resolve" not in self.model_fields_set:
            raise ValueError("an instant category needs resolve, in minutes")
        return self
