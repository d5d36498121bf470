"""The one data source of the boards: the reader role, under the uid that every panel names."""

from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from streams.errors import WrongUse

_MODES = ("disable", "require", "verify-ca", "verify-full")
"""What Grafana knows of libpq's sslmode; the others would fall back to no encryption."""


class Source(NamedTuple):
    """Grafana's model of a data source, and the password that it never shows again."""

    model: dict[str, Any]
    password: str

    def as_sent(self) -> dict[str, Any]:
        """The model with the password, as Grafana takes it."""
        return self.model | {"secureJsonData": {"password": self.password}}


def source(uid: str, kind: str, url: str) -> Source:
    """A data source that connects as a PostgreSQL URL says. Raises WrongUse if it lacks a part that Grafana needs."""
    parts = urlsplit(url)
    database = parts.path.lstrip("/")
    if not (parts.hostname and parts.username and parts.password and database):
        raise WrongUse("the URL that Grafana connects with must be postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
    asked = parse_qs(parts.query).get("sslmode", ["require"])[0]
    model = {
        "uid": uid,
        "name": "Nhịp",
        "type": kind,
        "access": "proxy",
        "url": f"{parts.hostname}:{parts.port or 5432}",
        "user": unquote(parts.username),
        "isDefault": True,
        "jsonData": {
            "database": unquote(database),
            "sslmode": asked if asked in _MODES else "require",
            "postgresVersion": 1500,
            "timescaledb": True,
            "maxOpenConns": 10,
            "maxIdleConns": 10,
            "connMaxLifetime": 14400,
        },
    }
    return Source(model, unquote(parts.password))
