"""`nhip gateway` refuses to start half configured, and says what to do."""

import socket

import pytest

from nhip.commands.gateway import command
from streams.errors import WrongUse

KEYS = {"NHIP_API_KEY": "a" * 32, "NHIP_PSEUDONYM_KEY": "p" * 32}


def start(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    command.main([], standalone_mode=False)


@pytest.mark.parametrize("missing", KEYS)
def test_a_missing_key_is_named_with_the_way_to_make_one(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with pytest.raises(WrongUse, match=f"{missing} is not set.*openssl rand -hex 32"):
        start(monkeypatch, **{name: value for name, value in KEYS.items() if name != missing})


def test_a_taken_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(WrongUse, match=f"127.0.0.1:{port} .Address already in use.: set NHIP_GATEWAY_HOST"):
            start(monkeypatch, NHIP_GATEWAY_PORT=port, **KEYS)


def test_security_that_does_not_fit_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUse, match="NHIP_KAFKA_"):
        start(monkeypatch, NHIP_KAFKA_SECURITY="SASL_SSL", **KEYS)
