"""What a dossier is, beside its progress: what it is about, how it was filed, paid, digitised and rated."""

from datetime import UTC, datetime
from operator import attrgetter

from msgspec import Struct

from streams.contracts.dossier import DossierBody
from streams.dossiers.rules import Rules
from streams.flows import UNASSIGNED

RATINGS = range(1, 6)

_told = attrgetter(
    "received_at", "agency", "field", "procedure", "channel", "online_level", "fee_due", "paid_online", "digitised_in",
    "digitised_result", "rating", "synced_at",
)  # fmt: skip
_NOTHING = (None,) * 12
"""What most events tell of the facts."""


class Facts(Struct, frozen=True, gc=False):
    """Facts as told so far; moments in UTC. `agency`, `field` and `procedure` are as named; those in `unknown`, which
    the catalogue does not know, count under `unassigned`. `rating` is the last from 1 to 5."""

    received_at: datetime | None = None
    agency: str = UNASSIGNED
    field: str = UNASSIGNED
    procedure: str = UNASSIGNED
    unknown: tuple[str, ...] = ()
    channel: str | None = None
    online_level: int | None = None
    fee_due: int | None = None
    paid_online: bool = False
    digitised_in: bool = False
    digitised_result: bool = False
    rating: int | None = None
    synced_at: datetime | None = None


def beginning(rules: Rules) -> Facts:
    """What the catalogue says of the procedure, until an event says otherwise."""
    procedure = rules.procedure
    if procedure is None:
        return Facts()
    return Facts(field=procedure.field, online_level=procedure.online_level, fee_due=procedure.fee or None)


def after(facts: Facts, body: DossierBody, rules: Rules) -> Facts:
    """The facts after one event: the same object when it tells none."""
    if _told(body) == _NOTHING:
        return facts
    agency, field = body.agency or facts.agency, body.field or facts.field
    procedure, unknown = body.procedure or facts.procedure, facts.unknown
    if body.agency or body.field or body.procedure:
        unknown = rules.unknown(agency, field, procedure)
    return Facts(
        body.received_at.astimezone(UTC) if body.received_at else facts.received_at,
        agency,
        field,
        procedure,
        unknown,
        body.channel or facts.channel,
        body.online_level or facts.online_level,
        facts.fee_due if body.fee_due is None else body.fee_due,
        facts.paid_online if body.paid_online is None else bool(body.paid_online),
        facts.digitised_in if body.digitised_in is None else body.digitised_in,
        facts.digitised_result if body.digitised_result is None else body.digitised_result,
        body.rating if body.rating in RATINGS else facts.rating,
        body.synced_at or facts.synced_at,
    )
