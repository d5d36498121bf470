"""Anonymised reports: what they said is erased with the event that asks for it, and does not come back."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from streams.contracts import REPORTS
from streams.contracts.report import ReportBody
from tests.stack.store_tools import NOW, House, report

TEXT = {
    "description": "Trước nhà tôi", "address": "12 đường Hùng Vương", "reason": "vì sao", "note": "ghi chú",
    "media": ["https://media.example/1.jpg"], "reporter_ref": "0912345678",
}  # fmt: skip
KEPT = {"lat": 9.78, "lon": 105.47, "area": "vi-thanh", "channel": "zalo", "priority": "urgent"}


def life(subject: str = "PA-1") -> list[dict[str, Any]]:
    return [
        report(subject, f"{subject}-1", at=NOW - timedelta(hours=3), **TEXT, **KEPT),
        report(subject, f"{subject}-2", "dispatched", NOW - timedelta(hours=2), note="Chuyển gấp"),
    ]


def anonymised(subject: str = "PA-1") -> dict[str, Any]:
    return report(subject, f"{subject}-9", "anonymised", NOW - timedelta(minutes=5))


def left(house: House) -> set[str]:
    """The fields that are left in any event."""
    return {key for (data,) in house.rows("SELECT data FROM nhip.report_event") for key in data}


async def test_text_media_and_pseudonym_go_with_the_event_that_asks_for_it(house: House) -> None:
    await house.take(REPORTS, life())
    before = house.rows("SELECT subject, state, due_at, cells FROM nhip.report_state")
    assert set(TEXT) <= left(house)
    await house.take(REPORTS, [anonymised()])
    assert left(house) == {"category", "agency", *KEPT}
    assert house.rows("SELECT subject, state, due_at, cells FROM nhip.report_state") == before
    house.assert_true()


@pytest.mark.parametrize("batches", [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
async def test_late_events_do_not_bring_text_back(plain_house: House, batches: list[int]) -> None:
    parts = [life()[:1], life()[1:], [anonymised()]]
    for n in batches:
        await plain_house.take(REPORTS, parts[n], partition=n)
    assert left(plain_house) == {"category", "agency", *KEPT}
    plain_house.assert_true()


async def test_workers_that_store_events_of_the_report_meanwhile_do_not_either(house: House) -> None:
    for n in range(4):
        subject = f"PA-{n}"
        for partition in range(3):
            await house.assign(REPORTS, partition)
        parts = [life(subject)[:1], life(subject)[1:], [anonymised(subject)]]
        fetches = [house.append(REPORTS, part, partition) for partition, part in enumerate(parts)]
        await asyncio.gather(*map(house.handle, fetches))
    assert left(house) == {"category", "agency", *KEPT}
    house.assert_true()


async def test_what_is_sent_again_is_a_repetition_and_what_differs_a_conflict(plain_house: House) -> None:
    await plain_house.take(REPORTS, [*life(), anonymised()])
    again = await plain_house.take(REPORTS, [*life(), anonymised()])
    assert (again.duplicates, again.conflicts) == (3, 0)
    other = life()[0] | {"data": life()[0]["data"] | {"category": "den"}}
    assert (await plain_house.take(REPORTS, [other])).conflicts == 1


async def test_others_keep_what_they_said(plain_house: House) -> None:
    await plain_house.take(REPORTS, [*life("PA-1"), *life("PA-2"), anonymised("PA-1")])
    kept = plain_house.rows("SELECT DISTINCT subject FROM nhip.report_event WHERE data ? 'note'")
    assert kept == [("PA-2",)]


async def test_verify_finds_text_that_is_left(plain_house: House) -> None:
    await plain_house.take(REPORTS, [*life(), anonymised()])
    plain_house.execute("UPDATE nhip.report_event SET data = data || '{\"note\": \"x\"}' WHERE type ~ 'dispatched'")
    assert any(line.startswith("erased PA-1") for line in plain_house.verify().shown)


async def test_every_field_of_the_contract_is_either_erased_or_no_text(plain_house: House) -> None:
    ((data,),) = plain_house.rows(
        "SELECT nhip.without_text(jsonb_object_agg(name, 1)) FROM unnest(%s::text[]) AS u (name)",
        list(ReportBody.model_fields),
    )
    assert set(ReportBody.model_fields) - set(data) == {*ReportBody.free_text, "media", "reporter_ref"}
