# Every command a person runs. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh

UV_VERSION := 0.13.9
PYTHON ?= python3
PORT ?= 8000
DEMONSTRATION ?= true
BIN := .venv/bin
export DEBUG ?= true
UV := $(BIN)/uv
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help setup run test test-long test-postgres test-all check fix bench docs strings lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Evenhand needs Python 3.11 or later; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/run.stamp: requirements.lock pyproject.toml | $(UV)
	$(UV) pip install --quiet --require-hashes -r requirements.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(UV) pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

.venv-bench/stamp: requirements-bench.lock pyproject.toml | $(UV)
	$(PYTHON) -m venv .venv-bench
	$(UV) pip install --quiet --python .venv-bench --require-hashes -r requirements-bench.lock
	$(UV) pip install --quiet --python .venv-bench --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/dev.stamp ## Make the environment, and nothing else

run: .venv/run.stamp ## Serve Evenhand, with made-up organisations, on http://localhost:8000 (PORT=… DEMONSTRATION=false to change)
	@PORT=$(PORT) DEMONSTRATION=$(DEMONSTRATION) $(BIN)/python manage.py serve

test: .venv/dev.stamp ## Everything that fits in five minutes
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long"

test-long: .venv/dev.stamp ## What `make test` leaves out: long crawls, faults and races
	$(BIN)/python -m pytest -n 2 --dist loadfile -m long

test-postgres: .venv/dev.stamp ## What touches the database, races and all, on a real PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long and not browser" --postgres

test-all: test test-long test-postgres ## Everything

check: .venv/dev.stamp ## Lint, types, import contracts, docs and settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py write_reference --check
	$(BIN)/python manage.py write_strings --check

fix: .venv/dev.stamp ## Mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv-bench/stamp .venv/dev.stamp ## Speed, beside peers, in one run
	.venv-bench/bin/python -m benchmarks

docs: .venv/run.stamp ## Write the generated reference pages anew
	$(BIN)/python manage.py write_reference

strings: .venv/run.stamp ## Gather every sentence that is to be put into Welsh
	$(BIN)/python manage.py write_strings

lock: $(UV) ## Choose versions anew and write the hashed lock files
	$(LOCK) pyproject.toml --group build --upgrade -o requirements.lock
	$(LOCK) pyproject.toml --group build --group dev -c requirements.lock --upgrade -o requirements-dev.lock
	$(LOCK) pyproject.toml --group build --group bench -c requirements.lock --upgrade -o requirements-bench.lock

clean: ## Remove the environments and everything that was made by running
	rm -rf .venv .venv-bench var build dist src/evenhand.egg-info
