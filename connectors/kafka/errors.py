"""What can go wrong with Kafka, and what to do about it. The docstring of each class is its message."""


class KafkaError(Exception):
    """Kafka trouble; see the details."""

    def __init__(self, detail: str = "") -> None:
        message = type(self).__doc__ or ""
        super().__init__(f"{message} ({detail})" if detail else message)


class BrokerUnavailable(KafkaError):
    """No Kafka broker answered in time: try again, and check NHIP_KAFKA_BROKERS and the network."""


class TopicMissing(BrokerUnavailable):
    """The topic does not exist or may not be written: run `nhip setup`, and check the broker's access rules."""


class MessageRejected(KafkaError):
    """Kafka will never take this message as it is: do not try it again."""


class SecurityMismatch(KafkaError):
    """The Kafka security settings do not fit together: correct the one that is named."""


class TopicsUnfit(KafkaError):
    """A topic has settings that would make events untrue: correct it with kafka-configs, or choose another prefix."""


class PartitionsStalled(KafkaError):
    """A partition had records to read and did not move: the process ends so that another one takes over."""
