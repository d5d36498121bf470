"""PostgreSQL 17 with TimescaleDB as Debian 13 packages them: on the machine itself if it is one, else in a chroot."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.parts import machine, ports, probes
from tests.parts.part import Part

_PORT = 5517
_VARIABLE = "NHIP_PARTS_PG_PORT"
_PACKAGE = "postgresql-17-timescaledb"
_BIN = "/usr/lib/postgresql/17/bin"
_NO_MAIN_CLUSTER = Path("/etc/postgresql-common/createcluster.d/nhip-parts.conf")
# For two cores shared with Kafka and the tests. fsync stays on: what fault tests prove rests on it. No Unix socket and
# System V shared memory, so that a chroot needs no mounts. Each database with the extension takes a background worker.
_SETTINGS = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
dynamic_shared_memory_type = sysv
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
max_connections = 200
max_worker_processes = 32
max_locks_per_transaction = 256
shared_buffers = 512MB
max_wal_size = 4GB
timezone = 'UTC'
"""
# As embedded and in Compose: texts compare as bytes, in the order that C.UTF-8 of the C library gives, and faster.
_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


class Timescale(Part):
    """A server on 127.0.0.1, by default 5517 (``NHIP_PARTS_PG_PORT``); superuser ``postgres``, trusted on loopback."""

    name = "TimescaleDB"
    setting = "NHIP_TEST_TIMESCALE"

    @property
    def address(self) -> str:
        return f"postgresql://postgres@{ports.HOST}:{ports.recall(self.home / 'port')}/postgres"

    @property
    def url(self) -> str:
        """The superuser's URL of the database ``postgres``."""
        return self.address

    @property
    def log(self) -> Path:
        return self._outside(self._data) / "server.log"

    def is_running(self) -> bool:
        if not self._outside(self._data).exists():
            return False
        return self._postgres("pg_ctl", "status", "-D", self._data).returncode == 0

    def answers(self) -> bool:
        return probes.postgres_answers(self.url)

    def install(self) -> None:
        machine.require_root("PostgreSQL of Debian 13")
        if not self._outside(_BIN).exists():
            self._install_packages() if self._root == Path("/") else self._build_chroot()
        if not self._outside(self._data).exists():
            self._checked("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", *_LOCALE)

    def launch(self) -> None:
        port = ports.choose(self.home / "port", _PORT, demanded=os.environ.get(_VARIABLE))
        (self._outside(self._data) / "postgresql.auto.conf").write_text(_SETTINGS.format(port=port))
        # Its exit code says less than the server's log, which is quoted when the server does not answer.
        self._postgres("pg_ctl", "start", "-D", self._data, "-l", f"{self._data}/server.log", "-t", "120")

    def stop(self) -> None:
        self._checked("pg_ctl", "stop", "-D", self._data, "-m", "fast")

    def kill(self) -> None:
        self._checked("pg_ctl", "stop", "-D", self._data, "-m", "immediate")

    @property
    def _root(self) -> Path:
        release = machine.debian_release()
        return Path("/") if release is not None and release >= 13 else self.home / "trixie"

    @property
    def _data(self) -> str:
        """As the server sees it. Not below our directory, which the user postgres may not be allowed to enter."""
        return f"/var/lib/postgresql/nhip-{hashlib.sha256(bytes(self.home)).hexdigest()[:12]}"

    def _outside(self, path: str) -> Path:
        return self._root / path.lstrip("/")

    def _postgres(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        chroot = ["/usr/sbin/chroot", "--userspec=postgres:postgres", str(self._root)]
        return subprocess.run([*chroot, f"{_BIN}/{program}", *arguments], cwd="/", text=True, capture_output=True)

    def _checked(self, program: str, *arguments: str) -> None:
        done = self._postgres(program, *arguments)
        if done.returncode:
            raise machine.PartUnavailable(f"{program} failed: {machine.last_line(done.stderr or done.stdout)}")

    def _install_packages(self) -> None:
        """Debian would start a cluster of its own on port 5432; it asks this file first."""
        _NO_MAIN_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        _NO_MAIN_CLUSTER.write_text("create_main_cluster = false\n")
        try:
            machine.install_packages(_PACKAGE)
        finally:
            _NO_MAIN_CLUSTER.unlink()

    def _build_chroot(self) -> None:
        machine.require_programs({"debootstrap": ["debootstrap", "debian-archive-keyring"]})
        machine.progress("building a Debian 13 chroot with PostgreSQL 17 and TimescaleDB, about a minute")
        partial = self.home / "trixie-partial"
        _discard(partial)
        try:
            machine.command("debootstrap", "--variant=minbase", f"--include={_PACKAGE}", "trixie", partial)
            machine.command("/usr/sbin/chroot", partial, "apt-get", "clean")
        except BaseException:
            _discard(partial)
            raise
        partial.rename(self._root)


def _discard(tree: Path) -> None:
    """Remove a chroot that was left half built, with what debootstrap may have mounted in it."""
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for mount in sorted((mount for mount in mounts if mount.startswith(f"{tree}/")), reverse=True):
        machine.command("umount", mount)
    shutil.rmtree(tree, ignore_errors=True)
