"""Open data from a real database, as the gateway's role: the figures of `nhip kpi`, with codes that are public."""

from collections import Counter
from datetime import timedelta

import psycopg

from connectors.open_data.files import Table
from connectors.timescale.answers import Answers
from connectors.timescale.catalogue import load
from connectors.timescale.kpi import by_day
from streams.catalogue import Agency, Catalogue
from streams.contracts import DOSSIERS, REPORTS
from streams.days import civil_day, day_start
from streams.flows import UNASSIGNED
from streams.indicators.question import Question
from streams.indicators.registry import INDICATORS
from streams.open_data import DATASETS, MEASURES, OTHER, Month
from tests.stack.store_tools import NOW, House, as_role, dossier, report

DAY = timedelta(days=1)
TODAY = civil_day(NOW)
OF = Month(TODAY - 3 * DAY, TODAY)
NOON = day_start(TODAY) - timedelta(hours=36)


async def test_what_is_published_is_what_nhip_kpi_says_of_closed_days(plain_house: House) -> None:
    with psycopg.connect(plain_house.url) as connection:
        load(connection, Catalogue(name="province", agencies=(Agency(code="so-yt", name="Sở Y tế"),)))
    given = {"received_at": NOON.isoformat(), "due_at": (NOON + 5 * DAY).isoformat()}
    agencies = ["so-yt"] * 9 + ["0912345678"] * 6
    begun = [dossier(f"HS-{n}", n, at=NOON, agency=agency, **given) for n, agency in enumerate(agencies)]
    ended = [dossier(f"HS-{n}", f"e{n}", "result_ready", NOON + timedelta(hours=2)) for n in range(8)]
    await plain_house.take(DOSSIERS, begun + ended)
    await plain_house.take(REPORTS, [report(f"PA-{n}", n, at=NOW) for n in range(7)])
    answers = Answers(as_role(plain_house.url, "nhip_gateway"))
    try:
        releases = {stream: answers.open_data(stream, OF, NOW) for stream in MEASURES}
    finally:
        answers.close()
    release, catalogue = releases["dossiers"]
    by_agency = next(one for one in DATASETS if one.name == "dossiers-by-agency")
    rows = {(row.day, row.code): row.counts for row in release.rows(by_agency)}
    day = civil_day(NOON)
    assert rows[day, "so-yt"] == (9, 8, 0)
    assert rows[day, OTHER] == (6, 0, 0)
    assert "0912345678" not in Table(by_agency, release, catalogue).as_csv().decode()
    assert {code for _, code in rows} == {"so-yt", OTHER}
    with psycopg.connect(plain_house.url) as connection:
        asked = Question(INDICATORS["dossiers.received"], OF.first, OF.past, NOW, ("agency",))
        said = {(figure.first, figure.group): figure.numerator for figure in by_day(connection, asked, NOW)}
    assert {key: n for key, n in said.items() if n} == {(day, "so-yt"): 9, (day, UNASSIGNED): 6}
    totals = Counter[object]()
    for (of, _), counts in rows.items():
        totals[of] += counts[0] or 0
    whole = next(one for one in DATASETS if one.name == "dossiers-by-day")
    assert [row.counts[0] for row in release.rows(whole)] == [totals[of] for of in OF.days] == [0, 15, 0]
    reports, _ = releases["reports"]
    assert all(set(row.counts) == {0} for one in DATASETS if one.stream == "reports" for row in reports.rows(one)), (
        "today is not closed"
    )
