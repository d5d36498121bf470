"""What open data means: the dictionary of columns, and the catalogue of datasets in the words of DCAT 3 (W3C)."""

from collections.abc import Iterator
from typing import Any

from streams.indicators.registry import INDICATORS
from streams.open_data import DATASETS, MEASURES, OTHER, Dataset, Month, Text
from streams.suppression import SMALLEST

DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
MEDIA = {"csv": "text/csv", "json": "application/json"}

LICENCE = Text(
    "Dữ liệu mở của cơ quan nhà nước: được tự do sử dụng và chia sẻ, có ghi nguồn (Nghị định 47/2020/NĐ-CP). Cơ quan"
    " vận hành có thể công bố giấy phép riêng.",
    "Open data of a state agency: free to use and share, naming the source (Decree 47/2020/NĐ-CP). The operator may"
    " publish a licence of its own.",
)
HIDDEN = Text(
    f"Ô từ 1 đến {SMALLEST - 1} được che, kèm ô lớn kế tiếp để không tính ngược được từ tổng; ngày không che được như"
    " vậy thì để trống toàn bộ. Ô bị che: để trống trong CSV, null trong JSON. Số 0 không bị che.",
    f"Cells from 1 to {SMALLEST - 1} are hidden, and the next larger beside them, so that none is the total less the"
    " others; a day on which that cannot be done tells nothing. Hidden is empty in CSV and null in JSON. A zero is no"
    " secret.",
)
UPDATED = Text(
    "Hằng ngày, chỉ những ngày đã kết thúc; sự kiện đến muộn có thể điều chỉnh ngày cũ.",
    "Daily, closed days only; late events may still change an earlier day.",
)
PLACES = {
    "agency": Text("đơn vị", "agency"),
    "field": Text("lĩnh vực", "field of procedures"),
    "category": Text("loại phản ánh", "category of reports"),
    "area": Text("địa bàn", "area"),
}


def columns(dataset: Dataset) -> Iterator[dict[str, Any]]:
    """Each column with its title, type, unit, definition and source, in both languages."""
    yield _column(
        "day", "date", None, Text("Ngày", "Day"), Text("ngày theo giờ Việt Nam", "civil day, Asia/Ho_Chi_Minh")
    )
    if dataset.dimension:
        place = PLACES[dataset.dimension]
        code = Text(
            f"mã {place.vi} theo danh mục; {OTHER}: ngoài danh mục", f"code of the {place.en}; {OTHER}: unlisted"
        )
        yield _column("code", "string", None, Text("Mã", "Code"), code)
        yield _column("name", "string", None, Text("Tên", "Name"), Text(f"tên {place.vi}", f"name of the {place.en}"))
    for one in MEASURES[dataset.stream]:
        unit = "dossier" if dataset.stream == "dossiers" else "report"
        source = f"{one.indicator}: {INDICATORS[one.indicator].source}"
        yield _column(one.name, "integer or hidden", unit, one.title, one.definition) | {"source": source}


def _column(name: str, type: str, unit: str | None, title: Text, definition: Text) -> dict[str, Any]:
    return {"name": name, "type": type, "unit": unit, "title": title._asdict(), "definition": definition._asdict()}


def dictionary() -> dict[str, Any]:
    """For programs: every dataset with its columns, and what holds for all."""
    return {
        "datasets": [
            {"name": one.name, "title": one.title._asdict(), "columns": list(columns(one))} for one in DATASETS
        ],
        "hidden": {"smallest_shown": SMALLEST} | HIDDEN._asdict(),
        "updated": UPDATED._asdict(),
        "licence": LICENCE._asdict(),
        "csv": {"encoding": "UTF-8 with byte order mark", "delimiter": ",", "line_end": "CRLF", "standard": "RFC 4180"},
    }


def address(dataset: Dataset, format: str, month: Month) -> str:
    """Where a file is, from the index on."""
    return f"{dataset.name}.{format}?month={month.name}"


def catalogue(month: Month) -> dict[str, Any]:
    """DCAT as JSON-LD, its addresses relative to where it is; distributions are those of the last month."""
    return {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": "./",
        "@type": "dcat:Catalog",
        "dct:title": _texts(Text("Dữ liệu mở", "Open data")),
        "dct:license": _texts(LICENCE),
        "dct:conformsTo": {"@id": "dictionary.json"},
        "dcat:dataset": [_dataset(one, month) for one in DATASETS],
    }


def _dataset(dataset: Dataset, month: Month) -> dict[str, Any]:
    return {
        "@id": dataset.name,
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        "dct:title": _texts(dataset.title),
        "dct:description": _texts(HIDDEN),
        "dct:accrualPeriodicity": {"@id": DAILY},
        "dct:temporal": {"dcat:startDate": f"{month.first}", "dcat:endDate": f"{month.days[-1]}"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": address(dataset, format, month)},
                "dcat:mediaType": media,
            }
            for format, media in MEDIA.items()
        ],
    }


def _texts(text: Text) -> list[dict[str, str]]:
    return [{"@language": language, "@value": value} for language, value in text._asdict().items()]
