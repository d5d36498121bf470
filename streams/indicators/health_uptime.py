"""health.uptime: tỷ lệ hoạt động. Counted in seconds of observed time, so it reads the days of systems, not cells."""

from streams.indicators.terms import Indicator

COVERAGE_PERCENT = 90
"""Under this share of the period observed, the figure is N/A (DOMAIN §2)."""

UPTIME = Indicator(
    name="health.uptime",
    title_vi="Hệ thống hoạt động",
    title_en="System uptime",
    definition="up ÷ (up + down) over observed time, maintenance not counted; N/A under 90 % coverage",
    definition_vi="hoạt động ÷ (hoạt động + ngừng) khi quan sát được, trừ bảo trì; quan sát dưới 90 % là không áp dụng",
    source="DOMAIN §2, health",
    numerator=(),
    denominator=(),
)
