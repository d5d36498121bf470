"""reports.first_response_p50 and reports.first_response_p90: thời gian phản hồi đầu tiên."""

from streams.indicators.terms import Indicator, cohort


def _percentile(percent: int) -> Indicator:
    return Indicator(
        name=f"reports.first_response_p{percent}",
        title_vi=f"Thời gian phản hồi đầu tiên (P{percent})",
        title_en=f"First response time (P{percent})",
        definition=f"P{percent} from the submission to the first step of the authority without waits for the citizen",
        definition_vi=f"P{percent} từ khi gửi đến bước đầu tiên của cơ quan, không tính thời gian chờ người dân",
        source="DOMAIN §2, reports",
        numerator=(cohort("reports.first_response"),),
        unit="duration",
        quantile=percent / 100,
        higher_is_better=False,
    )


P50, P90 = _percentile(50), _percentile(90)
