"""Prometheus Alertmanager as Debian packages it."""

import os
import signal
from pathlib import Path

from tests.parts import machine, ports, probes
from tests.parts.part import Part
from tests.parts.process import Process

_PORT = 19093
_VARIABLE = "NHIP_PARTS_ALERTMANAGER_PORT"
_PACKAGE, _PROGRAM = "prometheus-alertmanager", "/usr/bin/prometheus-alertmanager"
# Grouped by rule, and at once: tests do not wait for more of the same.
_CONFIGURATION = """\
route: {receiver: nobody, group_by: [alertname], group_wait: 0s}
receivers: [{name: nobody}]
"""


class Alertmanager(Part):
    """A server on 127.0.0.1, by default 19093 (``NHIP_PARTS_ALERTMANAGER_PORT``), on its own: no cluster."""

    name = "Alertmanager"
    setting = "NHIP_TEST_ALERTMANAGER"
    configuration = _CONFIGURATION

    @property
    def address(self) -> str:
        return f"http://{ports.HOST}:{ports.recall(self.home / 'port')}"

    @property
    def log(self) -> Path:
        return self.home / "alertmanager.log"

    def is_running(self) -> bool:
        return Process.recorded(self._process) is not None

    def answers(self) -> bool:
        return probes.http_answers(f"{self.address}/-/ready")

    def install(self) -> None:
        if not Path(_PROGRAM).exists():
            self._install_package()

    def launch(self) -> None:
        port = ports.choose(self.home / "port", _PORT, demanded=os.environ.get(_VARIABLE))
        configuration = self.home / "alertmanager.yml"
        configuration.write_text(self.configuration)
        words = [
            _PROGRAM, f"--config.file={configuration}", f"--storage.path={self.home / 'data'}",
            f"--web.listen-address={ports.HOST}:{port}", "--cluster.listen-address=",
        ]  # fmt: skip
        Process.launch(words, self.log, record=self._process)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    @property
    def _process(self) -> Path:
        return self.home / "process"

    def _end(self, number: signal.Signals) -> None:
        process = Process.recorded(self._process)
        if process is not None:
            process.end(number)

    def _install_package(self) -> None:
        """The package would start a server of its own on port 9093, which Debian asks this file about first."""
        policy = Path("/usr/sbin/policy-rc.d")
        ours = not policy.exists()
        if ours:
            machine.require_root(f"installing {_PACKAGE}")
            policy.write_text("#!/bin/sh\nexit 101\n")
            policy.chmod(0o755)
        try:
            machine.install_packages(_PACKAGE)
        finally:
            if ours:
                policy.unlink()
