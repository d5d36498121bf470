"""What docker-compose.yml must never lose: nothing public, no password of its own, health checks, pinned images."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from nhip.settings import Settings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")

SECRET = re.compile(r"PASSWORD|KEY|SECRET|TOKEN|CREDENTIAL")
DEMANDED = re.compile(r"\$\{\w+:\?[^}]+\}")
"""``${NAME:?reason}``: compose refuses to start without a value."""

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


@each_service
def test_ports_are_published_on_the_loopback_interface_alone(service: dict[str, Any]) -> None:
    assert service.get("network_mode") != "host"
    for port in service.get("ports", []):
        assert re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port)


@each_service
def test_a_secret_is_demanded_and_has_no_default(service: dict[str, Any]) -> None:
    for name, value in service.get("environment", {}).items():
        if SECRET.search(name):
            assert DEMANDED.fullmatch(value), name
        for password in re.findall(r"://[^:/@]+:(.*)@", value):
            assert DEMANDED.fullmatch(password), name


@each_service
def test_a_service_is_checked_for_health_or_runs_once(service: dict[str, Any]) -> None:
    assert "test" in service.get("healthcheck", {}) or service["restart"] == "no"


@each_service
def test_images_are_pinned_to_a_version(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"[\w./-]+:v?\d[\w.-]*", service["image"])


@each_service
def test_files_that_are_mounted_exist(service: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for volume in service.get("volumes", []) if volume.startswith("./deploy")]
    assert [path for path in mounted if not (ROOT / path).is_file()] == []


@each_service
def test_nhip_is_told_only_what_it_knows(service: dict[str, Any]) -> None:
    """The settings class ignores unknown names, so a slip of the pen would be silent."""
    if service["image"].startswith("nhip:"):
        told = {name.removeprefix("NHIP_").lower() for name in service["environment"]}
        assert told <= set(Settings.model_fields)


def test_gateway_and_worker_make_the_same_pseudonyms() -> None:
    """Neither starts without the key, and with two keys one person would become two."""
    gateway, worker = (SERVICES[name]["environment"].get("NHIP_PSEUDONYM_KEY") for name in ("gateway", "worker"))
    assert gateway == worker
    assert gateway is not None


def test_the_example_names_every_variable_and_gives_none_a_value() -> None:
    named = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, flags=re.MULTILINE))
    assert named == dict.fromkeys(re.findall(r"\$\{(\w+)", TEXT), "")


def test_every_base_image_of_the_dockerfile_is_pinned() -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert bases
    assert [base for base in bases if not re.fullmatch(r"[\w./-]+:\d[\w.-]*", base)] == []
