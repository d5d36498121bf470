"""The streams and their event types: a new stream is one line here."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from streams.contracts.dossier import DOSSIER_EVENTS
from streams.contracts.envelope import Body, Event
from streams.contracts.health import HEALTH_EVENTS
from streams.contracts.report import REPORT_EVENTS


@dataclass(frozen=True, eq=False)
class Stream:
    """One topic's worth of event types.

    `name` is the first half of its indicators' names, `subject_field` the id repeated in `data`.
    """

    name: str
    topic: str
    type_prefix: str
    subject_field: str
    events: tuple[type[Event], ...]
    adapter: TypeAdapter[Event] = field(init=False, repr=False)
    by_type: dict[str, type[Event]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        union: Any = Annotated[Union[self.events], Field(discriminator="type")]  # noqa: UP007 - built at run time
        object.__setattr__(self, "adapter", TypeAdapter(union))
        object.__setattr__(self, "by_type", {event_type(event): event for event in self.events})

    @cached_property
    def sequenced(self) -> bool:
        """Whether its events carry a `seq` that orders those of the same instant."""
        return all("seq" in body_of(self, name).model_fields for name in self.by_type)


def event_type(event: type[Event]) -> str:
    """The CloudEvents `type` that an event class stands for."""
    (name,) = event.model_fields["type"].annotation.__args__  # type: ignore[union-attr]  # a Literal of one
    return str(name)


REPORTS = Stream("reports", "field-reports", "vn.nhip.report.", "report_id", REPORT_EVENTS)
DOSSIERS = Stream("dossiers", "dossiers", "vn.nhip.dossier.", "dossier_id", DOSSIER_EVENTS)
HEALTH = Stream("health", "health-pings", "vn.nhip.health.", "system_id", HEALTH_EVENTS)

STREAMS = (REPORTS, DOSSIERS, HEALTH)

_BY_TYPE = {name: stream for stream in STREAMS for name in stream.by_type}


def stream_of(type_name: str) -> Stream | None:
    """The stream an event of this CloudEvents type belongs to, or None for a type the contract does not know."""
    return _BY_TYPE.get(type_name)


@cache
def body_of(stream: Stream, type_name: str) -> type[Body]:
    """The model of `data` for one event type of a stream."""
    body: type[Body] = stream.by_type[type_name].model_fields["data"].annotation  # type: ignore[assignment]  # each event's data is a Body
    return body
