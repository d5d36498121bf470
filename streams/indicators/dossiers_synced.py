"""dossiers.synced: tỷ lệ hồ sơ đồng bộ với Cổng Dịch vụ công quốc gia."""

from streams.indicators.terms import Indicator, cohort, flow

SYNCED = Indicator(
    name="dossiers.synced",
    title_vi="Đồng bộ Cổng Dịch vụ công quốc gia",
    title_en="Synced with the national portal",
    definition="synced (synced_at set) ÷ received in the period",
    definition_vi="đã đồng bộ ÷ tiếp nhận trong kỳ",
    source="DOMAIN §2, dossiers",
    numerator=(cohort("dossiers.synced"),),
    denominator=(flow("dossiers.received"),),
)
