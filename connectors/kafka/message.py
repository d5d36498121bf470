"""A Fetch in the clothes of a Faust message."""

from typing import Any

from faust.serializers import codecs
from faust.types import TP, ConsumerMessage

from streams.fetch import Fetch


class PassThrough(codecs.Codec):  # type: ignore[misc]  # faust is untyped for us
    """Hands a Fetch on as it is; Faust's `raw` insists on bytes."""

    def loads(self, s: Any) -> Any:
        return s


codecs.register("fetch", PassThrough())


def message_of(tp: TP, fetch: Fetch, generation: int) -> ConsumerMessage:
    last = fetch.records[-1] if fetch.records else None
    return ConsumerMessage(
        topic=fetch.topic,
        partition=fetch.partition,
        offset=fetch.after - 1,  # Faust commits the offset after this one
        timestamp=last.timestamp / 1000 if last else 0.0,
        timestamp_type=last.timestamp_type if last else 0,
        headers=[],
        key=None,
        value=fetch,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        tp=tp,
        generation_id=generation,  # without it the stream drops the message in silence
    )
