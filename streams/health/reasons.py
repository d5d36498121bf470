"""Why a check, a system or a probe is what it is, in words for people."""

from collections.abc import Iterable

from streams.days import clock
from streams.words import Words

SECOND = 1_000_000

NEVER_HEARD = Words("chưa từng có tín hiệu", "has never pinged")
NO_CHECK_HEARD = Words("chưa phép đo nào từng có tín hiệu", "no check has ever pinged")
PLANNED = Words("bảo trì theo kế hoạch", "planned work")
PAUSED = Words("tạm dừng theo dõi trong danh mục", "paused in the catalogue")
UNSEEN = Words("không có tín hiệu, và có cũng không nhận được", "no ping, and none could have been seen")


def silent(last: int, interval: int, grace: int) -> Words:
    """No ping since `last`; all are microseconds."""
    since, every, late = clock(last), interval // SECOND, grace // SECOND
    return Words(
        f"không có tín hiệu từ {since}, lẽ ra cứ {every} giây một lần và chậm nhất {late} giây",
        f"no ping since {since}, expected every {every} s and {late} s of grace",
    )


def failing(error: str | None, code: int | None) -> Words:
    """Failures in a row, with what the last ping said of itself, in its own words."""
    if error:
        return Words(f"lỗi liên tiếp: {error}", f"failures in a row: {error}")
    if code is not None:
        return Words(f"lỗi liên tiếp: mã {code}", f"failures in a row: code {code}")
    return Words("lỗi liên tiếp", "failures in a row")


def of_system(checks: Iterable[tuple[str, Words]]) -> Words:
    """What each of these checks says, by its name."""
    said = [(name, reason) for name, reason in checks if reason.en]
    return Words(
        "; ".join(f"{name}: {reason.vi}" for name, reason in said),
        "; ".join(f"{name}: {reason.en}" for name, reason in said),
    )


def below(root: str, measured: Words) -> Words:
    """It stands on a system that is down."""
    return Words(f"{root} ngừng hoạt động; {measured.vi}", f"{root} is down; {measured.en}")


def hanging(probe: str) -> Words:
    """The probe that looks at it is silent."""
    return Words(f"điểm đo {probe} im lặng", f"its probe {probe} is silent")


def silent_together(checks: int) -> Words:
    """Of a probe: nothing comes from it."""
    return Words(f"cả {checks} phép đo của điểm này cùng im lặng", f"all {checks} checks of it are silent together")
