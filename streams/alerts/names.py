"""What alerts call the things they are about: labels in words."""

from collections.abc import Mapping

from streams.catalogue import Catalogue
from streams.words import Words

FLOWS: Mapping[str, Words] = {
    "reports:app": Words("phản ánh qua ứng dụng", "reports by app"),
    "reports:web": Words("phản ánh qua trang web", "reports by web"),
    "reports:phone": Words("phản ánh qua điện thoại", "reports by phone"),
    "reports:zalo": Words("phản ánh qua Zalo", "reports by Zalo"),
    "reports:email": Words("phản ánh qua thư điện tử", "reports by mail"),
    "reports:counter": Words("phản ánh tại quầy", "reports at counters"),
    "dossiers:counter": Words("hồ sơ tại quầy", "dossiers at counters"),
    "dossiers:online": Words("hồ sơ trực tuyến", "online dossiers"),
    "dossiers:post": Words("hồ sơ qua bưu chính", "dossiers by post"),
}
"""One for each of `streams.catalogue.systems.Carried`."""

METRICS: Mapping[str, Words] = {
    "queue_length": Words("số việc chờ", "queue length"),
    "latency_ms": Words("độ trễ (ms)", "latency (ms)"),
    "cert_days": Words("số ngày còn lại của chứng thư số", "certificate days"),
    "error_percent": Words("tỷ lệ lỗi (%)", "errors (%)"),
    "disk_percent": Words("ổ đĩa đã dùng (%)", "disk used (%)"),
    "data_age_s": Words("tuổi dữ liệu (giây)", "data age (s)"),
    "sync_gap_s": Words("đồng bộ chậm (giây)", "behind in step (s)"),
}
"""Numbers of pings that the contract or the examples of catalogues know; any other is called as its system calls it."""


def metric(name: str) -> Words:
    """What a number of a ping is called."""
    return METRICS.get(name, Words(name, name))


def category(code: str, catalogue: Catalogue) -> Words:
    """What a category of reports is called; catalogues name them in Vietnamese alone."""
    return Words(next((known.title for known in catalogue.categories if known.code == code), code), code)


def labelled(name: str, value: str, catalogue: Catalogue) -> Words:
    """What the thing is called that a label names."""
    match name:
        case "system" if known := catalogue.system(value):
            return Words(known.name, known.name_en)
        case "flow":
            return FLOWS.get(value, Words(value, value))
        case "metric":
            return metric(value)
        case "category":
            return category(value, catalogue)
        case _:
            return Words(value, value)
