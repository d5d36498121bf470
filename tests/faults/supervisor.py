"""What systemd or Docker does for a process: start it again when it ends."""

import signal
import subprocess
import threading
from collections.abc import Callable
from typing import Self

RESTART_SECONDS = 1.0
STOP_SECONDS = 60.0

Process = subprocess.Popen[bytes]


class Supervisor:
    """Keeps a process running; `endings` are the exit codes so far, -9 for each kill."""

    def __init__(self, start: Callable[[], Process]) -> None:
        self.endings: list[int] = []
        self._start = start
        self._stopping = threading.Event()
        self._process = start()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def kill(self) -> None:
        """SIGKILL: the process has no say in it."""
        self._process.kill()

    def stop(self) -> int:
        """SIGTERM, no restart, and the exit code."""
        self._stopping.set()
        self._process.send_signal(signal.SIGTERM)
        self._thread.join(STOP_SECONDS)
        return self.endings[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._process.kill()
        self._thread.join()

    def _keep(self) -> None:
        while True:
            self.endings.append(self._process.wait())
            if self._stopping.wait(RESTART_SECONDS):
                return
            self._process = self._start()
