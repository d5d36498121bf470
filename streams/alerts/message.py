"""What people are told, in Vietnamese and in English: what, since when, how bad, what else, what to do first, where."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from streams.alerts.life_cycle import Alert
from streams.alerts.names import FLOWS, category, labelled
from streams.alerts.notices import Notice
from streams.arrivals import COMPLAINTS
from streams.catalogue import Catalogue
from streams.catalogue.rules import Kind, Severity
from streams.days import clock
from streams.words import Words

SEVERITY: Mapping[Severity, Words] = {
    "info": Words("thông tin", "info"),
    "warning": Words("cảnh báo", "warning"),
    "critical": Words("nghiêm trọng", "critical"),
}

FIRST_STEP: Mapping[Kind, Words] = {
    "system_down": Words("mở trang của hệ thống, gọi đơn vị vận hành", "open the system's page, call those who run it"),
    "system_degraded": Words("xem các phép đo của hệ thống", "look at the system's checks"),
    "certificate": Words("gia hạn chứng thư số", "renew the certificate"),
    "threshold": Words("xem hệ thống có xử lý tiếp không", "see whether the system still works it off"),
    "urgent_report": Words("gọi đơn vị được giao tiếp nhận", "call the agency that should respond"),
    "volume": Words("xem hệ thống mang luồng này có hoạt động không", "see whether the system that carries it works"),
    "hot_spot": Words("xem bản đồ, báo đơn vị phụ trách", "look at the map, tell the agency in charge"),
    "digest": Words("mở danh sách hồ sơ quá hạn của đơn vị", "open the agency's list of overdue dossiers"),
    "sync_gap": Words("gọi đơn vị vận hành trục liên thông", "call those who run the exchange with the portal"),
    "pipeline": Words("chạy `nhip doctor`, xem nhật ký của worker", "run `nhip doctor`, read the workers' logs"),
}
"""The first line of each runbook (docs/alerts.md)."""


class Message(NamedTuple):
    """A title of one line, and a text of a few."""

    title: str
    text: str


class Where(NamedTuple):
    """Where a message leads: the board, and a one-time link that acknowledges the alert."""

    board: str | None = None
    act: str | None = None


def message(alert: Alert, said: Notice, catalogue: Catalogue, where: Where) -> Mapping[str, Message]:
    """The message by language: `vi` and `en`."""
    return {"vi": _in_vietnamese(alert, said, catalogue, where), "en": _in_english(alert, said, catalogue, where)}


def title(alert: Alert, catalogue: Catalogue) -> Words:
    """What the rule calls it, and what it is about: things by their names, a system first.

    What of the pipeline a rule looks at is in its own title.
    """
    rule = next((rule for rule in catalogue.rules if rule.name == alert.rule), None)
    labels = sorted((label for label in alert.labels.items() if label[0] != "of"), key=_system_first)
    about = [labelled(*label, catalogue) for label in labels]
    return Words(
        ": ".join([rule.title if rule else alert.rule, *(one.vi for one in about)]),
        ": ".join([rule.title_en if rule else alert.rule, *(one.en for one in about)]),
    )


def _system_first(label: tuple[str, str]) -> tuple[bool, str]:
    return label[0] != "system", label[0]


def _in_vietnamese(alert: Alert, said: Notice, catalogue: Catalogue, where: Where) -> Message:
    name = title(alert, catalogue).vi
    if said is Notice.RESOLVED:
        return Message(f"ĐÃ HẾT: {name}", f"Bắt đầu {clock(alert.since)}, kết thúc {_end(alert)}.")
    lines = [
        f"Mức: {SEVERITY[alert.severity].vi}. Từ {clock(alert.since)}.",
        f"Lý do: {alert.reason.vi}.",
        *_else("Ảnh hưởng", alert.evidence.get("affected")),
        *_else("Mang theo", [FLOWS[flow].vi for flow in alert.evidence.get("carries", ())]),
        *(line.vi for line in arrivals(alert.evidence, catalogue)),
        *([f"Bước đầu: {step.vi}."] if (step := _first_step(alert, catalogue)) else []),
        *_links(where, "Xem", "Nhận xử lý"),
    ]
    return Message(f"{name}{' (tái diễn)' if alert.relapses else ''}", "\n".join(lines))


def _in_english(alert: Alert, said: Notice, catalogue: Catalogue, where: Where) -> Message:
    name = title(alert, catalogue).en
    if said is Notice.RESOLVED:
        return Message(f"RESOLVED: {name}", f"Began {clock(alert.since)}, over {_end(alert)}.")
    lines = [
        f"Severity: {alert.severity}. Since {clock(alert.since)}.",
        f"Why: {alert.reason.en}.",
        *_else("Affected too", alert.evidence.get("affected")),
        *_else("Carries", [FLOWS[flow].en for flow in alert.evidence.get("carries", ())]),
        *(line.en for line in arrivals(alert.evidence, catalogue)),
        *([f"First: {step.en}."] if (step := _first_step(alert, catalogue)) else []),
        *_links(where, "See", "Acknowledge"),
    ]
    return Message(f"{name}{' (again)' if alert.relapses else ''}", "\n".join(lines))


def _links(where: Where, see: str, act: str) -> list[str]:
    return [f"{word}: {link}" for word, link in ((see, where.board), (act, where.act)) if link]


def _end(alert: Alert) -> str:
    return clock(alert.resolved_at) if alert.resolved_at is not None else "?"


def _else(word: str, names: Sequence[str] | None) -> list[str]:
    """What stands on it and does not answer, or what it carries."""
    return [f"{word}: {_few(names)}."] if names else []


def arrivals(evidence: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Words]:
    """What has come in since a system is down beside what usually does, and how many reports are about it."""
    for one in evidence.get("arrivals", ()):
        flow, since = str(one["flow"]), clock(one["since"])
        if flow.startswith(COMPLAINTS):
            name = category(flow.removeprefix(COMPLAINTS), catalogue)
            words = Words(f"phản ánh về việc này ({name.vi})", f"reports about it ({name.en})")
        else:
            words = FLOWS[flow]
        yield Words(
            f"Từ {since}: {one['n']} {words.vi}, thường là {one['expected']}.",
            f"Since {since}: {one['n']} {words.en} of the expected {one['expected']}.",
        )


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" … ({len(names)})" if len(names) > 8 else "")


def _first_step(alert: Alert, catalogue: Catalogue) -> Words | None:
    rule = next((rule for rule in catalogue.rules if rule.name == alert.rule), None)
    return FIRST_STEP.get(rule.kind) if rule else None
