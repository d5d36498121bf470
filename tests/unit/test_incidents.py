"""Incidents: alerts joined along parents and what systems carry, the root first."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from streams.alerts.incidents import joined


class One(NamedTuple):
    labels: dict[str, str]
    suppressed_by: str | None = None


def down(system: str, why: str | None = None) -> One:
    return One({"system": system}, why)


def of(*alerts: One) -> list[tuple[str, list[str]]]:
    """Each root with its members, by their labels."""
    return [
        ("".join(one.root.labels.values()), ["".join(member.labels.values()) for member in one.members])
        for one in joined(alerts)
    ]


def test_the_root_stands_first_and_what_it_takes_along_below_it() -> None:
    centre, portal = down("centre"), down("portal", "parent:centre")
    assert of(portal, down("mail"), centre) == [("mail", []), ("centre", ["portal"])]


def test_what_a_system_carries_joins_the_root_of_that_system() -> None:
    intake = One({"flow": "dossiers:online"}, "carrier:portal")
    assert of(down("centre"), down("portal", "parent:centre"), intake) == [("centre", ["portal", "dossiers:online"])]


def test_one_that_is_silenced_or_below_planned_work_stands_alone() -> None:
    assert of(down("a", "maintenance"), down("b", "parent:in-planned-work")) == [("a", []), ("b", [])]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), unique_by=lambda one: one[0]))
def test_every_alert_stands_in_one_incident_whatever_stands_on_what(some: list[tuple[int, int]]) -> None:
    alerts = [down(str(n), f"parent:{above}" if above > n else None) for n, above in some]
    found = [alert for one in joined(alerts) for alert in (one.root, *one.members)]
    assert sorted(found, key=str) == sorted(alerts, key=str)
