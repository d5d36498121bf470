"""Each name of Faust, mode and aiokafka, private or not promised, that connectors/kafka leans on.

faust-streaming is pinned exactly; when the pin moves, what fails here is what to read again.
"""

import inspect
from importlib.metadata import entry_points, version
from types import SimpleNamespace

import aiokafka
import faust
import pytest
from aiokafka.consumer.fetcher import Fetcher, FetchResult
from aiokafka.consumer.subscription_state import SubscriptionState, TopicPartitionState
from aiokafka.protocol.api import Request
from faust.agents.agent import Agent
from faust.app.base import BootStrategy
from faust.serializers import codecs
from faust.streams import Stream
from faust.tables.recovery import Recovery
from faust.topics import Topic
from faust.transport.conductor import Conductor
from faust.transport.consumer import Consumer as BaseConsumer
from faust.transport.consumer import Fetcher as FetcherService
from faust.transport.drivers import aiokafka as stock
from faust.types import TP, ConsumerMessage
from mode import Service
from mode.threads import QueueServiceThread, ServiceThread, WorkerThread

from connectors.kafka.driver import Consumer, Transport
from connectors.kafka.thread import ConsumerThread


def parameters(function) -> list[str]:
    return list(inspect.signature(function).parameters)


def source(thing) -> str:
    return inspect.getsource(thing)


def test_the_versions_are_the_ones_that_were_read():
    assert version("faust-streaming") == "0.15.3"
    assert version("aiokafka").startswith("0.14.")


def test_the_app_makes_its_consumer_when_it_is_first_asked_for():
    assert faust.App._consumer is None
    assert "self._consumer = self._new_consumer()" in source(faust.App.consumer.fget)


def test_the_driver_is_found_by_its_url_scheme():
    (found,) = entry_points(group="faust.transports", name="nhip")
    assert found.load() is Transport


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (stock.Consumer._new_consumer_thread, ["self"]),
        (stock.AIOKafkaConsumerThread._create_worker_consumer, ["self", "transport"]),
        (stock.AIOKafkaConsumerThread._ensure_consumer, ["self"]),
        (stock.AIOKafkaConsumerThread.subscribe, ["self", "topics"]),
        (stock.AIOKafkaConsumerThread._commit, ["self", "offsets"]),
        (stock.credentials_to_aiokafka_auth, ["credentials", "ssl_context"]),
        (stock.server_list, ["urls", "default_port"]),
        (QueueServiceThread.call_thread, ["self", "fun", "args", "kwargs"]),
        (BaseConsumer.getmany, ["self", "timeout"]),
        (BaseConsumer.perform_seek, ["self"]),
        (BaseConsumer.on_partitions_assigned, ["self", "assigned", "generation_id"]),
        (BaseConsumer.ack, ["self", "message"]),
        (BaseConsumer._new_offset, ["self", "tp"]),
        (BaseConsumer._add_gap, ["self", "tp", "offset_from", "offset_to"]),
        (BaseConsumer.wait_empty, ["self"]),
        (BaseConsumer.commit_and_end_transactions, ["self"]),
        (BaseConsumer.verify_event_path, ["self", "now", "tp"]),
        (faust.App._create_directories, ["self"]),
        (Service._crash, ["self", "reason"]),
        (Fetcher.fetched_records, ["self", "partitions", "timeout", "max_records"]),
        (Fetcher._create_fetch_waiter, ["self"]),
        (Fetcher._notify, ["self", "future"]),
        (SubscriptionState.fetch_context, ["self"]),
        (TopicPartitionState.pause, ["self"]),
        (Request.build, ["self", "request_struct_class"]),
    ],
)
def test_a_method_has_the_signature_relied_on(function, expected):
    assert parameters(function) == expected


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (ServiceThread, "Worker"),
        (ServiceThread, "shutdown_timeout"),
        (WorkerThread, "_set_stopped"),
        (BootStrategy, "enable_kafka_producer"),
        (faust.App, "BootStrategy"),
        (codecs.Codec, "loads"),
        (TopicPartitionState, "position"),
        (TopicPartitionState, "has_valid_position"),
        (SubscriptionState, "reassignment_in_progress"),
    ],
)
def test_a_class_has_the_attribute_relied_on(owner, name):
    assert hasattr(owner, name)


@pytest.mark.parametrize(
    "name", ["_acked", "_acked_index", "_committed_offset", "_read_offset", "_unacked_messages", "flow_active"]
)
def test_faust_keeps_the_books_that_the_driver_writes(name):
    assert name in BaseConsumer.__annotations__


@pytest.mark.parametrize("name", ["_records", "_fetch_waiters", "_subscriptions", "_closed"])
def test_aiokafkas_fetcher_has_the_state_that_the_driver_reads(name):
    assert f"self.{name} = " in source(Fetcher.__init__)


@pytest.mark.parametrize("name", ["highwater", "lso", "timestamp"])
def test_aiokafka_keeps_the_end_and_the_time_of_the_last_answer(name):
    assert f"self.{name} = " in source(TopicPartitionState.__init__)
    assert f"tp_state.{name} = " in source(Fetcher._proc_fetch_request)


def test_fetched_records_gives_up_the_loop_only_before_it_drains():
    before, _, drains = source(Fetcher.fetched_records).partition("for tp in list(self._records.keys())")
    assert "await self._subscriptions.wait_for_assignment()" in before
    assert "await" not in drains.partition("if drained or not timeout:")[0]


def test_the_position_moves_while_records_are_taken_also_past_those_that_are_left_out():
    assert "consumed_to" in source(FetchResult._update_position)
    assert source(FetchResult.getall).count("self._update_position()") == 2


def test_faust_places_partitions_by_perform_seek_and_resumes_only_then():
    resume = source(Recovery._resume_streams)
    assert resume.index("consumer.perform_seek()") < resume.index("consumer.resume_flow()")
    assert "timeout=self.app.conf.broker_request_timeout" in resume


def test_faust_drops_in_silence_a_message_below_its_read_offset():
    drain = source(BaseConsumer._drain_messages)
    assert "if r_offset is None or offset >= r_offset:" in drain
    assert "getmany(timeout=1.0)" in drain


def test_a_stream_acknowledges_by_itself_unless_it_is_told_not_to():
    assert "do_ack = self.enable_acks" in source(Stream._c_aiter)
    assert "enable_acks" in parameters(Stream.__init__)


def test_a_stream_that_is_closed_withdraws_its_isolated_topic():
    assert "self._channel_stop_iteration(self.channel)" in source(Stream._c_aiter)
    assert "self.app.topics.discard" in source(Topic.on_stop_iteration)


def test_a_cancelled_agent_is_started_again_which_is_why_ours_returns():
    assert "await aref.crash(exc)" in source(Agent._execute_actor)


def test_faust_subscribes_again_after_an_isolated_topic_was_withdrawn():
    assert "self._flag_changes()" in source(Conductor.discard)
    assert "await self.app.consumer.subscribe(subscribed_topics)" in source(inspect.unwrap(Conductor._subscriber.fun))


def test_a_fetcher_service_drains_through_the_consumer():
    assert "consumer._drain_messages" in source(FetcherService._fetcher.fun)


def test_a_message_is_acknowledged_through_the_consumer():
    acked = []
    message = ConsumerMessage("t", 0, 0, 0.0, 0, [], None, None, None, tp=TP("t", 0), generation_id=1)
    message.incref()
    assert message.ack(SimpleNamespace(ack=lambda m: acked.append(m) or True))
    assert acked == [message]


def test_the_settings_that_a_worker_runs_with_exist():
    settings = faust.App("names", broker="nhip://localhost").conf
    for name in ("stream_wait_empty", "topic_allow_declare", "topic_disable_leader", "web_enabled", "autodiscover"):
        assert hasattr(settings, name)
    for name in ("session_timeout", "heartbeat_interval", "rebalance_timeout", "request_timeout", "commit_interval"):
        assert isinstance(getattr(settings, f"broker_{name}"), float)


def test_our_overrides_override_something():
    for ours, theirs in ((Consumer, stock.Consumer), (ConsumerThread, stock.AIOKafkaConsumerThread)):
        added = {"expects", "drop", "pause", "out_of_range", "standings", "refresh_ends", "bounds", "ends", "place"}
        added |= {"wake", "fetches", "state"}
        public = {name for name in vars(ours) if not name.startswith("_") and callable(getattr(ours, name))}
        assert all(hasattr(theirs, name) for name in public - added)


def test_an_aiokafka_record_is_a_record():
    for name in ("offset", "timestamp", "timestamp_type", "key", "value", "headers"):
        assert name in aiokafka.ConsumerRecord.__dataclass_fields__
