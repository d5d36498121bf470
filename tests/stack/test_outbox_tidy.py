"""The outbox does not grow for ever, and nothing that is deleted is said again."""

from psycopg import AsyncConnection

from connectors.timescale.alert_book import AlertBook
from connectors.timescale.outbox import Mail, Outbox, mail_pool
from tests.stack.store_tools import House, as_role
from tests.stack.test_alerts import BEGIN, SECOND, scene, system


def kept(house: House) -> list[tuple[str, str]]:
    return house.rows(
        "SELECT labels ->> 'system', notice FROM nhip.outbox o JOIN nhip.alert a ON a.id = o.alert"
        " WHERE channel = 'webhook' ORDER BY 1, 2"
    )


async def test_what_was_said_of_alerts_that_are_over_is_deleted_after_a_month(plain_house: House) -> None:
    house, url = plain_house, as_role(plain_house.url, "nhip_writer")
    book, outbox = AlertBook(), Outbox(["webhook"])

    async def look(ticker: AsyncConnection, now: int, *down: str) -> None:
        async with ticker.transaction():
            looked = await book.keep(ticker, scene(now), [system(name, "down") for name in down])
            await outbox.fill(ticker, scene(now), looked)

    async with await AsyncConnection.connect(url, autocommit=True) as ticker, mail_pool(url) as pool:
        mail = Mail(pool)
        await look(ticker, BEGIN, "over", "open")
        await look(ticker, BEGIN + SECOND, "open")
        everything = [("open", "firing"), ("over", "firing"), ("over", "resolved")]
        assert kept(house) == everything
        house.execute("UPDATE nhip.outbox SET created_at = created_at - interval '8 days'")
        assert await mail.tidy() == 0
        assert kept(house) == everything, "given up after a week, and still there to be seen"
        assert house.rows("SELECT DISTINCT failed FROM nhip.outbox") == [("given up: nobody took it",)]
        house.execute("UPDATE nhip.outbox SET created_at = created_at - interval '30 days'")
        assert await mail.tidy() == 5, "two messages, and three steps for the topic"
        assert kept(house) == [("open", "firing")]
        book, outbox = AlertBook(), Outbox(["webhook"])
        await look(ticker, BEGIN + 2 * SECOND, "open")
        assert kept(house) == [("open", "firing")], "another ticker says nothing again"
