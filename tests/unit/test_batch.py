"""The dead-letter limit of a partition: over half of at least 1 000 records (DESIGN, "Errors")."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.batch import Partition, TooManyDeadLetters, check_limit
from streams.days import EPOCH
from streams.deadletters import DeadLetter, Reason, Refusal
from streams.decoding import Accepted, Decoded

ACCEPTED = Accepted(0, "i", 0, "s", "", None, EPOCH)
LETTER = DeadLetter(0, Refusal(Reason.NOT_JSON, "no"), None, None, EPOCH)


def exceeds(partition: Partition, accepted: int, refused: int) -> bool:
    try:
        check_limit(partition, Decoded([ACCEPTED] * accepted, [LETTER] * refused))
    except TooManyDeadLetters:
        return True
    return False


@given(st.integers(0, 1200), st.integers(0, 1200), st.integers(0, 800), st.integers(0, 800))
def test_a_partition_pauses_when_over_half_of_at_least_1000_records_are_refused(
    before: int, refused_before: int, accepted: int, refused: int
) -> None:
    partition = Partition(0, before + refused_before, refused_before)
    records, letters = before + refused_before + accepted + refused, refused_before + refused
    assert exceeds(partition, accepted, refused) == (records >= 1000 and letters > records - letters)


@pytest.mark.parametrize(
    ("accepted", "refused", "pauses"), [(499, 500, False), (499, 501, True), (500, 500, False), (0, 999, False)]
)
def test_half_is_not_too_much_and_a_thousand_is_enough_to_judge(accepted: int, refused: int, pauses: bool) -> None:
    assert exceeds(Partition(0), accepted, refused) == pauses


def test_what_an_operator_has_allowed_is_not_limited() -> None:
    assert not exceeds(Partition(0, unlimited=True), 0, 5000)
