"""Passwords of local users: argon2id with the library's parameters (RFC 9106, low memory)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from streams.errors import WrongUse

SHORTEST = 12
"""Characters: NIST SP 800-63B asks for 8, and 15 where nothing else is asked; throttling stands beside it."""

LONGEST = 1024
"""So that nobody makes us hash a book."""

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """What is kept. Raises WrongUse for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WrongUse(f"a password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}")
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password; where nothing is `kept` it takes as long, so that time tells no names."""
    if len(password) > LONGEST:
        return False
    try:
        return _HASHER.verify(kept or _NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
