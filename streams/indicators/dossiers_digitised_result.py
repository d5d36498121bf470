"""dossiers.digitised_result: tỷ lệ hồ sơ có kết quả giải quyết điện tử."""

from streams.indicators.terms import Indicator, cohort, flow

DIGITISED_RESULT = Indicator(
    name="dossiers.digitised_result",
    title_vi="Kết quả giải quyết điện tử",
    title_en="Digital results",
    definition="result digitised (digitised_result) ÷ settled in the period with a result, which 3, 7 and 8 have not",
    definition_vi="có kết quả điện tử ÷ đã giải quyết trong kỳ và có kết quả (không tính 3, 7, 8)",
    source="DOMAIN §2, dossiers; Decree 107/2021/NĐ-CP",
    numerator=(cohort("dossiers.finished_digitised"),),
    denominator=(
        flow("dossiers.finished"),
        flow("dossiers.finished_refused", -1),
        flow("dossiers.finished_withdrawn", -1),
        flow("dossiers.finished_stopped", -1),
    ),
)
