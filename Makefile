# Two commands matter: `make demo` and `make test`. Both set up what they need, say what they do, and can be run again.
# PYTHON names the interpreter for the environment (3.11 or newer).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Every pin stands in the lock with its hashes, extras included; --no-deps keeps pip from resolving anew.
INSTALL_LOCKED := $(PIP) install --no-deps --require-hashes --requirement

.PHONY: help demo test check lint types layers unit soak lock bench-peers clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: $(VENV)/.run  ## set everything up and run the main job on replica sites
	$(BIN)/python -m tests.demo

test: check unit  ## set everything up and run all checks and tests

check: lint types layers

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports
	$(BIN)/deptry .

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses 2 --dist loadgroup

soak: $(VENV)/.dev  ## the kill test at length (200 kills), which `make test` runs in short form
	ZHENGFA_KILLS=200 $(BIN)/pytest tests/alerts/test_kills.py

$(VENV)/bin/python:
	@echo "making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A dev environment is a run environment too: .dev satisfies .run.
$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	@if [ ! -f $(VENV)/.dev ] || [ requirements/run.lock -nt $(VENV)/.dev ]; then \
		echo "installing what the program needs (requirements/run.lock)"; $(INSTALL_LOCKED) requirements/run.lock; fi
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what the tests need (requirements/dev.lock)"
	$(INSTALL_LOCKED) requirements/dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	@touch $@

lock:  ## resolve the pins anew (needs uv); holds hashes and no addresses
	uv pip compile pyproject.toml --group demo --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements/run.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --constraint requirements/run.lock --output-file requirements/dev.lock

bench-peers:  ## the environment of the programs that bench/ measures against
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip --disable-pip-version-check --quiet install --requirement bench/peers.txt
	.venv-bench/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --requirement bench/peers_pages.txt

clean:  ## remove the environments and what the demo made; a record of your own in var/ stays
	rm -rf $(VENV) .venv-bench var/demo var/demo.lock dist
