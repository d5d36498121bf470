"""Pseudonyms of reporters, and identities of events."""

from hypothesis import given
from hypothesis import strategies as st

from streams.contracts import DOSSIERS, REPORTS
from streams.identity import identity
from streams.privacy import pseudonym, scrub
from tests.unit.event_tools import at, event

REFERENCES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=128)
KEYS = st.binary(min_size=16, max_size=32)


@given(REFERENCES, KEYS)
def test_a_pseudonym_is_stable_and_says_nothing_of_the_reference(reference: str, key: bytes) -> None:
    name = pseudonym(reference, key)
    assert name == pseudonym(reference, key)
    assert (name[:3], len(name), set(name[3:]) <= set("0123456789abcdef")) == ("p1:", 35, True)


@given(REFERENCES, KEYS, KEYS)
def test_a_pseudonym_of_a_pseudonym_is_itself_whatever_the_key(reference: str, key: bytes, other: bytes) -> None:
    """So an event that is sent again from what was stored is a duplicate, not a conflict."""
    name = pseudonym(reference, key)
    assert pseudonym(name, other) == name


@given(REFERENCES, REFERENCES, KEYS, KEYS)
def test_pseudonyms_differ_by_person_and_by_key(one: str, other: str, key: bytes, second: bytes) -> None:
    assert (pseudonym(one, key) == pseudonym(other, key)) == (one == other)
    assert (pseudonym(one, key) == pseudonym(one, second)) == (key.ljust(64, b"\0") == second.ljust(64, b"\0"))


def test_what_only_resembles_a_pseudonym_is_replaced() -> None:
    for reference in (
        "p1:",
        "p1:" + "g" * 32,
        "p1:" + "a" * 31,
        "x p1:" + "a" * 32,
        "p1:" + "a" * 33,
        "P1:" + "a" * 32,
    ):
        assert pseudonym(reference, b"key") != reference


def test_scrubbing_replaces_the_reference_and_nothing_else() -> None:
    report = event(REPORTS, "submitted", at("2026-11-23 10:00"), category="rac", reporter_ref="citizen-1", more=1)
    clean = scrub(report, b"key")
    assert clean.data.reporter_ref == pseudonym("citizen-1", b"key")  # type: ignore[attr-defined]  # the body of a report
    assert report.data.reporter_ref == "citizen-1", "the event itself is frozen"  # type: ignore[attr-defined]  # the body of a report
    assert clean.data.model_dump(exclude={"reporter_ref"}) == report.data.model_dump(exclude={"reporter_ref"})
    assert clean.data.unknown_fields == 1
    assert scrub(clean, b"key") == clean


def test_scrubbing_masks_the_numbers_people_write_into_free_text() -> None:
    report = event(REPORTS, "submitted", at("2026-11-23 10:00"), category="rac", description="gọi 0912345678", area="x")
    clean = scrub(report, b"key")
    assert (clean.data.description, clean.data.area) == ("gọi [SĐT]", "x")  # type: ignore[attr-defined]  # the body of a report
    assert scrub(clean, b"key") is clean


def test_what_names_no_reporter_is_left_as_it_is() -> None:
    report = event(REPORTS, "submitted", at("2026-11-23 10:00"), category="rac")
    dossier = event(DOSSIERS, "status_changed", at("2026-11-23 10:00"), status=4, reporter_ref="unknown here")
    assert scrub(report, b"key") is report
    assert scrub(dossier, b"key") is dossier


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)


@given(NAMES, NAMES, NAMES, NAMES)
def test_an_identity_is_that_of_source_and_id_together(source: str, name: str, other: str, second: str) -> None:
    assert (identity(source, name) == identity(other, second)) == ((source, name) == (other, second))
    assert len(identity(source, name)) == 32


def test_an_identity_does_not_change_with_versions_of_this_code() -> None:
    """It is the key of every stored event."""
    assert identity("/hau-giang/app", "1") == "81e53a5d269daa6c1cefc54d39341a52"
    assert identity("ab", "c") != identity("a", "bc")
