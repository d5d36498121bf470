"""The settings by which the demo's processes, and every other command, talk to the demo."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from connectors.catalogue import example
from connectors.embedded.ports import LOOPBACK, free_port
from nhip.files import written

Environment = Mapping[str, str]

_PARTITIONS = 2  # of each topic: a demo has one worker and two cores


def environment(database: str, brokers: str, wallboard_port: int) -> dict[str, str]:
    """Every NHIP_* variable of a demo; `database` is the superuser's URL. Keys are made anew each time."""
    gateway, metrics, notifier = free_port(), free_port(), free_port()
    return {
        "NHIP_EMBEDDED": "true",
        "NHIP_KAFKA_BROKERS": brokers,
        "NHIP_KAFKA_PARTITIONS": str(_PARTITIONS),
        "NHIP_TOPIC_PREFIX": "nhip.",
        "NHIP_OWNER_DATABASE_URL": database,
        "NHIP_DATABASE_URL": _as_role(database, "nhip_writer"),
        "NHIP_READER_DATABASE_URL": _as_role(database, "nhip_reader"),
        "NHIP_CATALOGUE": str(example()),
        "NHIP_GATEWAY_DATABASE_URL": _as_role(database, "nhip_gateway"),
        "NHIP_PEOPLE_DATABASE_URL": _as_role(database, "nhip_people"),
        "NHIP_PSEUDONYM_KEY": secrets.token_hex(32),
        "NHIP_API_KEY": secrets.token_hex(32),
        "NHIP_OPERATE_KEY": secrets.token_hex(32),
        "NHIP_GATEWAY_PORT": str(gateway),
        "NHIP_GATEWAY_URL": f"http://{LOOPBACK}:{gateway}",
        "NHIP_METRICS_PORT": str(metrics),
        "NHIP_NOTIFIER_PORT": str(notifier),
        "NHIP_WALLBOARD_PORT": str(wallboard_port),
        "NHIP_DEMO_OPERATOR": "truc-ban",
        "NHIP_DEMO_PASSWORD": secrets.token_urlsafe(12),
    }


def adopt(settings: Environment) -> None:
    """Make these the settings of this process and of those it starts; of its own NHIP_* only the language stays."""
    for name in [name for name in os.environ if name.startswith("NHIP_") and name != "NHIP_LANGUAGE"]:
        del os.environ[name]
    os.environ.update(settings)


def write(path: Path, settings: Environment) -> None:
    """Write the settings as lines that a shell and `env` read, for the eyes of this user only. Raises WrongUse."""
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    with written("--env-file", path):
        path.unlink(missing_ok=True)  # whoever may read an older file must not read the keys
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(lines)


def _as_role(url: str, role: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@{parts.netloc.rpartition('@')[2]}").geturl()
