"""Where to start, given what is stored and what the broker has."""

from hypothesis import given
from hypothesis import strategies as st

from streams.positions import Loss, Position, Refusal, Start, decide

offsets = st.integers(0, 2**62)
identities = st.sampled_from(["cluster/topic", "cluster/other", ""])
positions = st.builds(Position, offsets, identities, st.none() | st.text(min_size=1))


@st.composite
def bounds(draw):
    beginning, end = sorted((draw(offsets), draw(offsets)))
    return beginning, end


@given(bounds(), identities)
def test_a_partition_never_stored_starts_at_the_beginning(at, identity):
    assert decide(None, *at, identity) == Start(at[0])


@given(positions, bounds(), identities)
def test_reading_starts_only_where_the_broker_has_records_of_the_same_log(stored, at, identity):
    decision = decide(stored, *at, identity)
    beginning, end = at
    if isinstance(decision, Start):
        assert (decision.offset, identity, None) == (stored.next_offset, stored.cluster_id, stored.paused)
        assert beginning <= decision.offset <= end


@given(positions, bounds(), identities)
def test_a_loss_names_exactly_the_offsets_between_position_and_beginning(stored, at, identity):
    decision = decide(stored, *at, identity)
    if isinstance(decision, Loss):
        assert decision == Loss(stored.next_offset, at[0])
        assert decision.first < decision.next
        assert stored.cluster_id == identity


@given(positions, bounds(), identities)
def test_every_position_is_either_read_passed_or_refused_with_a_reason(stored, at, identity):
    decision = decide(stored, *at, identity)
    beginning, end = at
    doubtful = stored.paused is not None or stored.cluster_id != identity or stored.next_offset > end
    assert isinstance(decision, Refusal) == doubtful
    assert not isinstance(decision, Refusal) or decision.reason
    assert doubtful or isinstance(decision, Loss) == (stored.next_offset < beginning)


@given(bounds(), identities, st.text(min_size=1), offsets)
def test_a_pause_keeps_its_own_reason(at, identity, reason, offset):
    assert decide(Position(offset, "elsewhere", reason), *at, identity) == Refusal(reason)
