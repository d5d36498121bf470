# A fresh machine needs python3 (3.11 or newer), git and make; the rest is fetched from package registries.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV ?= $(or $(shell command -v uv),.venv-uv/bin/uv)
RUN := $(UV) run --no-sync
SYNC := $(UV) sync --frozen

# The machine's own Python, and never one that uv would download.
export UV_PYTHON ?= $(PYTHON)
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench screenshots stack stack-down dependencies

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(UV) ## everything on embedded parts, with simulated traffic, until Ctrl-C
	$(SYNC) --no-dev --inexact
	$(RUN) nhip demo

# Most of a test's time is waiting: three run at once. Those that stop or crash the parts have them to themselves. Where a
# part cannot be had (exit code 3) they run one by one, and those that need it are skipped, each with its reason.
ALONE := tests/faults tests/stack/test_parts.py
OTHERS := $(ALONE:%=--ignore=%)

test: dependencies ## every test; real Kafka and TimescaleDB are installed and started for it
	@failed=0; $(RUN) pytest $(ALONE) || failed=1; \
	$(RUN) python -m tests.parts run -- pytest -n 3 --dist loadfile $(OTHERS); code=$$?; \
	if [ $$code = 3 ]; then $(RUN) pytest $(OTHERS); code=$$?; fi; \
	[ $$code = 0 ] || failed=1; exit $$failed

lint: dependencies ## style, types, the one-way rule of imports, and what is known to be unsafe
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) bandit -q -c pyproject.toml -r nhip streams connectors dashboards
	$(RUN) python -m tests.advisories

bench: dependencies ## the comparison with other ways to do it, on the real parts
	$(RUN) python -m tests.parts run -- python -m benchmarks

screenshots: dependencies ## docs/images anew, of a demo that runs for a few minutes
	$(RUN) python -m tests.screenshots

stack: dependencies ## start real Kafka and TimescaleDB on this machine, and say where
	@$(RUN) python -m tests.parts up

stack-down: dependencies ## stop them
	@$(RUN) python -m tests.parts down

dependencies: $(UV)
	@$(SYNC) --quiet

# A private environment: Debian's Python refuses to have packages installed into it (PEP 668), and keeps venv in a package.
.venv-uv/bin/uv:
	$(PYTHON) -m venv .venv-uv \
	  || { rm -rf .venv-uv; apt-get update -q && apt-get install -q -y python3-venv && $(PYTHON) -m venv .venv-uv; } \
	  || { rm -rf .venv-uv; echo "$(PYTHON) has no venv module: install it (Debian: python3-venv), then repeat" >&2; exit 1; }
	echo '*' >.venv-uv/.gitignore
	.venv-uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
