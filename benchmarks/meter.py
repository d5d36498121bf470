"""What a run costs: processor time and memory of a process, from Linux's /proc."""

import os
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far, 0 where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def backend_seconds(database: psycopg.Connection) -> float:
    """Processor time of a connection's backend so far, to the microsecond; it has one thread."""
    return int(Path(f"/proc/{database.info.backend_pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def peak_mib(pid: int) -> float:
    """The largest resident size of a process so far, 0 where there is none."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


class Meter:
    """Processor time of a worker and of its PostgreSQL backends, on this machine, from now on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._begun = processor_seconds(pid)
        self._first: dict[int, float] = {}
        self._last: dict[int, float] = {}

    def read(self, database: psycopg.Connection) -> tuple[float, float]:
        """Seconds spent by the worker, and by the backends of a database since each was first seen."""
        for (backend,) in database.execute(BACKENDS).fetchall():
            self._last[backend] = processor_seconds(backend)
            self._first.setdefault(backend, self._last[backend])
        spent = sum(seconds - self._first[backend] for backend, seconds in self._last.items())
        return processor_seconds(self._pid) - self._begun, spent
