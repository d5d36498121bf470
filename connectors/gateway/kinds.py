"""Every reason for a refusal: its HTTP status, and its title and remedy in English and Vietnamese."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

Language = Literal["en", "vi"]


@dataclass(frozen=True, slots=True)
class Words:
    """What happened, and what to do about it."""

    title: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Kind:
    status: HTTPStatus
    en: Words
    vi: Words

    def words(self, language: Language) -> Words:
        return self.vi if language == "vi" else self.en


KINDS = {
    "not_json": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Not JSON", "Send JSON in UTF-8 (RFC 8259): no NaN, no lone surrogates, at most 200 levels deep."),
        Words("Không phải JSON", "Gửi JSON mã UTF-8 (RFC 8259): không NaN, không surrogate lẻ, sâu tối đa 200 cấp."),
    ),
    "not_cloudevents": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Not a CloudEvent", "Correct the attribute named in path: CloudEvents 1.0, see /docs."),
        Words("Không phải CloudEvent", "Sửa thuộc tính nêu trong path: CloudEvents 1.0, xem /docs."),
    ),
    "unknown_type": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Unknown event type", "Use one of the types listed in /docs."),
        Words("Loại sự kiện không được biết đến", "Dùng một trong các loại liệt kê ở /docs."),
    ),
    "invalid_data": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Invalid data", "Correct the field named in path; its schema is in /docs."),
        Words("Dữ liệu không hợp lệ", "Sửa trường nêu trong path; lược đồ ở /docs."),
    ),
    "invalid_parameter": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Invalid parameter", "Correct the parameter named in path; see /docs."),
        Words("Tham số không hợp lệ", "Sửa tham số nêu trong path; xem /docs."),
    ),
    "subject_mismatch": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words(
            "Subject and data differ", "Give subject and the id inside data the same value, or leave the latter out."
        ),
        Words("Subject khác với mã trong data", "Để subject và mã trong data giống nhau, hoặc bỏ mã trong data."),
    ),
    "outside_horizon": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Time outside the horizon", "Check the clock and the offset of the machine that made the event."),
        Words("Thời điểm ngoài phạm vi cho phép", "Kiểm tra đồng hồ và múi giờ của máy tạo sự kiện."),
    ),
    "refused_by_kafka": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        Words("Kafka refuses this event", "Make the event smaller; sending it again as it is will not help."),
        Words("Kafka từ chối sự kiện này", "Thu nhỏ sự kiện; gửi lại nguyên như vậy sẽ không được nhận."),
    ),
    "unauthenticated": Kind(
        HTTPStatus.UNAUTHORIZED,
        Words("No valid key", "Send the header Authorization: Bearer KEY with a key of this gateway."),
        Words("Thiếu khóa hợp lệ", "Gửi tiêu đề Authorization: Bearer KEY với khóa do cổng này cấp."),
    ),
    "forbidden": Kind(
        HTTPStatus.FORBIDDEN,
        Words("The key may not do this", "Use a key with the scope named in detail."),
        Words("Khóa không có quyền này", "Dùng khóa có phạm vi quyền nêu trong detail."),
    ),
    "not_found": Kind(
        HTTPStatus.NOT_FOUND,
        Words("No such address", "See /docs for the addresses there are."),
        Words("Không có địa chỉ này", "Xem các địa chỉ ở /docs."),
    ),
    "no_such_alert": Kind(
        HTTPStatus.NOT_FOUND,
        Words("No such alert", "GET /v1/alerts lists them with their ids."),
        Words("Không có cảnh báo này", "GET /v1/alerts liệt kê cảnh báo kèm mã."),
    ),
    "no_such_subject": Kind(
        HTTPStatus.NOT_FOUND,
        Words("Not known", "Compare the id to the letter; GET /v1/reports, /v1/dossiers or /v1/systems lists them."),
        Words("Không tìm thấy", "So lại mã từng ký tự; GET /v1/reports, /v1/dossiers hoặc /v1/systems liệt kê các mã."),
    ),
    "no_such_record": Kind(
        HTTPStatus.NOT_FOUND,
        Words(
            "No such directive or hand-over", "GET /v1/directives and /v1/shift/handovers list them with their numbers."
        ),
        Words("Không có chỉ đạo hoặc bàn giao này", "GET /v1/directives và /v1/shift/handovers liệt kê kèm số."),
    ),
    "not_now": Kind(
        HTTPStatus.CONFLICT,
        Words("Too late, or not yet", "Look at how it stands now: `detail` says what keeps it."),
        Words("Đã muộn, hoặc chưa đến lúc", "Xem trạng thái hiện tại: `detail` nói vì sao."),
    ),
    "alert_not_open": Kind(
        HTTPStatus.CONFLICT,
        Words("The alert is not open", "It is resolved already: there is nothing to do."),
        Words("Cảnh báo không còn mở", "Cảnh báo đã kết thúc: không cần làm gì thêm."),
    ),
    "method_not_allowed": Kind(
        HTTPStatus.METHOD_NOT_ALLOWED,
        Words("Wrong method", "Use the method named in the header Allow."),
        Words("Sai phương thức", "Dùng phương thức nêu trong tiêu đề Allow."),
    ),
    "slow_client": Kind(
        HTTPStatus.REQUEST_TIMEOUT,
        Words("The body came too slowly", "Send it again, in smaller batches."),
        Words("Nội dung gửi quá chậm", "Gửi lại, với lô nhỏ hơn."),
    ),
    "too_large": Kind(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Words("Too large", "Send less at once: split the batch, and keep files out of events."),
        Words("Quá lớn", "Gửi ít hơn mỗi lần: chia nhỏ lô, không đặt tệp vào sự kiện."),
    ),
    "unsupported_media_type": Kind(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        Words(
            "Unsupported media type",
            "Send application/cloudevents+json, application/cloudevents-batch+json, or JSON with ce-* headers,"
            " without Content-Encoding.",
        ),
        Words(
            "Kiểu nội dung không được hỗ trợ",
            "Gửi application/cloudevents+json, application/cloudevents-batch+json, hoặc JSON kèm tiêu đề ce-*,"
            " không dùng Content-Encoding.",
        ),
    ),
    "rate_limited": Kind(
        HTTPStatus.TOO_MANY_REQUESTS,
        Words("Too much at once", "Wait as long as Retry-After says, then try again."),
        Words("Quá nhiều cùng lúc", "Chờ theo Retry-After rồi thử lại."),
    ),
    "busy": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Words("The gateway is full", "Wait as long as Retry-After says, then send the same events again."),
        Words("Cổng đang quá tải", "Chờ theo Retry-After rồi gửi lại đúng các sự kiện đó."),
    ),
    "kafka_unavailable": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Words("Kafka has not acknowledged", "Send the same event with the same id again: it is never applied twice."),
        Words("Kafka chưa xác nhận", "Gửi lại sự kiện với cùng id: không bao giờ bị tính hai lần."),
    ),
    "database_unavailable": Kind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Words("The database does not answer", "Wait as long as Retry-After says, then ask again; publishing goes on."),
        Words("Cơ sở dữ liệu không trả lời", "Chờ theo Retry-After rồi hỏi lại; việc gửi sự kiện không bị ảnh hưởng."),
    ),
    "internal": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Words("An error of ours", "Send it again; if it stays, report the instance below to the operators."),
        Words("Lỗi phía hệ thống", "Gửi lại; nếu còn lỗi, báo mã instance cho người vận hành."),
    ),
}


def language_of(accept_language: str) -> Language:
    """The reader's language (RFC 9110 §12.5.4): Vietnamese when it is preferred to English, English otherwise."""
    weights = {"en": 0.0, "vi": 0.0}
    for item in accept_language[:200].split(","):
        tag, _, weight = item.partition(";")
        name = tag.strip()[:2].lower()
        if name in weights:
            weights[name] = max(weights[name], _weight(weight))
    return "vi" if weights["vi"] > weights["en"] else "en"


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
