"""What this machine is, and how a part gets the programs it needs onto it."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_NONINTERACTIVE = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


class PartUnavailable(Exception):
    """This machine cannot provide a part; the message says in one line which part and why."""


def command(*arguments: str | Path, cwd: Path | None = None) -> str:
    """Run a program to its end and return what it printed.

    Raises:
        PartUnavailable: the program is missing or failed; carries the line that says why.
    """
    words = [str(argument) for argument in arguments]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=_NONINTERACTIVE,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except OSError as error:
        raise PartUnavailable(f"{words[0]} cannot be run: {error.strerror}") from None
    if done.returncode:
        raise PartUnavailable(f"{words[0]} failed: {_first_error(done.stdout) or last_line(done.stdout)}")
    return done.stdout


def last_line(text: str) -> str:
    """The last line that says something, for messages of one line; Java's stack frames do not."""
    lines = (line.strip() for line in reversed(text.splitlines()))
    return next((line for line in lines if line and not line.startswith("at ")), "it printed nothing")


def _first_error(text: str) -> str | None:
    """As Maven and apt mark it; after the first error both go on to general advice."""
    return next((line for line in text.splitlines() if line.startswith(("[ERROR]", "E: "))), None)


def progress(message: str) -> None:
    """Tell the person who waits; stdout is kept for the settings that `up` prints."""
    print(message, file=sys.stderr, flush=True)


def require_root(purpose: str) -> None:
    """Raise PartUnavailable unless we are root, saying what root is needed for."""
    if os.geteuid() != 0:
        raise PartUnavailable(f"{purpose} needs root")


def debian_release() -> int | None:
    """Debian's major version; None on anything else, testing and unstable included (they carry no number)."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    return int(release["VERSION_ID"]) if release["ID"] == "debian" and "VERSION_ID" in release else None


def require_programs(packages: Mapping[str, Sequence[str]]) -> None:
    """Install the Debian packages of those programs (the keys) that are not on PATH."""
    missing = [package for program, names in packages.items() if shutil.which(program) is None for package in names]
    if missing:
        install_packages(*missing)


def install_packages(*packages: str) -> None:
    """Install Debian packages.

    Raises:
        PartUnavailable: not root, no apt-get here, no network, no such package.
    """
    wanted = " ".join(packages)
    require_root(f"installing {wanted}")
    if shutil.which("apt-get") is None:
        raise PartUnavailable(f"{wanted} missing, and without apt-get only a person can install them")
    progress(f"installing {wanted}")
    patience = ("-o", "DPkg::Lock::Timeout=300")  # another apt may be at work on a fresh machine
    command("apt-get", "update", "-q", *patience)
    command("apt-get", "install", "-q", "-y", "--no-install-recommends", *patience, *packages)
