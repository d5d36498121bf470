"""The parts that tests, benchmarks and people use: the ones given by the environment, else our own in a directory."""

import os
from pathlib import Path

from tests.parts.alertmanager import Alertmanager
from tests.parts.given import GivenAlertmanager, GivenKafka, GivenTimescale
from tests.parts.kafka import Kafka
from tests.parts.timescale import Timescale

DIRECTORY = Path(__file__).parents[2] / ".parts"


def kafka(directory: Path = DIRECTORY) -> Kafka:
    """Kafka at ``NHIP_TEST_KAFKA``, else in ``directory``; not started yet."""
    return (GivenKafka if os.environ.get(Kafka.setting) else Kafka)(directory / "kafka")


def alertmanager(directory: Path = DIRECTORY) -> Alertmanager:
    """Alertmanager at ``NHIP_TEST_ALERTMANAGER``, else in ``directory``; not started yet."""
    return (GivenAlertmanager if os.environ.get(Alertmanager.setting) else Alertmanager)(directory / "alertmanager")


def timescale(directory: Path = DIRECTORY) -> Timescale:
    """TimescaleDB at ``NHIP_TEST_TIMESCALE``, else in ``directory``; not started yet."""
    return (GivenTimescale if os.environ.get(Timescale.setting) else Timescale)(directory / "timescale")
