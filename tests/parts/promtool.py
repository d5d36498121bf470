"""Prometheus's checker of rules, out of Debian's package, which need not be installed for it."""

import shutil
from pathlib import Path

from tests.parts import machine

_PACKAGE = "prometheus"


def promtool(directory: Path) -> Path:
    """The program: the one on PATH, else one that is unpacked in a directory. Raises PartUnavailable."""
    installed = shutil.which("promtool")
    if installed:
        return Path(installed)
    unpacked = directory / "usr/bin/promtool"
    if not unpacked.exists():
        _unpack(directory)
    return unpacked


def _unpack(directory: Path) -> None:
    if shutil.which("apt-get") is None:
        raise machine.PartUnavailable(f"promtool: {_PACKAGE} of Debian cannot be had without apt-get")
    machine.progress(f"fetching {_PACKAGE} for promtool")
    directory.mkdir(parents=True, exist_ok=True)
    try:
        machine.command("apt-get", "download", "-q", _PACKAGE, cwd=directory)
    except machine.PartUnavailable:  # a fresh machine has no lists yet
        machine.require_root("apt-get update, for promtool,")
        machine.command("apt-get", "update", "-q")
        machine.command("apt-get", "download", "-q", _PACKAGE, cwd=directory)
    (package,) = sorted(directory.glob(f"{_PACKAGE}_*.deb"))[-1:]
    machine.command("dpkg", "-x", package, directory)
    package.unlink()
