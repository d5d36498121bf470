"""A process of the demo: it writes to a log file, is stopped as a whole, and ends when we end, even by kill -9."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from pwd import struct_passwd

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Child:
    """A started process. Start it from the main thread: Linux ties it to the thread that started it."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        user: struct_passwd | None = None,
        orphaned: signal.Signals = signal.SIGKILL,
    ) -> "Child":
        """Start `command` in a session of its own, so that Ctrl-C reaches us first; `orphaned` is sent if we die."""
        with log.open("ab") as out:
            process = subprocess.Popen(  # noqa: S603 - the demo's own programs
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
                preexec_fn=_tie(orphaned),
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )
        return cls(name, log, process)

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll()

    def stop(self, ask: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
        """Ask it to end; what is left of its process group after `patience` seconds is killed."""
        if self.exit_code is None:
            self.process.send_signal(ask)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def last_lines(self, count: int = 10) -> str:
        """What it wrote last."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-count:])


def _tie(orphaned: signal.Signals) -> Callable[[], None] | None:
    """Run between fork and exec, after the change of user (which would undo it). Only Linux can; see scratch.py."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(orphaned))
        if os.getppid() != parent:  # we died in between
            os._exit(1)

    return tie
