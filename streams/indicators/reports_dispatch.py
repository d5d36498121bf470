"""reports.dispatch_p50 and reports.dispatch_p90: thời gian chuyển xử lý."""

from streams.indicators.terms import Indicator, cohort


def _percentile(percent: int) -> Indicator:
    return Indicator(
        name=f"reports.dispatch_p{percent}",
        title_vi=f"Thời gian chuyển xử lý (P{percent})",
        title_en=f"Dispatch time (P{percent})",
        definition=f"P{percent} from the submission to the first dispatch to an agency without waits for the citizen",
        definition_vi=f"P{percent} từ khi gửi đến lần chuyển xử lý đầu tiên, không tính thời gian chờ người dân",
        source="DOMAIN §2, reports",
        numerator=(cohort("reports.dispatch"),),
        unit="duration",
        quantile=percent / 100,
        higher_is_better=False,
    )


P50, P90 = _percentile(50), _percentile(90)
