"""How to talk to a guarded Kafka: one description, for aiokafka clients and for Faust."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faust

from connectors.kafka.errors import SecurityMismatch

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


@dataclass(frozen=True, slots=True)
class Security:
    """The broker's terms, in Kafka's own words. Raises SecurityMismatch where they do not fit together."""

    protocol: str = "PLAINTEXT"
    mechanism: str | None = None
    username: str | None = None
    password: str | None = None
    ca_file: Path | None = None  # the system's authorities without it
    certificate_file: Path | None = None  # of the client, where the broker asks for one
    key_file: Path | None = None

    def __post_init__(self) -> None:
        _require(self.protocol in PROTOCOLS, f"protocol must be one of {', '.join(PROTOCOLS)}")
        named = (self.mechanism, self.username, self.password)
        if self.sasl:
            _require(None not in named, f"{self.protocol} needs mechanism, username and password")
            _require(self.mechanism in MECHANISMS, f"mechanism must be one of {', '.join(MECHANISMS)}")
        else:
            _require(named == (None, None, None), f"mechanism, username and password need SASL, not {self.protocol}")
        files = (self.ca_file, self.certificate_file, self.key_file)
        _require(self.tls or files == (None, None, None), f"certificate files need SSL, not {self.protocol}")
        _require((self.certificate_file is None) == (self.key_file is None), "a certificate file needs its key file")

    def __repr__(self) -> str:
        return f"Security({self.protocol}, {self.mechanism}, {self.username})"

    @property
    def sasl(self) -> bool:
        return self.protocol.startswith("SASL_")

    @property
    def tls(self) -> bool:
        return self.protocol.endswith("SSL")

    def context(self) -> ssl.SSLContext | None:
        """Build the TLS context. Raises SecurityMismatch if a file cannot be read."""
        if not self.tls:
            return None
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
            if self.certificate_file is not None:
                context.load_cert_chain(self.certificate_file, self.key_file)
        except OSError as error:
            raise SecurityMismatch(f"certificate files: {error}") from error
        return context

    def client_options(self) -> dict[str, Any]:
        """Options of every aiokafka client."""
        options: dict[str, Any] = {"security_protocol": self.protocol, "ssl_context": self.context()}
        if self.sasl:
            options |= {
                "sasl_mechanism": self.mechanism,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        return options

    def faust_credentials(self) -> Any | None:
        """Faust's `broker_credentials`."""
        if self.sasl:
            return faust.SASLCredentials(
                username=self.username, password=self.password, mechanism=self.mechanism, ssl_context=self.context()
            )
        return faust.SSLCredentials(self.context()) if self.tls else None


def _require(holds: bool, remedy: str) -> None:
    if not holds:
        raise SecurityMismatch(remedy)
