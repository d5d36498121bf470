"""A server's process that outlives the one that started it, found again through a file."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

# In a session of its own, so that Ctrl-C in a test run spares it, and not our child, so that it leaves no zombie.
_LAUNCH = 'setsid "$@" >>"$0" 2>&1 </dev/null & echo $!'
_PAUSE_S = 0.02


@dataclass(frozen=True)
class Process:
    """A process by its number and its start in clock ticks since boot: the number alone is handed on to others.

    Not by its command line, which is empty while a program is loaded, and again while its sockets are being closed.
    """

    pid: int
    started: str

    @classmethod
    def launch(cls, words: Sequence[str | Path], log: Path, record: Path) -> None:
        """Start a program whose output is appended to ``log``, and note in ``record`` which process it is."""
        launched = subprocess.run(["sh", "-c", _LAUNCH, log, *words], check=True, text=True, stdout=subprocess.PIPE)
        pid = int(launched.stdout)
        record.write_text(f"{pid} {_alive_since(pid)}")

    @classmethod
    def recorded(cls, record: Path) -> Self | None:
        """The process noted in ``record`` if it is still there."""
        try:
            pid, started = record.read_text().split()
        except FileNotFoundError:
            return None
        process = cls(int(pid), started)
        return process if process.is_there() else None

    def is_there(self) -> bool:
        """Whether any of its threads lives, and with it the port and the files' locks."""
        return _alive_since(self.pid) == self.started

    def end(self, number: signal.Signals) -> None:
        """Send a signal that ends it, and return once it is gone."""
        os.kill(self.pid, number)
        while self.is_there():
            time.sleep(_PAUSE_S)


def _alive_since(pid: int) -> str | None:
    """When a process started; None if it has ended, even where its parent does not care. Fields as in proc(5)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, threads, started = fields[0], int(fields[17]), fields[19]
    return None if state == "Z" and threads <= 1 else started
