"""The audit of packages: what it says of a report, and that it asks about every package of the lock file."""

import json
import tomllib

from tests.advisories import LOCK, judged, locked

CLEAN = {"name": "orjson", "version": "3.13.0", "vulns": []}
WEAK = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "PYSEC-2025-1", "fix_versions": ["3.1.6"]}]}
UNKNOWN = {"name": "nhip-x", "skip_reason": "not found on PyPI"}


def report(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_weakness_is_named_with_what_mends_it_and_ends_the_run() -> None:
    lines, code = judged(report(CLEAN, WEAK))
    assert code == 1
    assert lines[0] == "jinja2 3.1.0: PYSEC-2025-1, mended in 3.1.6"


def test_without_weaknesses_the_run_goes_on_and_says_how_much_was_looked_up() -> None:
    assert judged(report(CLEAN, UNKNOWN)) == (["1 packages looked up, 1 not known there, 0 with advisories"], 0)


def test_where_nobody_can_be_asked_it_says_so_and_claims_nothing() -> None:
    for said in ("", "Traceback", report(UNKNOWN), report()):
        (line,), code = judged(said)
        assert (code, "not looked up" in line) == (0, True)


def test_every_package_of_the_lock_file_is_asked_about() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert len(locked(text)) == len(tomllib.loads(text)["package"]) - 1
