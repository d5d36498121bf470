"""`python -m tests.advisories`: known weaknesses of the packages that uv.lock names, as PyPI tells them (`make lint`).

Exit code 1 where there are any. A machine that reaches no more than a mirror of packages cannot ask: it says so in a
line and goes on, for a build must not hang on somebody else's service.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "uv.lock"
_SECONDS = "10"


def main() -> int:
    """Ask, and print what was answered."""
    packages = locked(LOCK.read_text(encoding="utf-8"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(packages))
        file.flush()
        command = ["pip-audit", "-r", file.name, "--no-deps", "--disable-pip", "-f", "json", "--timeout", _SECONDS]
        done = subprocess.run(command, capture_output=True, text=True)
    lines, code = judged(done.stdout)
    print("\n".join(lines))
    return code


def locked(lock: str) -> list[str]:
    """What a lock file names, but for the project itself."""
    packages = tomllib.loads(lock)["package"]
    return sorted(f"{one['name']}=={one['version']}" for one in packages if "registry" in one["source"])


def judged(report: str) -> tuple[list[str], int]:
    """pip-audit's report in lines, and the exit code."""
    try:
        dependencies: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        dependencies = []
    asked = [one for one in dependencies if "vulns" in one]
    if not asked:
        return ["advisories were not looked up: PyPI's JSON cannot be reached from here"], 0
    weak = [one for one in asked if one["vulns"]]
    lines = [f"{one['name']} {one['version']}: {_named(vuln)}" for one in weak for vuln in one["vulns"]]
    left = len(dependencies) - len(asked)
    return [*lines, f"{len(asked)} packages looked up, {left} not known there, {len(weak)} with advisories"], bool(weak)


def _named(vuln: dict[str, Any]) -> str:
    fixed = f", mended in {', '.join(vuln['fix_versions'])}" if vuln.get("fix_versions") else ""
    return f"{vuln['id']}{fixed}"


if __name__ == "__main__":
    sys.exit(main())
