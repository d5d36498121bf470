"""How well agencies and systems do: different for each, and the same in every run."""

from zlib import crc32

_LATE = {"tx-long-my": 0.02, "h-phung-hiep": 0.035, "so-tnmt": 0.03, "cap-nuoc": 0.015}
"""Shares of late work that a demo is known by; others follow from the code."""


def trait(code: str, of: str) -> float:
    """A number from 0 to 1 that belongs to a code; Python's own hash of a text is another one in every process."""
    return crc32(f"{of}:{code}".encode()) / 2**32


def lateness(agency: str) -> float:
    """The share of its dossiers that an agency finishes late: few in most (DOMAIN §2: 0.4 % of all), many in some."""
    return _LATE.get(agency.removeprefix("ubnd-"), 0.001 + 0.03 * trait(agency, "late") ** 6)


def diligence(agency: str) -> float:
    """How much of its time an agency uses up in the median, 0.2 to 0.7."""
    return 0.2 + 0.5 * trait(agency, "diligence")
