"""Prometheus's rules about Nhịp itself, by Prometheus's own checker."""

import re
import shutil
from pathlib import Path

import pytest

from nhip.metrics import NotifierMetrics, WorkerMetrics
from tests.parts import machine

DEPLOYED = Path(__file__).parents[2] / "deploy/prometheus"
RULES = DEPLOYED / "pipeline.yml"


def test_every_rule_fires_when_it_should_and_not_before(promtool: Path) -> None:
    said = machine.command(promtool, "test", "rules", DEPLOYED / "pipeline.test.yml")
    assert "SUCCESS" in said


def test_rules_and_configuration_are_what_prometheus_understands(promtool: Path, tmp_path: Path) -> None:
    machine.command(promtool, "check", "rules", "--lint=all", "--lint-fatal", RULES)
    shutil.copy(RULES, tmp_path)
    configuration = (DEPLOYED / "prometheus.yml").read_text(encoding="utf-8")
    here = tmp_path / "prometheus.yml"
    here.write_text(configuration.replace("/etc/prometheus/", f"{tmp_path}/"), encoding="utf-8")
    assert "SUCCESS" in machine.command(promtool, "check", "config", here)


def test_a_rule_that_fires_wrongly_fails_its_test(promtool: Path, tmp_path: Path) -> None:
    broken = RULES.read_text(encoding="utf-8").replace("up == 0", "up == 1")
    (tmp_path / "pipeline.yml").write_text(broken, encoding="utf-8")
    shutil.copy(DEPLOYED / "pipeline.test.yml", tmp_path)
    with pytest.raises(machine.PartUnavailable):
        machine.command(promtool, "test", "rules", tmp_path / "pipeline.test.yml")


def test_every_rule_has_a_test_and_every_number_of_ours_is_exposed() -> None:
    rules = RULES.read_text(encoding="utf-8")
    tested = set(re.findall(r"alertname: (\w+)", (DEPLOYED / "pipeline.test.yml").read_text(encoding="utf-8")))
    assert set(re.findall(r"alert: (\w+)", rules)) == tested
    registries = (NotifierMetrics().registry, WorkerMetrics(lambda: []).registry)
    exposed = {metric.name for registry in registries for metric in registry.collect()}
    assert {name.removesuffix("_total") for name in re.findall(r"\bnhip_\w+", rules)} <= exposed
