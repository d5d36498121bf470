"""Personal numbers in free text are masked, as Vietnam writes them; what is no such number stays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams.contracts import STREAMS
from streams.contracts.registry import body_of
from streams.masking import MASKS, mask


@pytest.mark.parametrize(
    "number",
    ["0912345678", "0912.345.678", "0912 345 678", "091-234-5678", "+84 912 345 678", "+84912345678", "84912345678",
     "0084912345678", "(+84) 912345678", "+84(0)912345678", "(024) 3826 2222", "0293.3878.123", "02933878123",
     "01234567890"],
)  # fmt: skip
def test_a_telephone_number_is_masked(number: str) -> None:
    assert mask(f"Gọi cho tôi:{number}, cảm ơn") == "Gọi cho tôi:[SĐT], cảm ơn"


@pytest.mark.parametrize("number", ["093123456789", "079 123 456 789", "079.123.456.789", "291234567", "B1234567"])
def test_a_number_of_an_identity_paper_is_masked(number: str) -> None:
    assert mask(f"CCCD/CMND/hộ chiếu {number}.") == "CCCD/CMND/hộ chiếu [CCCD]."


@pytest.mark.parametrize(
    "plate",
    ["51F-123.45", "51F-12345", "51F12345", "51F 123.45", "29A-1234", "95B1 12345", "29-H1 4321", "59X1-234.56",
     "51f-12345", "51f12345", "30LD-123.45", "29MĐ1-234.56", "80-NG-123-45", "41NN 123 45"],
)  # fmt: skip
def test_a_number_plate_is_masked(plate: str) -> None:
    assert mask(f"Xe ({plate}) đậu trên vỉa hè") == "Xe ([BKS]) đậu trên vỉa hè"


@pytest.mark.parametrize("address", ["an@b.vn", "nguyen.van-a+1@mail.haugiang.gov.vn", "bà_tư@thư.vn"])
def test_an_email_address_is_masked(address: str) -> None:
    assert mask(f"thư: <{address}>;") == "thư: <[mail]>;"


@pytest.mark.parametrize(
    "text",
    [
        "Tổng đài 1022, 1900 1022 và 18001022",
        "lúc 10h30 ngày 20/11/2026, 2026-11-23T10:00:00+07:00",
        "thu phí 150000000 đồng, 150000000đ, 1.500.000.000 VND",
        "hồ sơ 000.00.12.H30-240315-0012, thủ tục 1.001193",
        "tọa độ 9.7845, 105.4700; số 12/34 ngõ 5, đường 61",
        "backup: 1048576 bytes in 0.35 s",
        "Nghị định 118/2025/NĐ-CP; QĐ 766/QĐ-TTg",
        "@quản_trị, a@b",
        "",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text) == text


NUMBERS = ["0912345678", "093123456789", "x.y@haugiang.gov.vn"]
PIECES = st.sampled_from([*NUMBERS, "51F-123.45", "@", "0", "84", "+", ".", " ", "-", "B"])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8), st.from_regex(r"\d{1,14}", fullmatch=True))).map("".join)


@given(TEXTS)
def test_a_masked_text_is_never_longer_and_has_no_such_number_left(text: str) -> None:
    masked = mask(text)
    assert len(masked) <= len(text)
    assert mask(masked) == masked


@given(st.text(max_size=30), st.sampled_from(NUMBERS), st.text(max_size=30))
@example("a1", "0912345678", "")
def test_between_any_words_the_number_is_gone(before: str, number: str, after: str) -> None:
    assert number not in mask(f"{before} {number} {after}")


@pytest.mark.parametrize("piece", ["a", "a.", "0912 ", "1", "9A", "@.", "(+84)"])
def test_a_long_text_is_looked_through_in_time_that_grows_with_its_length(piece: str) -> None:
    """A pattern that goes back would not end at this length."""
    text = piece * 100_000 + "@"
    assert len(mask(text)) <= len(text)


def test_every_field_for_free_text_is_looked_through() -> None:
    """A text field holds 10 000 characters; codes and ids are short."""
    for stream in STREAMS:
        for name in stream.by_type:
            body = body_of(stream, name)
            properties = body.model_json_schema()["properties"]
            free = {
                field
                for field, schema in properties.items()
                if any(part.get("maxLength") == 10_000 for part in schema.get("anyOf", [schema]))
            }
            assert free == set(body.free_text), name


def test_masks_tell_kinds_apart() -> None:
    assert len(set(MASKS.values())) == len(MASKS)
