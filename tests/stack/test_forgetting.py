"""What was refused may name people: its bytes are kept a week, and in nobody's reach but the operators'."""

from connectors.timescale.forgetting import erase
from streams.contracts import REPORTS
from tests.stack.store_tools import House, report

AGE = "UPDATE nhip.dead_letter SET recorded_at = recorded_at - interval '7 days' WHERE \"offset\" = 0"


async def test_after_a_week_the_bytes_of_a_dead_letter_are_gone_and_its_row_stays(plain_house: House) -> None:
    await plain_house.take(REPORTS, [b'{"name": "Nguy', b"neither"])
    plain_house.execute(AGE)
    assert await erase(plain_house.pool) == 1
    assert plain_house.letters() == [("not_json", None), ("not_json", b"neither")]
    assert await erase(plain_house.pool) == 0


async def test_a_number_that_a_direct_producer_sends_is_not_stored(plain_house: House) -> None:
    told = report("PA-1", 1, description="gọi 0912345678 hoặc an@thu.vn", reporter_ref="0912345678", phone="0912345678")
    assert (await plain_house.take(REPORTS, [told])).stored == 1
    ((data,),) = plain_house.rows("SELECT data FROM nhip.report_event")
    assert data["description"] == "gọi [SĐT] hoặc [mail]"
    assert "0912345678" not in str(data)
    assert (await plain_house.take(REPORTS, [told])).duplicates == 1
    plain_house.assert_true()
