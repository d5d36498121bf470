"""Vietnamese public holidays with their compensatory days and swapped working days, from the `holidays` library.

They are expanded once, when a catalogue is loaded, and kept with it: another version of the library must not move
a due date that was promised.
"""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

FIRST_YEAR, LAST_YEAR = 2005, 2060
"""Events reach back 15 years (DOMAIN §1); the library knows the lunar calendar to 2099."""


@cache
def public_holidays() -> tuple[tuple[date, str], ...]:
    """Days off by law or by decision of the Government, with their Vietnamese names, in order."""
    return tuple(sorted(_vietnam().items()))


@cache
def swapped_working_days() -> tuple[date, ...]:
    """Days at weekends that the Government made working days in exchange for days off, in order."""
    return tuple(sorted(_vietnam().weekend_workdays))


@cache
def _vietnam() -> "HolidayBase":
    from holidays import country_holidays  # a fifth of a second that only loading a catalogue is worth

    return country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi")
