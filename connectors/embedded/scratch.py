"""A directory that is gone when we are, even after kill -9."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REAP = 'cat; sleep 2; exec rm -rf -- "$0"'  # its stdin closes when we end, however we end; 2 s for the parts to go


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a fresh directory. Others may pass through it but not list it: PostgreSQL runs as another user for root.

    Directly under /tmp where there is one, since the path of a Unix socket may have no more than 107 bytes.
    """
    directory = Path(tempfile.mkdtemp(prefix="nhip-", dir="/tmp" if os.path.isdir("/tmp") else None))  # noqa: S108 - with a name of its own
    directory.chmod(0o711)
    reaper = subprocess.Popen(  # noqa: S603 - fixed words
        ["/bin/sh", "-c", _REAP, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        reaper.kill()
        reaper.communicate()
