"""The wallboard in a real browser: live without reload, honest when data is old or away, inert to markup."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.stack.wallboard_tools import Province, Wallboard, wallboard

WALL: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}

expect.set_options(timeout=60_000)  # the page itself waits five seconds before it takes silence for a fault


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def served(province: Province) -> Iterator[Wallboard]:
    with wallboard(province) as served:
        yield served


@pytest.fixture
def page(browser: Browser, served: Wallboard) -> Iterator[Page]:
    """The page on a wall. Whatever it complains about in the console fails the test."""
    page = browser.new_page(viewport=WALL)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.goto(served.url)
    yield page
    page.close()
    assert complaints == []


def value(page: Page, indicator: str) -> str:
    return f'[data-key="{indicator}"] .value'


def test_figures_change_without_a_reload(page: Page, province: Province) -> None:
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    page.evaluate("window.mine = 'still the same page'")
    province.reports = 1243
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.243")
    assert page.evaluate("window.mine") == "still the same page"


def test_each_ratio_shows_both_sides_and_says_what_it_counts(page: Page) -> None:
    on_time = page.locator('[data-key="dossiers.on_time"]')
    expect(on_time.locator(".value")).to_have_text(re.compile(r"^99\s%$"))  # cut off: 100 % is all of them
    expect(on_time.locator(".fraction")).to_have_text(re.compile(r"^99,61\s% · 237.630 / 238.539$"))
    expect(on_time.locator(".counts")).to_have_text("trong số đã xong và đang giải quyết")
    expect(page.locator('[data-key="health.uptime"] .fraction')).to_contain_text("86.012 / 86.400 giây")


def test_a_zero_denominator_is_not_applicable_in_either_language(page: Page, province: Province) -> None:
    province.online = (0, 0, "N/A")
    expect(page.locator(value(page, "dossiers.online_eligible"))).to_have_text("Không áp dụng")
    page.locator("#language").click()
    expect(page.locator(value(page, "dossiers.online_eligible"))).to_have_text("Not applicable")


def test_the_language_changes_as_a_whole(page: Page) -> None:
    page.locator("#language").click()
    expect(page.locator('[data-key="dossiers.on_time"] .fraction')).to_contain_text(re.compile(r"^99\.61\s% · "))
    expect(page.locator(value(page, "dossiers.received"))).to_have_text("238,539")
    assert page.evaluate("document.documentElement.lang") == "en"
    words = page.locator("body").inner_text().replace("Nhịp", "").replace("Tiếng Việt", "")
    assert words.isascii() or not re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", words)
    page.reload()
    expect(page.locator("#language")).to_have_text("Tiếng Việt")


def test_old_data_raises_a_banner_that_goes_by_itself(page: Page, province: Province) -> None:
    expect(page.locator("#banner")).to_be_hidden()
    province.age = 31
    expect(page.locator("#banner")).to_contain_text("Dữ liệu cũ")
    expect(page.locator('[data-key="reports"] .old')).to_be_visible()
    province.age = 1
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator('[data-key="reports"] .old')).to_be_hidden()


def test_a_database_that_is_away_is_said_and_forgotten_when_it_is_back(page: Page, province: Province) -> None:
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    province.away = True
    expect(page.locator("#banner")).to_contain_text("Không đọc được cơ sở dữ liệu")
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    province.away, province.reports = False, 1300
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.300")


def test_a_server_that_goes_is_noticed_and_found_again(page: Page, province: Province, served: Wallboard) -> None:
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    served.stop()
    expect(page.locator("#banner")).to_contain_text("Mất kết nối với máy chủ")
    province.reports = 1400
    served.start()
    expect(page.locator("#banner")).to_be_hidden()
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.400")


def test_markup_in_a_name_is_text(page: Page, province: Province) -> None:
    name = "reports.<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    province.names = ["reports.received", name]
    expect(page.locator(".indicator .name", has_text="onerror")).to_have_text(name)
    assert page.locator(".indicator img, .indicator script").count() == 0
    assert page.title() == "Nhịp · Bảng theo dõi"


def test_the_theme_is_remembered(page: Page) -> None:
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("#theme").click()
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert light != dark
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("size", [WALL, PHONE, {"width": 1366, "height": 768}, {"width": 3840, "height": 2160}])
@pytest.mark.parametrize("age", [1.0, 99.0])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_cut_off(
    page: Page, province: Province, served: Wallboard, size: ViewportSize, age: float, language: str
) -> None:
    province.age, province.reports, province.online = age, 88_888_888, (27_873, 27_873, "100,00 %")
    page.set_viewport_size(size)
    page.goto(f"{served.url}?lang={language}")
    expect(page.locator(value(page, "reports.received"))).to_have_text(re.compile("^88.888.888$"))
    if age > 30:
        expect(page.locator("#banner")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    assert page.evaluate(OVERFLOWING) == []


OVERFLOWING = """() => [...document.querySelectorAll('header *, .indicator *, .pulse *, #banner')]
  .filter((element) => element.checkVisibility() && !(element instanceof SVGElement))
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const room = element.closest('.indicator, .pulse, header, #banner').getBoundingClientRect();
    return element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
      || box.right > room.right + 1 || box.bottom > room.bottom + 1 || box.top < room.top - 1;
  })
  .map((element) => `${element.className}: ${element.textContent}`)"""


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("age", [1.0, 99.0])
def test_words_have_the_contrast_of_wcag_aa(
    page: Page, province: Province, served: Wallboard, theme: str, age: float
) -> None:
    province.age = age
    page.goto(f"{served.url}?theme={theme}")
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    if age > 30:
        expect(page.locator("#banner")).to_be_visible()
    assert page.evaluate(LOW_CONTRAST) == []


LOW_CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = channels(colour).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
  };
  const speaks = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && speaks(element))
    .map((element) => {
      const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
      return { text: element.textContent, ratio: (one + 0.05) / (other + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
}"""


def test_motion_is_still_for_those_who_ask(browser: Browser, served: Wallboard) -> None:
    page = browser.new_page(viewport=WALL, reduced_motion="reduce")
    page.goto(served.url)
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    assert page.evaluate("document.getAnimations().length") == 0
    page.close()


def test_the_first_figures_are_painted_within_two_seconds(browser: Browser, served: Wallboard) -> None:
    page = browser.new_page(viewport=WALL)
    page.goto(served.url, wait_until="commit")
    expect(page.locator(value(page, "reports.received"))).to_have_text("1.242")
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") < 2000
    page.close()
