"""One-time links of messages: what was signed comes back, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.alerts.links import ExpiredLink, ForgedLink, Grant, digest, granted, token

SECRET = b"s" * 32
NOW = 1_800_000_000
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
GRANTS = st.builds(
    Grant, TEXTS, st.integers(1, 1000), st.just("ack"), TEXTS, TEXTS, st.integers(NOW + 1, NOW + 100_000)
)  # fmt: skip
GRANT = Grant("0" * 16, 1, "ack", "Cán bộ trực 1", "0:1.0.0:pages:0:0", NOW + 60)


@given(GRANTS)
def test_a_link_grants_what_was_signed_until_it_runs_out(grant: Grant) -> None:
    link = token(grant, SECRET)
    assert granted(link, SECRET, grant.expires - 1) == grant
    with pytest.raises(ExpiredLink):
        granted(link, SECRET, grant.expires)


@given(st.data())
def test_a_link_in_which_anything_was_changed_is_forged(data: st.DataObject) -> None:
    link = token(GRANT, SECRET)
    place = data.draw(st.integers(0, len(link) - 1))
    letter = data.draw(st.sampled_from("AaZz09-_.=+/ é").filter(lambda letter: letter != link[place]))
    for changed in (link[:place] + letter + link[place + 1 :], link[:place] + link[place + 1 :], link + letter):
        with pytest.raises(ForgedLink):
            granted(changed, SECRET, NOW)


@given(st.text(max_size=60))
def test_what_nobody_signed_is_forged(text: str) -> None:
    with pytest.raises(ForgedLink):
        granted(text, SECRET, NOW)


def test_a_link_of_another_key_is_forged_and_each_message_has_a_link_of_its_own() -> None:
    with pytest.raises(ForgedLink):
        granted(token(GRANT, b"t" * 32), SECRET, NOW)
    assert digest(token(GRANT, SECRET)) != digest(token(GRANT._replace(message="another"), SECRET))
