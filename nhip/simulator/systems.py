"""The systems that are watched (DOMAIN §4): what each stands on, its checks, how often it fails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    id: str
    parent: str | None = None
    checks: tuple[str, ...] = ("http",)
    latency_ms: float = 80.0
    hours_between_failures: float = 8.0
    cert_days: int | None = None
    queue: int | None = None  # usual length
    metrics: tuple[tuple[str, float], ...] = ()


_LGSP_SERVICES = (
    "civil-status", "criminal-record", "birth-insurance", "business-register", "paygov",
    "shared-catalogues", "budget-codes", "legal-documents", "insurance", "vnpost",
)  # fmt: skip
_APP_SERVICES = ("field-reports", "services", "clinic-booking", "environment", "farm-prices", "farm-trading")

SYSTEMS = (
    System("data-centre", None, ("power", "servers", "storage"), 3, 60, metrics=(("disk_percent", 63),)),
    System("tslcd", "data-centre", ("core", "districts", "communes"), 6, 30),
    System("lan", "data-centre", ("ping",), 2, 40),
    System("lgsp", "data-centre", _LGSP_SERVICES, 220, 10, 210, 12),
    System("identity", "data-centre", ("http", "login"), 60, 24, 160, metrics=(("sessions", 1850),)),
    System("sso", "identity", ("http", "login"), 70, 16, 160),
    System("mail", "identity", ("smtp", "imap"), 45, 12, 95, 25, (("mails_sent", 410),)),
    System("edoc", "identity", ("http", "queue"), 130, 9, 95, 40, (("documents_in", 1195), ("documents_out", 171))),
    System("doc-axis", "lgsp", ("http", "queue"), 180, 12, 210, 18),
    System("app", "lgsp", _APP_SERVICES, 150, 10, 74),
    System("dvc-portal", "lgsp", ("http", "search", "submit"), 240, 8, 48, metrics=(("visits", 320),)),
    System("one-stop", "identity", ("http", "sync"), 190, 8, 48, 6),
    System("web-portal", "data-centre", ("http",), 160, 14, 48, metrics=(("visits", 5450),)),
    System("party-portal", "data-centre", ("http",), 150, 14, 29),
    System("component-portals", "web-portal", ("http", "certificates"), 170, 10, 12),
    System("signature", "identity", ("http", "sim-signing"), 95, 20, 340, metrics=(("signatures", 1753),)),
    System("hr", "identity", ("http",), 140, 18, 95),
    System("reporting", "identity", ("http",), 200, 14, 95),
    System("meetings", "tslcd", ("bridge", "districts"), 35, 18),
    System("ioc", "data-centre", ("http", "feeds"), 90, 24, 160),
    System("payment", "lgsp", ("http", "callback"), 310, 9, 66),
    System("zalo", "lgsp", ("webhook",), 260, 10),
    System("citizen-reception", "identity", ("http",), 150, 16, 95),
    System("civil-status", "lgsp", ("http",), 280, 10),
    System("construction", "identity", ("http",), 160, 18, 95),
    System("insurance-payment", "lgsp", ("http",), 330, 9),
    System("tax-link", "tslcd", ("http",), 210, 12, 120),
    System("smart-health", "identity", ("http",), 170, 14, 74),
    System("smart-education", "identity", ("http",), 170, 14, 74),
    System("land-register", "identity", ("http",), 290, 8, 95),
    System("queue-kiosks", "one-stop", ("heartbeat",), 20, 7),
    System("cameras", "tslcd", ("heartbeat",), 25, 6),
    System("backup", "data-centre", ("nightly",), 15, 48, metrics=(("disk_percent", 71),)),
    System("internet", "tslcd", ("districts", "communes"), 18, 12),
    System("national-portal", None, ("sync",), 350, 9, 180),
    System("open-data", "web-portal", ("http",), 140, 16, 48),
)
