"""Working time (DOMAIN §3): the week, public holidays with Tết, make-up days, closures, and due dates in between."""

from streams.calendar.calendar import Calendar
from streams.calendar.working_time import WorkingTime

__all__ = ["Calendar", "WorkingTime"]
