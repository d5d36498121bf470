"""The wallboard's boards in a real browser: the definitions of Grafana's, live, honest, inert to markup."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dashboards.grafana.files import BOARDS
from dashboards.wallboard.answer import Answer
from streams.contracts.types import PROVINCE_TIME
from tests.stack.test_wallboard_browser import LOW_CONTRAST, PHONE, WALL
from tests.stack.wallboard_tools import Province, Wallboard, wallboard

EVIL = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
HIGH: ViewportSize = {"width": 1920, "height": 5000}
"""A wall on which every board is seen whole."""
AGENCIES = ["code", "agency", "phone", "open", "due_soon", "overdue", "on_time"]


@pytest.fixture
def province() -> Province:
    """Answers by words of the statements of the board of reports."""
    place = ["lat", "lon", "report_id", "category", "label", "weight", "standing"]
    times = ["2026-11-24T01:00:00+00:00", "2026-11-24T01:05:00+00:00"]
    return Province(
        answers={
            "figure('reports.overdue'": Answer(["numerator"], [[2]]),
            "AS due_soon": Answer(AGENCIES, [["so-gtvt", "Sở Giao thông vận tải", "113", 8, 1, 2, "85,35 %"]]),
            "AS category, sum(f.n)": Answer(["category", "received"], [["Rác thải", 231], [EVIL, 12]]),
            "AS standing": Answer(
                place,
                [
                    [9.7, 105.4, "P-1", "Rác thải", None, 1, 2],
                    [9.8, 105.6, "P-2", EVIL, None, 1, 0],
                    [9.75, 105.5, None, None, EVIL, 0, None],
                    [9.7501, 105.5001, None, None, "Xã kề bên", 0, None],
                ],
            ),
            "AS counter": Answer(["app", "phone", "web", "zalo", "counter", "other"], [[60, 0, 29, 10, 0, 1]]),
            "AS urgent": Answer(["time", "normal", "urgent"], [[time, 5, 1] for time in times]),
        }
    )


@pytest.fixture
def served(province: Province) -> Iterator[Wallboard]:
    with wallboard(province) as served:
        yield served


@pytest.fixture
def page(browser: Browser, served: Wallboard) -> Iterator[Page]:
    page = browser.new_page(viewport=WALL)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.goto(f"{served.url}board/reports")
    yield page
    page.close()
    assert complaints == []


def panel(page: Page, title: str) -> Any:
    return page.locator(".panel", has=page.locator("h2", has_text=re.compile(f"^{re.escape(title)}$")))


def test_panels_of_every_kind_show_what_was_answered(page: Page) -> None:
    expect(panel(page, "Phản ánh quá hạn").first.locator(".number")).to_have_text("2")
    cells = panel(page, "Theo cơ quan").locator("tbody td")
    expect(cells).to_have_text(["Sở Giao thông vận tải", "113", "8", "1", "2", "85,35 %"])
    expect(panel(page, "Nhận theo loại").locator(".count")).to_have_text(["231", "12"])
    drawn = panel(page, "Bản đồ phản ánh")
    expect(drawn.locator("circle:not(.heat, .middle)")).to_have_count(2)
    expect(drawn.locator("text")).to_have_text([EVIL])
    expect(drawn.locator(".middle title")).to_have_text(["Xã kề bên"])
    expect(panel(page, "Phản ánh gửi đến theo thời gian").locator("rect")).to_have_count(4)


def test_alerts_and_maintenance_are_marked_on_a_time_axis_in_words_too(page: Page, province: Province) -> None:
    chart = panel(page, "Phản ánh gửi đến theo thời gian")
    expect(chart.locator("rect")).to_have_count(4)
    begin = datetime(2026, 11, 24, 1, 2, tzinfo=UTC)
    older, newer = begin - timedelta(hours=3), begin + timedelta(minutes=1)
    marks = ["time", "timeend", "text", "tags"]
    province.answers["fired_at AS time"] = Answer(
        marks, [[newer, begin + timedelta(days=400), EVIL, "rule"], [older, begin, "Thư điện tử ngừng", "rule"]]
    )
    province.answers["board.maintenance("] = Answer(marks, [[begin, newer, "Trục LGSP", "lgsp"]])
    expect(chart.locator(".band rect")).to_have_count(3)
    expect(chart.locator(".begun.form-0 .line")).to_have_count(1)  # the other began before the axis does
    expect(chart.locator(".begun.form-1 .line")).to_have_css("stroke-dasharray", "5px, 4px")
    expect(chart.locator(".marks .told")).to_have_text(
        [f"Cảnh báo: 08:03 · {EVIL}", "Bảo trì: 08:02–08:03 · Trục LGSP"]
    )
    expect(chart.locator(".marks .more")).to_have_text("+1")
    expect(chart.locator(".band title")).to_have_text(
        [f"08:03 · {EVIL}", "05:02–08:02 · Thư điện tử ngừng", "08:02–08:03 · Trục LGSP"]
    )
    assert page.evaluate(LOW_CONTRAST) == []


def test_a_state_timeline_has_a_row_of_its_own_for_each_kind_of_marks(
    page: Page, province: Province, served: Wallboard
) -> None:
    begin = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    stretches = [[f"{begin + timedelta(minutes=2 * n):%Y-%m-%dT%H:%M:%SZ}", "Mail", 1 + 4 * (n > 3)] for n in range(8)]
    province.answers["FROM board.timeline("] = Answer(["time", "metric", "value"], stretches)
    mark = [begin + timedelta(minutes=8), begin + timedelta(days=400), EVIL, "rule"]
    province.answers["fired_at AS time"] = Answer(["time", "timeend", "text", "tags"], [mark])
    page.goto(f"{served.url}board/systems?lang=en")
    chart = panel(page, "States over time")
    expect(chart.locator(".states .name")).to_have_text(["Alerts", "Mail"])
    expect(chart.locator(".row title")).to_have_text([f"08:08 · {EVIL}"])
    expect(chart.locator(".states svg").nth(1).locator("rect")).to_have_count(2)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_lines_of_marks_stand_out_from_their_ground(
    page: Page, served: Wallboard, province: Province, theme: str
) -> None:
    """WCAG 1.4.11: three to one, beside being told apart by their form."""
    begin = datetime(2026, 11, 24, 1, 2, tzinfo=UTC)
    for words in ("fired_at AS time", "board.maintenance("):
        province.answers[words] = Answer(["time", "timeend", "text", "tags"], [[begin, begin, "a", "b"]])
    page.goto(f"{served.url}board/reports?theme={theme}")
    expect(page.locator(".begun .line")).to_have_count(2)
    assert [ratio for ratio in page.evaluate(STROKES) if ratio < 3] == []


STROKES = """() => {
  const light = (colour) => {
    const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = colour.match(/[\\d.]+/g).map((c) => linear(Number(c) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll(".begun .line")].map((line) => {
    const halo = line.parentElement.querySelector(".halo");
    const [one, other] = [line, halo].map((each) => light(getComputedStyle(each).stroke)).sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
}"""


def test_a_pie_names_its_slices_and_tells_their_shares(page: Page) -> None:
    pie = panel(page, "Kênh tiếp nhận")
    expect(pie.locator("path")).to_have_count(4)
    expect(pie.locator("text")).to_have_text(["Ứng dụng di động", "Cổng thông tin", "Kênh Zalo"])
    expect(pie.locator(".legend > span")).to_have_text(
        [
            "Ứng dụng di động: 60 · 60 %",
            "Cổng thông tin: 29 · 29 %",
            "Kênh Zalo: 10 · 10 %",
            "Kênh khác: 1 · 1 %",
        ]
    )


def test_a_note_stands_on_the_board_without_a_database(page: Page, province: Province, served: Wallboard) -> None:
    province.answers = {}
    page.goto(f"{served.url}board/qd766?lang=en")
    note = panel(page, "How to read this board")
    expect(note.locator("p")).to_have_count(3)
    expect(note).to_contain_text("N/A is not 0 points")


def test_a_gauge_shows_its_share_of_the_whole(page: Page, province: Province, served: Wallboard) -> None:
    province.answers["SELECT percent"] = Answer(["percent"], [[84]])
    page.goto(f"{served.url}board/qd766?lang=en")
    expect(panel(page, "Reached").locator("text")).to_have_text("84 %")


def test_a_duration_of_days_is_told_in_the_language(page: Page, served: Wallboard, province: Province) -> None:
    province.answers["WHERE stream = 'dossiers'"] = Answer(["reports", "dossiers", "health"], [[200_000, 5, 5]])
    expect(panel(page, "Cập nhật cách đây")).to_contain_text("2 ngày 07:33:20")
    page.goto(f"{served.url}board/reports?lang=en")
    expect(panel(page, "Data age")).to_contain_text("2 d 07:33:20")


def test_figures_change_without_a_reload(page: Page, province: Province) -> None:
    tile = panel(page, "Phản ánh quá hạn").first.locator(".number")
    expect(tile).to_have_text("2")
    page.evaluate("window.mine = 'still the same page'")
    province.answers["figure('reports.overdue'"] = Answer(["numerator"], [[3]])
    expect(tile).to_have_text("3")
    assert page.evaluate("window.mine") == "still the same page"


def test_a_board_is_two_clicks_from_the_headlines(page: Page, served: Wallboard) -> None:
    page.goto(served.url)
    page.locator("#boards").click()
    expect(page.locator("#title")).to_have_text("Tổng quan")
    page.locator("#tabs a", has_text="Sức khỏe hệ thống").click()
    expect(page.locator("#title")).to_have_text("Sức khỏe hệ thống")


def test_keys_change_board_language_and_theme(page: Page) -> None:
    expect(page.locator("#title")).to_have_text("Phản ánh hiện trường")
    page.keyboard.press("l")
    expect(page.locator("#title")).to_have_text("Field reports")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#title")).to_have_text("Dossiers")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.keyboard.press("1")
    expect(page.locator("#title")).to_have_text("Overview")


def test_a_kiosk_shows_what_is_below_and_then_the_next_board(page: Page, served: Wallboard) -> None:
    page.goto(f"{served.url}board/reports?kiosk=5")
    page.wait_for_function("() => scrollY > 0")
    expect(page.locator("#title")).to_have_text("Phản ánh hiện trường")
    page.set_viewport_size(HIGH)
    expect(page.locator("#title")).to_have_text("Hồ sơ thủ tục hành chính")


def test_a_database_that_is_away_is_said_and_forgotten_when_it_is_back(page: Page, province: Province) -> None:
    tile = panel(page, "Phản ánh quá hạn").first.locator(".number")
    expect(tile).to_have_text("2")
    province.away = True
    expect(page.locator("#banner")).to_contain_text("Không đọc được cơ sở dữ liệu")
    expect(tile).to_have_text("2")
    province.away = False
    expect(page.locator("#banner")).to_be_hidden()


def test_markup_in_a_name_is_text(page: Page) -> None:
    expect(panel(page, "Nhận theo loại").locator(".name").nth(1)).to_have_text(EVIL)
    assert page.locator(".panel img, .panel script").count() == 0
    assert page.title() == "Nhịp · Phản ánh hiện trường"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_words_have_the_contrast_of_wcag_aa(page: Page, served: Wallboard, theme: str) -> None:
    page.goto(f"{served.url}board/reports?theme={theme}")
    expect(panel(page, "Theo cơ quan").locator("tbody tr")).to_have_count(1)
    assert page.evaluate(LOW_CONTRAST) == []


@pytest.mark.parametrize("name", [board.name for board in BOARDS])
def test_a_phone_scrolls_in_one_direction_only(page: Page, served: Wallboard, name: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{served.url}board/{name}")
    expect(page.locator(".panel").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.fixture
def choices(province: Province) -> None:
    """Two agencies to choose from, the figures of one of which are its own."""
    province.answers = {
        "FROM board.agency": Answer(
            ["__value", "__text"], [["so-gtvt", "Sở Giao thông vận tải"], ["so-yte", "Sở Y tế"]]
        ),
        "figure('reports.overdue', '": Answer(["numerator"], [[2]]),
        **province.answers,
    }


def control(page: Page, label: str) -> Any:
    return page.locator(".controls label", has_text=label).locator("select")


@pytest.mark.usefixtures("choices")
def test_an_agency_and_a_period_are_chosen_by_keyboard_and_stand_in_the_address(page: Page, province: Province) -> None:
    expect(control(page, "Cơ quan").locator("option")).to_have_text(["Tất cả", "Sở Giao thông vận tải", "Sở Y tế"])
    province.answers = {"ARRAY['so-gtvt']::text[]) f": Answer(["numerator"], [[9]])} | province.answers
    control(page, "Cơ quan").focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"var-agency=so-gtvt"))
    control(page, "Kỳ").focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"period=year"))
    page.keyboard.type("t")  # Tháng này: in a list a letter chooses, and is no key of the page
    expect(page).to_have_url(re.compile(r"period=month"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(control(page, "Cơ quan")).to_have_value("so-gtvt")
    expect(control(page, "Kỳ")).to_have_value("month")


@pytest.mark.usefixtures("choices")
def test_an_agency_that_is_gone_is_said_and_shows_nothing(page: Page, served: Wallboard) -> None:
    page.goto(f"{served.url}board/reports?var-agency=giai-the")
    expect(page.locator("#note")).to_contain_text("Không còn trong danh mục, nên không có số liệu: Cơ quan giai-the")
    expect(control(page, "Cơ quan")).to_have_value("giai-the")


def test_a_period_without_data_says_so_in_every_panel(page: Page, served: Wallboard, province: Province) -> None:
    province.answers = {}
    page.goto(f"{served.url}board/reports?period=2020-01")
    expect(panel(page, "Theo cơ quan").locator(".nothing")).to_have_text("Chưa có dữ liệu")
    expect(panel(page, "Bản đồ phản ánh").locator(".nothing")).to_contain_text("Không có phản ánh nào")


def test_an_agency_leads_to_its_own_board(page: Page) -> None:
    panel(page, "Theo cơ quan").locator("tbody a").click()
    expect(page).to_have_url(re.compile(r"/board/reports\?var-agency=so-gtvt"))
    page.locator("#tabs a", has_text="Hồ sơ").click()
    expect(page).to_have_url(re.compile(r"/board/dossiers\?var-agency=so-gtvt"))


def test_a_new_critical_alert_stops_the_rotation_and_an_old_one_does_not(
    page: Page, served: Wallboard, province: Province
) -> None:
    page.set_viewport_size(HIGH)
    old, new = ["a-1", "Thư điện tử ngừng"], ["a-2", f"Trục LGSP ngừng {EVIL}"]
    province.answers["severity = 'critical' AND state = 'firing'"] = Answer(["id", "reason"], [old])
    page.goto(f"{served.url}board/dossiers?kiosk=5")  # one that was not read before there was the old alert
    expect(page.locator("#title")).to_have_text("Sức khỏe hệ thống")
    page.wait_for_function("sessionStorage.getItem('alarms')?.includes('a-1')")
    province.answers["severity = 'critical' AND state = 'firing'"] = Answer(["id", "reason"], [new, old])
    expect(page.locator("#alarm")).to_contain_text(f"cảnh báo nghiêm trọng mới: Trục LGSP ngừng {EVIL}")
    stopped = page.locator("#title").text_content()
    page.wait_for_timeout(6000)
    expect(page.locator("#title")).to_have_text(str(stopped))
    page.locator("#alarm").click()
    expect(page.locator("#title")).to_have_text("Cảnh báo và trực ban")


def test_a_viewers_wrong_clock_changes_nothing(page: Page, served: Wallboard) -> None:
    page.add_init_script("const real = Date.now; Date.now = () => real() - 400 * 86400000;")
    page.goto(f"{served.url}board/reports")
    expect(panel(page, "Phản ánh quá hạn").first.locator(".number")).to_have_text("2")
    expect(page.locator("#banner")).to_be_hidden()
    shown = page.locator("#clock").text_content() or ""
    now = datetime.now(UTC).astimezone(PROVINCE_TIME)
    assert shown in {f"{now - timedelta(seconds=ago):%H:%M:%S}" for ago in range(60)}
