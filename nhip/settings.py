"""Settings: environment variables `NHIP_*`, one typed class; a secret may also come from the file `NHIP_…_FILE`."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from streams.errors import WrongUse

Port = Annotated[int, Field(ge=1, le=65535)]
Key = Annotated[SecretStr, Field(min_length=32)]


class Settings(BaseSettings):
    """What every command and process of Nhịp can be told. `nhip doctor` shows what is in force."""

    model_config = SettingsConfigDict(env_prefix="NHIP_", env_ignore_empty=True, frozen=True, extra="ignore")

    kafka_brokers: str = Field("127.0.0.1:9092", description="Kafka bootstrap servers, host:port,host:port")
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    kafka_username: str | None = None
    kafka_password: SecretStr | None = None
    kafka_ca_file: Path | None = None
    kafka_cert_file: Path | None = None
    kafka_key_file: Path | None = None
    kafka_partitions: int = Field(6, ge=1, le=1000, description="partitions of each topic that `nhip setup` creates")
    kafka_replication: int = Field(1, ge=1, le=15, description="copies of each partition: 3 in production")
    topic_prefix: str = Field("nhip.", pattern=r"^[a-zA-Z0-9._-]{0,64}$")
    consumer_group: str = "nhip-worker"
    embedded: bool = Field(False, description="the broker is the demo's: no idempotent producer, no append time")

    database_url: str = Field("postgresql://nhip_writer@127.0.0.1:5432/nhip", description="workers; role nhip_writer")
    reader_database_url: str | None = Field(None, description="boards; role nhip_reader, `board` schema only")
    owner_database_url: str | None = Field(None, description="setup, keys, verify, catalogue load; owns the schema")
    gateway_database_url: str | None = Field(None, description="the gateway's keys and reading; role nhip_gateway")
    people_database_url: str | None = Field(None, description="the wallboard's sign-in and forms; role nhip_people")
    writer_password: SecretStr | None = None
    gateway_password: SecretStr | None = None
    reader_password: SecretStr | None = None
    people_password: SecretStr | None = None

    pseudonym_key: Key | None = Field(None, description="keys the pseudonyms of reporters; 32 characters or more")
    api_key: Key | None = Field(None, description="the key publishers send")
    operate_key: Key | None = Field(None, description="the key that reads and acts")

    keep_pings_days: int = Field(400, ge=31, description="how long `nhip prune` leaves pings")
    qd766_formulas: Path | None = Field(None, description="formulas of QĐ 766 instead of streams/indicators/qd766.toml")
    catalogue: Path | None = Field(None, description="directory of the province's catalogue, which `nhip setup` loads")

    gateway_host: str = "127.0.0.1"
    gateway_port: Port = 8600
    gateway_key_rate: int = Field(50_000, ge=1, description="events a second that one key may publish")
    gateway_url: HttpUrl | None = Field(None, description="where clients reach the gateway")
    open311_jurisdiction: str | None = Field(None, description="the jurisdiction_id that Open311 clients may name")
    alertmanager_url: HttpUrl | None = Field(None, description="Alertmanager, which is told of every alert")
    webhook_url: HttpUrl | None = Field(None, description="a receiver that is told of every alert, signed")
    webhook_secret: Key | None = Field(None, description="signs what the webhook is sent; 32 characters or more")
    grafana_url: HttpUrl | None = Field(None, description="Grafana, which `nhip boards push` sends the boards to")
    grafana_token: SecretStr | None = Field(None, description="the token of a service account of Grafana")
    grafana_database_url: str | None = Field(
        None, description="how Grafana reaches the database, if not as NHIP_READER_DATABASE_URL says; role nhip_reader"
    )
    check_in_url: SecretStr | None = Field(None, description="called every half minute while canaries come through")
    channels: SecretStr | None = Field(None, description="channels of routes: a name and an Apprise URL on each line")
    link_key: Key | None = Field(None, description="signs one-time links in messages; of gateway and notifiers")
    alert_link: HttpUrl | None = Field(None, description="the board that messages lead to; the alert's id follows")
    wallboard_host: str = "127.0.0.1"
    wallboard_port: Port = 8601
    wallboard_url: HttpUrl | None = Field(
        None, description="where people open the wallboard, https but on this machine"
    )
    wallboard_sign_in: Literal["required", "optional"] | None = Field(
        None, description="who sees the boards; unset: everybody where it listens on loopback alone, else the signed-in"
    )
    oidc_issuer: str | None = Field(None, description="the OpenID Connect provider that signs people in")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_role_claim: str = Field("roles", description="the claim that gives roles; a.b leads into an object")
    oidc_roles: str = Field("viewer=viewer,operator=operator,admin=admin", description="what its values mean here")
    demo_operator: str | None = Field(None, description="who may sign in to the demo's wallboard, made at its start")
    demo_password: SecretStr | None = None
    metrics_host: str = "127.0.0.1"
    metrics_port: Port = Field(8602, description="the worker's /healthz, /readyz and /metrics")
    notifier_port: Port = Field(8603, description="the notifier's /healthz, /readyz and /metrics")
    one_stop_token: SecretStr | None = Field(None, description="the Bearer token of `nhip one-stop`")
    probe_name: str = Field("probe", pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", description="the prober's name in checks")
    probe_port: Port = Field(8604, description="the prober's /healthz, /readyz and /metrics")
    probe_ca_file: Path | None = Field(None, description="certificates that the prober believes besides the system's")
    language: Literal["vi", "en"] = "vi"

    @property
    def owner_url(self) -> str:
        """Where setup, keys, verify and catalogue load connect: the owner's URL, or the writer's without one."""
        return self.owner_database_url or self.database_url

    @property
    def reader_url(self) -> str:
        """Where boards connect: the reader's URL, or the writer's where none is set."""
        return self.reader_database_url or self.database_url

    @field_validator(
        "database_url",
        "reader_database_url",
        "owner_database_url",
        "gateway_database_url",
        "people_database_url",
        "grafana_database_url",
    )
    @classmethod
    def _is_postgresql(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must begin with postgresql://")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then files the environment names; no .env file is read behind one's back."""
        return (init_settings, env_settings, _FileSource(settings_cls))


class _FileSource(PydanticBaseSettingsSource):
    """`NHIP_API_KEY_FILE=/run/secrets/api-key` gives `api_key`, the way container platforms hand out secrets."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"NHIP_{field_name.upper()}_FILE")
        if path is None or field_name.endswith("_file"):
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except OSError as error:
            raise WrongUse(f"NHIP_{field_name.upper()}_FILE: {path} cannot be read ({error.strerror})") from error

    def __call__(self) -> dict[str, Any]:
        found = ((name, self.get_field_value(info, name)[0]) for name, info in self.settings_cls.model_fields.items())
        return {name: value for name, value in found if value is not None}


def load() -> Settings:
    """The settings in force. Raises WrongUse naming each wrong variable and what it must be."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"NHIP_{str(item['loc'][0]).upper()}: {_said(item)}" for item in error.errors(include_input=False)]
        raise WrongUse("wrong settings\n  " + "\n  ".join(faults)) from None


def _said(fault: ErrorDetails) -> str:
    """What it must be: of secrets Pydantic counts items, and does not say where to take a long one from."""
    if fault["type"] == "too_short":
        return f"must have {fault['ctx']['min_length']} characters or more: make one with `openssl rand -hex 32`"
    return fault["msg"]
