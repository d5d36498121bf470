"""Civil days of the province, and moments as integers where many of them are counted."""

from datetime import UTC, date, datetime, time, timedelta

from streams.contracts.types import PROVINCE_TIME

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


_OFFSET, _SINCE = timedelta(hours=7), 1976  # the first whole year in which the province's offset is this one


def civil_day(moment: datetime) -> date:
    """The day it is in the province at that moment."""
    if moment.year < _SINCE:
        return moment.astimezone(PROVINCE_TIME).date()
    return (moment.astimezone(UTC) + _OFFSET).date()  # twice as fast as by the zone


def day_start(day: date) -> datetime:
    """The first moment of a civil day."""
    return datetime.combine(day, time.min, PROVINCE_TIME)


def day_end(day: date) -> datetime:
    """The last moment of a civil day: what a due date without a time means (DOMAIN §1.2)."""
    return datetime.combine(day, time.max, PROVINCE_TIME)


def ends_a_day(moment: datetime) -> bool:
    """Whether a moment is the last of its civil day."""
    return moment.microsecond == time.max.microsecond and moment.astimezone(PROVINCE_TIME).time() == time.max


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z, exactly. Runs for every event: division would take as long again."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment(microseconds: int) -> datetime:
    """The other way round."""
    return EPOCH + timedelta(microseconds=microseconds)


def clock(microseconds: int) -> str:
    """A moment as people read it in the province: day and time."""
    return f"{moment(microseconds).astimezone(PROVINCE_TIME):%d/%m %H:%M:%S}"
