"""A worker process for tests: python -m tests.stack.kafka_worker BOOTSTRAP TOPIC DATABASE NAME MODE.

MODE is `store`; `fail`, which raises at a record of value b"poison"; `slow`, which takes two seconds a fetch; or
`stuck`, which never comes back from a fetch.
"""

import asyncio
import logging
import sys
from pathlib import Path

import uvloop

from connectors.kafka.app import add_agent, make_app
from connectors.kafka.security import Security
from connectors.kafka.worker import run
from streams.fetch import Fetch
from tests.stack.ledger import Ledger

SECONDS = {"slow": 2.0, "stuck": 3600.0}


async def main(bootstrap: str, topic: str, database: str, name: str, mode: str) -> int:
    ledger = Ledger(Path(database), name)

    async def handle(fetch: Fetch) -> None:
        if mode == "fail" and any(record.value == b"poison" for record in fetch.records):
            raise RuntimeError("poison")
        print(f"handling {fetch.partition} {fetch.asked} {fetch.after}", flush=True)
        await asyncio.sleep(SECONDS.get(mode, 0))
        await ledger.store(fetch)

    app = make_app(topic, [bootstrap], ledger, Security(), metadata_max_age=1)
    add_agent(app, topic, handle)
    return await run(app)


if __name__ == "__main__":
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s %(message)s")
    sys.exit(uvloop.run(main(*sys.argv[1:])))  # as `nhip worker` does
