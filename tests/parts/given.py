"""Parts that somebody else started and the environment names: used, never stopped."""

import os
from typing import NoReturn

from tests.parts.alertmanager import Alertmanager
from tests.parts.kafka import Kafka
from tests.parts.machine import PartUnavailable
from tests.parts.part import Part
from tests.parts.timescale import Timescale


class Given(Part):
    """Stands before Kafka or Timescale in a class's bases and takes starting and stopping away from it."""

    @property
    def address(self) -> str:
        return os.environ[self.setting]

    def up(self) -> bool:
        if not self.answers():
            raise PartUnavailable(f"{self.name}: nothing answers at {self.address} ({self.setting})")
        return False

    def down(self) -> None:
        """Leave it to those who started it."""

    def start(self) -> NoReturn:
        raise self._not_ours()

    def stop(self) -> NoReturn:
        raise self._not_ours()

    def kill(self) -> NoReturn:
        raise self._not_ours()

    def _not_ours(self) -> PartUnavailable:
        return PartUnavailable(f"{self.name}: {self.setting} names one that others started; it is not ours to stop")


class GivenKafka(Given, Kafka):
    """The broker at ``NHIP_TEST_KAFKA`` (``host:port``)."""


class GivenAlertmanager(Given, Alertmanager):
    """The server at ``NHIP_TEST_ALERTMANAGER`` (a URL)."""


class GivenTimescale(Given, Timescale):
    """The server at ``NHIP_TEST_TIMESCALE`` (a superuser's URL of the database ``postgres``)."""
