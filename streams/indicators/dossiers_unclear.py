"""dossiers.unclear: hồ sơ có trạng thái không rõ."""

from streams.indicators.terms import Indicator, level

UNCLEAR = Indicator(
    name="dossiers.unclear",
    title_vi="Không rõ trạng thái",
    title_en="Of unknown status",
    definition="unfinished, and last told in a status that is none of the ten: in stock, and judged by nothing",
    definition_vi="đang giải quyết, trạng thái cuối cùng không thuộc mười trạng thái quốc gia: không đánh giá",
    source="DOMAIN §1.2; issue 4, bad input",
    numerator=(level("dossiers.unclear"),),
    unit="count",
    higher_is_better=False,
)
