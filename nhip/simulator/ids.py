"""Event ids in the form of UUIDv7 (RFC 9562): they sort by time, which keeps unique indexes in memory."""

from random import Random

_VERSION_AND_VARIANT = 0x7 << 76 | 0b10 << 62
_CLEAR = ~(0xF << 76 | 0b11 << 62)


def uuid7(random: Random, at: float) -> str:
    """An id for the moment `at`, seconds since 1970."""
    number = (int(at * 1000) << 80 | random.getrandbits(80)) & _CLEAR | _VERSION_AND_VARIANT
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
