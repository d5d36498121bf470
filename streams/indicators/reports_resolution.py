"""reports.resolution_p50 and reports.resolution_p90: thời gian xử lý."""

from streams.indicators.terms import Indicator, cohort


def _percentile(percent: int) -> Indicator:
    return Indicator(
        name=f"reports.resolution_p{percent}",
        title_vi=f"Thời gian xử lý (P{percent})",
        title_en=f"Resolution time (P{percent})",
        definition=f"P{percent} from the submission to the first resolution without waits for the citizen",
        definition_vi=f"P{percent} từ khi gửi đến lần giải quyết đầu tiên, không tính thời gian chờ người dân",
        source="DOMAIN §2, reports",
        numerator=(cohort("reports.resolution"),),
        unit="duration",
        quantile=percent / 100,
        higher_is_better=False,
    )


P50, P90 = _percentile(50), _percentile(90)
