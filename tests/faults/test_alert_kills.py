"""kill -9 of workers and notifiers: every alert reaches its receiver, under one id, and none is made up."""

import time
from pathlib import Path

from tests.faults.alarms import Alarms, Plan
from tests.parts.kafka import Kafka
from tests.stack.nhip_tools import installation
from tests.stack.receiver_tools import receiving


async def test_workers_and_notifiers_are_killed_while_systems_fail(
    kafka: Kafka, database: str, topic_prefix: str, tmp_path: Path
) -> None:
    installed = installation(kafka.bootstrap, database, topic_prefix)
    done = installed.run("setup")
    assert done.returncode == 0, done.stderr
    plan = Plan(seconds=20, troubled=4, rate=200, seed=time.time_ns() % 1_000_000)
    print(plan)
    with receiving(503, 429, 500) as receiver:
        await Alarms(installed, receiver, plan, tmp_path).run()
