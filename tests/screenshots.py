"""Pictures of the wallboard for the documents, of a demo that runs for a few minutes: `make screenshots`.

python -m tests.screenshots [--minutes N]
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from connectors.embedded.ports import LOOPBACK, free_port
from tests.stack.wallboard_tools import CHROMIUM, require_chromium

FOLDER = Path(__file__).parents[1] / "docs" / "images"
WALL, PHONE = (1600, 900), (390, 844)

PICTURES = (
    ("wallboard-vi", "", "vi", "dark", WALL),
    ("overview-vi", "board/overview", "vi", "dark", WALL),
    ("reports-vi", "board/reports", "vi", "dark", WALL),
    ("dossiers-en", "board/dossiers", "en", "light", WALL),
    ("systems-en", "board/systems", "en", "dark", WALL),
    ("overview-phone-vi", "board/overview", "vi", "light", PHONE),
)
"""File, page, language, theme, size."""

_DRAWN_MS = 4000  # a board is read every two seconds


def main() -> int:
    """Start a demo, let it fill, take every picture, end it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=4.0)
    minutes = parser.parse_args().minutes
    require_chromium()
    port = free_port()
    program = Path(sys.executable).with_name("nhip")
    with subprocess.Popen([program, "demo", "--trouble", "--port", str(port), "--rate", "50"]) as demo:
        try:
            time.sleep(60 * minutes)
            _take(f"http://{LOOPBACK}:{port}/")
        finally:
            demo.terminate()
    return 0


def _take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, page, language, theme, size in PICTURES:
            _picture(browser, f"{url}{page}?lang={language}&theme={theme}", size, FOLDER / f"{name}.png")
        browser.close()


def _picture(browser: Browser, url: str, size: tuple[int, int], file: Path) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(url)
    page.wait_for_timeout(_DRAWN_MS)
    page.screenshot(path=file)
    page.close()
    print(f"{file.relative_to(FOLDER.parents[1])}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
