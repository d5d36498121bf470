"""Field reports that cannot wait: urgent ones nobody has responded to, and many around one place."""

from collections.abc import Iterator

from streams.alerts.finding import Finding
from streams.alerts.names import category
from streams.alerts.systems import Decisions
from streams.catalogue.rules import Rule
from streams.days import microseconds, moment
from streams.reports.hot_spots import Density, hot_spots
from streams.scene import Scene
from streams.words import Words


def urgent_report(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each urgent report that nobody has responded to within so many minutes of duty hours."""
    minutes = _number(rule, "minutes", 15)
    duty = scene.catalogue.duty_time
    for one in scene.unanswered:
        waited = duty.between(one.received_at, moment(scene.now)) if one.received_at < moment(scene.now) else 0
        if waited >= minutes * 60:
            reason = Words(
                f"phản ánh khẩn {one.report} chưa được tiếp nhận sau {minutes:g} phút",
                f"urgent report {one.report} without a response after {minutes:g} minutes",
            )
            evidence = {"category": one.category, "agency": one.agency, "area": one.area}
            yield Finding(rule, {"report": one.report}, reason, microseconds(one.received_at), evidence=evidence)


def hot_spot(rule: Rule, scene: Scene, _: Decisions) -> Iterator[Finding]:
    """Each place around which many report the same within a short time, more than usual for that place and hour.

    One alert a category and a square of 0.01°.
    """
    density = Density(
        int(_number(rule, "reports", 5)), _number(rule, "metres", 500), _number(rule, "minutes", 60)
    )  # fmt: skip
    wanted = rule.parameters.get("categories")
    for spot in hot_spots(scene.sightings, density, moment(scene.now)):
        n, place = len(spot.reports), f"{spot.lat:.2f},{spot.lon:.2f}"
        usual = scene.usual_sightings.get((spot.category, place), 0.0) * density.minutes / 60
        if (not isinstance(wanted, tuple) or spot.category in wanted) and n > _number(rule, "times_usual", 3) * usual:
            name = category(spot.category, scene.catalogue)
            reason = Words(
                f"{n} phản ánh {name.vi} quanh một nơi trong {density.minutes:g} phút",
                f"{n} reports of {name.en} around one place within {density.minutes:g} minutes",
            )
            labels = {"category": spot.category, "place": place}
            evidence = {"reports": list(spot.reports), "lat": spot.lat, "lon": spot.lon, "usual": round(usual, 1)}
            yield Finding(rule, labels, reason, microseconds(spot.begun_at), evidence=evidence)


def _number(rule: Rule, name: str, otherwise: float) -> float:
    value = rule.parameters.get(name)
    return value if isinstance(value, float) else otherwise
