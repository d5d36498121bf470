"""Kafka as the settings describe it."""

from collections.abc import Iterator
from contextlib import contextmanager

from connectors.kafka.errors import BrokerUnavailable, KafkaError, SecurityMismatch
from connectors.kafka.producer import Producer
from connectors.kafka.security import Security
from nhip.settings import Settings
from streams.errors import NhipError, Unreachable, WrongUse


def security(settings: Settings) -> Security:
    """The broker's terms. Raises WrongUse where the settings do not fit together."""
    try:
        return Security(
            protocol=settings.kafka_security,
            mechanism=settings.kafka_mechanism,
            username=settings.kafka_username,
            password=settings.kafka_password.get_secret_value() if settings.kafka_password else None,
            ca_file=settings.kafka_ca_file,
            certificate_file=settings.kafka_cert_file,
            key_file=settings.kafka_key_file,
        )
    except SecurityMismatch as error:
        raise WrongUse(f"NHIP_KAFKA_…: {error}") from error


def producer(settings: Settings) -> Producer:
    """A producer, not started yet; the embedded broker has no idempotent one."""
    return Producer(settings.kafka_brokers.split(","), security(settings), idempotent=not settings.embedded)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the Kafka connector's errors into what the command line answers with."""
    try:
        yield
    except BrokerUnavailable as error:
        raise Unreachable(str(error)) from error
    except KafkaError as error:
        raise NhipError(str(error)) from error
