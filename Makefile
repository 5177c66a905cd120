# Two commands for a newcomer: `make demo` and `make test`. The rest is for those who work on Vigie.
# Plain Python 3.11 or later and make are enough; uv is used where it is found.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
# Airflow starts dozens of short processes: without byte code each would compile its imports again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
STAMP := .venv/.complete

.PHONY: help setup demo test check unit e2e evals bench topics format lock env docs golden clean

help: ## Say what each target does
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 12

setup: $(STAMP) ## Make .venv with everything pinned in requirements.txt

$(STAMP): requirements.txt pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "vigie: Python 3.11 or later is missing; install it and run make again" >&2; exit 1; fi
	@echo "setup: packages into .venv (about 200; some minutes the first time)"
	@rm -f $(STAMP)
ifneq ($(UV),)
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@$(PYTHON) -m venv .venv || { echo "vigie: Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@touch $(STAMP)

demo: setup ## From nothing to an alert: a newsroom, Airflow, and the whole path, in minutes
	@$(BIN)/python -m demo

test: setup ## Everything: format, lint, types, imports, tests, one run of the DAGs on a real Airflow
	@$(MAKE) --no-print-directory check
	@echo "test: on two processes; Elasticsearch, PostgreSQL and Airflow are real"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup ## Format, lint, types, imports
	@echo "check: format"; $(BIN)/ruff format --check --quiet .
	@echo "check: lint"; $(BIN)/ruff check --quiet .
	@echo "check: types"; $(BIN)/mypy
	@echo "check: imports"; $(BIN)/lint-imports

unit: setup ## The tests that need no server: a minute or two
	@$(BIN)/python -m pytest -m "not elasticsearch and not postgresql and not e2e and not browser"

e2e: setup ## The DAGs on a real Airflow against the demo newsroom
	@$(BIN)/python -m pytest -m e2e

evals: setup ## How good the tags and the alerts are: figures on labelled texts and written streams, into docs/quality.md
	@$(BIN)/python -m tests.evals

bench: setup ## Measure: speed and memory beside a baseline of the same run, into docs/performance.md
	@$(BIN)/python -m bench

topics: setup ## Learn include/topics/weights.txt anew (needs the labelled entries beside the project)
	@$(BIN)/python -m train.topics

format: setup ## Format and mend what can be mended
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lock: ## Make requirements.txt and requirements-production.txt anew from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links pyproject.toml --group production --constraint requirements.txt \
		-o requirements-production.txt

env: ## Write .env, the passwords of docker-compose.yml (CELERY=yes: with workers; ADD=yes: only what is missing)
	@$(PYTHON) -m deploy.env $(if $(CELERY),--celery) $(if $(ADD),--add-missing) $(if $(OVERWRITE),--overwrite)

docs: setup ## Make the generated pages anew
	@$(BIN)/python -m docs.generate

golden: setup ## Make the golden files anew; read the difference before you commit it
	@$(BIN)/python -m tests.golden.rewrite

clean: ## Remove what the targets made
	@rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
