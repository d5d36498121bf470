"""By when each step of a report has to be taken (DOMAIN §1.1): per category, in minutes or in working time."""

from datetime import datetime, timedelta

from msgspec import Struct

from streams.calendar import WorkingTime
from streams.catalogue import Catalogue, Category
from streams.flows import UNASSIGNED

SOON_WORKING_SECONDS = 8 * 3600
SOON_INSTANT = timedelta(hours=1)
"""Due soon, sắp đến hạn: within a day of work, for instant categories within the hour."""

_OF_UNKNOWN = Category(code=UNASSIGNED, title="Chưa phân loại")


class Deadlines(Struct, frozen=True, gc=False):
    """The limits of one category. An *instant* one runs always and is resolved within so many minutes; a *timed* one
    runs in working time, the day of receipt not counted, and is resolved within so many working days.
    """

    category: Category
    working_time: WorkingTime
    duty_time: WorkingTime

    @classmethod
    def of(cls, catalogue: Catalogue, category: str, received_at: datetime) -> "Deadlines":
        """Those in force when the report was received; DOMAIN's defaults for a category that is not known."""
        found = catalogue.category(category, received_at) or _OF_UNKNOWN
        return cls(found, catalogue.working_time, catalogue.duty_time)

    @property
    def instant(self) -> bool:
        return self.category.kind == "instant"

    def resolved_by(self, start: datetime) -> datetime:
        """Our own date (tự tính), for a clock that began at `start`."""
        if self.instant:
            return start + timedelta(minutes=self.category.resolve)
        return self.working_time.end_of_day_after(start, self.category.resolve)

    def dispatched_by(self, received_at: datetime) -> datetime:
        """Five minutes within duty hours (TP.HCM 1022)."""
        if self.instant:
            return received_at + timedelta(seconds=self.category.dispatch_s)
        return self.duty_time.after(received_at, self.category.dispatch_s)

    def rejected_by(self, received_at: datetime) -> datetime:
        """By when a report that is not accepted has to be rejected."""
        return self.working_time.end_of_day_after(received_at, self.category.reject_days)

    def asked_by(self, received_at: datetime) -> datetime:
        """By when more has to be asked for."""
        return self.working_time.end_of_day_after(received_at, self.category.ask_days)

    def published_by(self, resolved_at: datetime) -> datetime:
        """By when the result has to be public."""
        return self.working_time.end_of_day_after(resolved_at, self.category.publish_days)

    def later(self, due_at: datetime, begun: datetime, ended: datetime) -> datetime:
        """A date moved by a wait for the citizen: by its length, or by the working time in it."""
        if self.instant:
            return due_at + (ended - begun)
        return self.working_time.after(due_at, self.working_time.between(begun, ended))

    def soon(self, due_at: datetime) -> datetime:
        """From when on a date is due soon."""
        if self.instant:
            return due_at - SOON_INSTANT
        return self.working_time.before(due_at, SOON_WORKING_SECONDS)
