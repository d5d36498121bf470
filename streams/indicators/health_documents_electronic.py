"""health.documents_electronic: tỷ lệ văn bản điện tử, from the metrics that pings carry."""

from streams.indicators.terms import Indicator

DOCUMENTS_ELECTRONIC = Indicator(
    name="health.documents_electronic",
    title_vi="Tỷ lệ văn bản điện tử",
    title_en="Electronic share of documents",
    definition="metrics.documents_electronic ÷ metrics.documents_sent, each counted since the ping before",
    definition_vi="văn bản điện tử ÷ văn bản gửi đi, theo metrics, tính từ tín hiệu liền trước",
    source="DOMAIN §2, health; §4, accounts 000 and 001",
    numerator=(),
    denominator=(),
)
