"""Apache Kafka in KRaft mode, one node that is broker and controller, from Maven Central."""

import base64
import os
import signal
from pathlib import Path

from tests.parts import jars, machine, ports, probes
from tests.parts.part import Part
from tests.parts.process import Process

_PORT = 19092
_VARIABLE = "NHIP_PARTS_KAFKA_PORT"
_LOGGING = """\
rootLogger.level=warn
rootLogger.appenderRef.out.ref=OUT
appender.out.type=Console
appender.out.name=OUT
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %c: %m%n
"""
# Internal topics default to 50 partitions and three replicas, for a cluster; these start faster and fit one node.
_SERVER = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
"""


class Kafka(Part):
    """A broker on 127.0.0.1, by default 19092 (``NHIP_PARTS_KAFKA_PORT``), no authentication, no automatic topics."""

    name = "Kafka"
    setting = "NHIP_TEST_KAFKA"

    @property
    def address(self) -> str:
        return f"{ports.HOST}:{ports.recall(self.home / 'port')}"

    @property
    def bootstrap(self) -> str:
        """``host:port`` for ``bootstrap_servers``."""
        return self.address

    @property
    def log(self) -> Path:
        return self.home / "kafka.log"

    def is_running(self) -> bool:
        return Process.recorded(self._process) is not None

    def answers(self) -> bool:
        return probes.kafka_answers(self.bootstrap)

    def install(self) -> None:
        jars.require_java()
        if not self._jars.exists():
            jars.fetch(self._jars)
        if not (self._data / "meta.properties").exists():
            self._format()

    def launch(self) -> None:
        self._configure()
        Process.launch([*self._java("kafka.Kafka"), self._properties], self.log, record=self._process)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As any kill; the start after it takes 12 s, as the controller waits out the session of the dead broker."""
        self._end(signal.SIGKILL)

    @property
    def _jars(self) -> Path:
        return self.home / f"kafka-{jars.VERSION}"

    @property
    def _data(self) -> Path:
        return self.home / "data"

    @property
    def _properties(self) -> Path:
        return self.home / "server.properties"

    @property
    def _process(self) -> Path:
        return self.home / "process"

    def _java(self, main: str) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={self.home / 'log4j2.properties'}"
        return ["java", "-Xmx768m", "-XX:+ExitOnOutOfMemoryError", logging, "-cp", f"{self._jars}/*", main]

    def _format(self) -> None:
        """Each directory is a cluster of its own: Nhịp tells a recreated topic by the cluster's id."""
        self._configure()
        cluster = base64.urlsafe_b64encode(b"nhip" + os.urandom(12)).decode().rstrip("=")
        tool = self._java("kafka.tools.StorageTool")
        machine.command(*tool, "format", "--cluster-id", cluster, "--config", self._properties)

    def _configure(self) -> None:
        port = ports.choose(self.home / "port", _PORT, demanded=os.environ.get(_VARIABLE))
        controller = ports.choose(self.home / "controller-port", port + 1)
        self._properties.write_text(_SERVER.format(port=port, controller=controller, data=self._data))
        (self.home / "log4j2.properties").write_text(_LOGGING)

    def _end(self, number: signal.Signals) -> None:
        process = Process.recorded(self._process)
        if process is not None:
            process.end(number)
