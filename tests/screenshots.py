"""Pictures of the wallboard for the documents, of a demo that runs for a few minutes: `make screenshots`.

python -m tests.screenshots [--minutes N] [--every FOLDER]

With --every, also each page in both languages, on a wall and on a phone, into a folder for whoever has to look at them:
32 pictures, a minute or two. A page that does not come to be drawn whole ends it with an error.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from connectors.embedded.ports import LOOPBACK, free_port
from dashboards.grafana.files import BOARDS
from streams.words import LANGUAGES
from tests.stack.wallboard_tools import CHROMIUM, require_chromium

FOLDER = Path(__file__).parents[1] / "docs" / "images"
WALL, PHONE = (1920, 1080), (390, 844)


class Picture(NamedTuple):
    """A file, the page it shows, and how."""

    name: str
    page: str
    language: str
    theme: str
    size: tuple[int, int]


PICTURES = (
    Picture("wallboard-vi", "", "vi", "dark", WALL),
    Picture("overview-vi", "board/overview", "vi", "dark", WALL),
    Picture("reports-vi", "board/reports", "vi", "dark", WALL),
    Picture("dossiers-en", "board/dossiers", "en", "light", WALL),
    Picture("systems-en", "board/systems", "en", "dark", WALL),
    Picture("qd766-vi", "board/qd766", "vi", "dark", WALL),
    Picture("overview-phone-vi", "board/overview", "vi", "light", PHONE),
)
"""Those of the documents."""

_DRAWN = """() => document.documentElement.dataset.state === "live"
  && document.querySelector(".panel, .indicator") && !document.querySelector(".panel .body:empty")"""
_PATIENCE_MS = 60_000
_SETTLED_MS = 500  # for fonts and what moves


class Ended(Exception):
    """The demo ended before its pictures were taken; what it printed says why."""


def main() -> int:
    """Start a demo, let it fill, take every picture, end it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--every", type=Path)
    options = parser.parse_args()
    require_chromium()
    port = free_port()
    program = Path(sys.executable).with_name("nhip")
    with subprocess.Popen([program, "demo", "--trouble", "--port", str(port), "--rate", "50"]) as demo:
        try:
            _let_it_fill(demo, 60 * options.minutes)
            url = f"http://{LOOPBACK}:{port}/"
            _take(url, PICTURES, FOLDER)
            if options.every:
                _take(url, _every(), options.every)
        finally:
            demo.terminate()
    return 0


def _let_it_fill(demo: "subprocess.Popen[bytes]", seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        raise Ended(f"the demo ended with exit code {demo.wait(seconds)}")


def _every() -> Iterator[Picture]:
    pages = {"wallboard": "", **{board.name: f"board/{board.name}" for board in BOARDS}}
    for (name, page), language, (place, size) in product(
        pages.items(), LANGUAGES, {"wall": WALL, "phone": PHONE}.items()
    ):
        yield Picture(f"{name}-{language}-{place}", page, language, "dark", size)


def _take(url: str, pictures: Iterable[Picture], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in pictures:
            _picture(browser, url, picture, folder / f"{picture.name}.png")
        browser.close()


def _picture(browser: Browser, url: str, picture: Picture, file: Path) -> None:
    width, height = picture.size
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}{picture.page}?lang={picture.language}&theme={picture.theme}")
    page.wait_for_function(_DRAWN, timeout=_PATIENCE_MS)
    page.wait_for_timeout(_SETTLED_MS)
    page.screenshot(path=file)
    page.close()
    print(f"{file}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
