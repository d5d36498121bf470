"""The daily brief: what changed since the week before, what is late, and how it is laid out."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from connectors.brief import page
from connectors.brief.sheet import AGENCIES, MOST, Sheet
from connectors.timescale.brief import Brief, Directive, Down, Fired, Logged, Restated
from streams.brief import Line, Overdue, checked, overdue
from streams.catalogue import Agency, Catalogue
from streams.contracts.types import PROVINCE_TIME
from streams.errors import WrongUse
from streams.indicators.figures import Figure, Part, figures
from streams.indicators.question import Question
from streams.indicators.registry import indicator

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 24, tzinfo=PROVINCE_TIME)


def figure(name: str, numerator: int, denominator: int | None = None, **more: Any) -> Figure:
    question = Question(indicator(name), DAY, DAY + timedelta(1), AT)
    return figures(question, [Part({}, numerator, denominator, **more)], 0)[0]


def line(name: str, now: tuple[int, ...], before: tuple[int, ...]) -> Line:
    return Line(figure(name, *now), figure(name, *before))


def brief(**changes: Any) -> Brief:
    given: dict[str, Any] = {
        "day": DAY, "as_of": AT, "lines": [], "alerts": [], "outages": [], "overdue": {}, "directives": [],
        "shift_log": [], "restatements": [],
    }  # fmt: skip
    return Brief(**(given | changes))


@pytest.mark.parametrize(
    ("name", "now", "before", "change", "better"),
    [
        ("reports.received", (1200,), (100,), "+1.100", None),
        ("reports.overdue", (3,), (7,), "−4", True),
        ("reports.overdue", (7,), (7,), "0", None),
        ("dossiers.on_time", (237_630, 238_539), (9, 10), "+9,61", True),
        ("dossiers.on_time", (1, 3), (1, 2), "−16,67", False),
        ("dossiers.on_time", (1, 2), (0, 0), "", None),
        ("dossiers.on_time", (10_000, 30_001), (1, 3), "0,00", None),
        ("health.mttr", (7200, 1), (60, 1), "+119 phút", False),
    ],
)
def test_the_change_is_that_of_the_printed_numbers(
    name: str, now: tuple[int, ...], before: tuple[int, ...], change: str, better: bool | None
) -> None:
    found = line(name, now, before)
    assert (found.change(), found.better) == (change, better)


def test_the_overdue_are_listed_by_agency_the_most_first() -> None:
    def of(**numbers: int) -> list[Figure]:
        question = Question(indicator("dossiers.overdue"), DAY, DAY + timedelta(1), AT, ("agency",))
        return figures(question, [Part({"agency": agency}, n) for agency, n in numbers.items()], 0)

    found = overdue(of(a=2, b=5, c=0, d=2), of(a=9, c=4))
    assert found == [Overdue("b", 5, 0), Overdue("a", 2, 9), Overdue("d", 2, 0)]


@pytest.mark.parametrize("day", [DAY + timedelta(1), date.max, date.min, date(1900, 1, 7)])
def test_a_day_that_has_not_begun_or_that_no_event_can_lie_in_has_no_brief(day: date) -> None:
    with pytest.raises(WrongUse):
        checked(day, DAY)
    assert checked(DAY, DAY) == DAY


def test_the_page_says_everything_in_one_language_and_runs_nothing() -> None:
    catalogue = Catalogue(name="Hậu Giang", agencies=(Agency(code="so-yt", name="Sở Y tế <b>", duty_phone="0293 123"),))
    words = ("<script>alert(1)</script> không trả lời", "<script>alert(1)</script> silent")
    taken = AT - timedelta(hours=20)
    sent = [(1, timedelta(1), None), (2, -timedelta(1), None), (3, -timedelta(1), taken)]
    whole = brief(
        lines=[line("reports.overdue", (7,), (3,)), line("dossiers.on_time", (1, 2), (0, 0))],
        alerts=[Fired("a1", "r", {"system": "lgsp"}, "critical", *words, taken - timedelta(1), taken, "Lan", None)],
        outages=[Down("lgsp", None, taken, 3600), Down("mail", taken, None, 90)],
        overdue={"dossiers.overdue": [Overdue("so-yt", 1234, 2), Overdue("so-cu", 1, 0)]},
        directives=[
            Directive(n, "so-yt", "dossiers", f"Gấp {n}", 2, taken, AT + due, done, None) for n, due, done in sent
        ],
        shift_log=[Logged(taken, "Lan", None, "trực đêm"), Logged(AT - timedelta(minutes=1), "Lan", "Minh", "giao ca")],
        restatements=[Restated(date(2026, 10, 1), date(2026, 11, 1), "dossiers.overdue", 2, -3)],
    )
    vietnamese, english = (page.render(Sheet(whole, catalogue, language)) for language in ("vi", "en"))
    for html in (vietnamese, english):
        assert "<script>" not in html
        assert "Sở Y tế &lt;b&gt;" in html
        for text in (
            "+4 ✗",
            "50,00 %",
            "N/A",
            "1.234",
            "0293 123",
            "so-cu",
            "Lan",
            "01/10/2026 – 31/10/2026",
            "-3",
            "Gấp 2",
            "Lan → Minh",
            "23:59",
            "04:00 22/11",
        ):
            assert text in html, text
    assert "BẢN TIN GIAO BAN · Hậu Giang" in vietnamese
    assert "chưa hết" in vietnamese
    assert "không trả lời" in vietnamese
    assert [vietnamese.count(word) for word in ("chờ trả lời", "<td>quá hạn</td>", "đã trả lời")] == [1, 1, 1]
    assert "DAILY BRIEF" in english
    assert "silent" in english
    assert not [word for word in ("Chỉ số", "Đơn vị", "quá hạn", "Không có") if word in english]
    assert "nhip kpi dossiers.on_time --from 2026-11-23 --to 2026-11-24" in english


def test_many_agencies_are_one_page_and_lose_none() -> None:
    rows = [Overdue(f"a{n:02}", 100 - n, n) for n in range(40)]
    (section,) = [
        s for s in Sheet(brief(overdue={"reports.overdue": rows}), Catalogue.default(), "en").sections if s.rows
    ]
    assert len(section.rows) == AGENCIES + 1
    assert section.rows[-1][0] == "28 other agencies"
    assert sum(int(row[2].replace(".", "")) for row in section.rows) == sum(row.n for row in rows)


def test_a_day_of_many_outages_stays_a_page_and_says_how_many_more_there_were() -> None:
    html = page.render(
        Sheet(brief(outages=[Down(f"s{n}", None, None, 60) for n in range(40)]), Catalogue.default(), "en")
    )
    assert (html.count("1 min") + html.count("60 s"), "… and more: 25" in html) == (MOST, True)


def test_a_day_without_anything_says_so() -> None:
    assert "Nothing is known of this day" in page.render(Sheet(brief(), Catalogue.default(), "en"))
