"""dossiers.stock: hồ sơ đang giải quyết."""

from streams.indicators.terms import Indicator, level

STOCK = Indicator(
    name="dossiers.stock",
    title_vi="Đang giải quyết",
    title_en="Being settled",
    definition="received and not finished at the end of the period",
    definition_vi="đã tiếp nhận và chưa giải quyết xong vào cuối kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(level("dossiers.open"),),
    unit="count",
    higher_is_better=None,
)
