"""Erasing what anonymised reports said, in the transaction that stores the event which asks for it."""

from psycopg import AsyncCursor

from connectors.timescale.queries import load
from streams.decoding import Accepted

QUERIES = load("erasure.sql")

ANONYMISED = "vn.nhip.report.anonymised"


async def erase(cursor: AsyncCursor, new: list[Accepted]) -> None:
    """Forget the text, media and pseudonym of reports that are anonymised, and of late events of those that were.

    To be called when the reports' states are locked: whoever else stores events of the same reports then finds the
    tombstone, or has committed what is to be erased.
    """
    asked = {item.subject for item in new if item.content.type == ANONYMISED}
    if asked:
        await cursor.execute(QUERIES["bury"], [sorted(asked)])
    await cursor.execute(QUERIES["buried"], [list({item.subject for item in new})])
    buried = [subject for (subject,) in await cursor.fetchall()]
    if buried:
        await cursor.execute(QUERIES["erase"], [buried])
