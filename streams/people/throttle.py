"""How often somebody may try to sign in."""

from streams.errors import NhipError

SECONDS = 900
FROM_ONE_PLACE, OF_AN_ADDRESS, OF_A_NAME = 10, 50, 100
"""Refusals within SECONDS. From the place where they mistype a person is stopped first; others of an office behind one
address, and the same person elsewhere, only when it is plainly a machine that guesses."""


class TooManyTries(NhipError):
    """Too many sign-ins were refused: wait a quarter of an hour."""


def throttled(from_one_place: int, of_the_address: int, of_the_name: int) -> None:
    """Raise TooManyTries where that many refusals are too many."""
    if from_one_place >= FROM_ONE_PLACE or of_the_address >= OF_AN_ADDRESS or of_the_name >= OF_A_NAME:
        raise TooManyTries()
