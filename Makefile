# make        this list
# make demo   set up, run the whole pipeline on the bundled newsroom, show the digest
# make test   set up, then format, lint, types, architecture and tests: what CI runs
# make run    set up, then one run on the sources of config.yaml
# make lock   write requirements/*.txt anew from *.in (needs pip-tools)
# make bench-reading   how fast articles are read on one core, and what extracting them costs (a minute); PAGES=FOLDER: real pages too
# make bench-extraction PAGES=FOLDER   how well and how fast real pages are extracted, against trafilatura (a minute)
# make bench-pipeline  what an article costs from its page to its place, a thousand of them (two minutes)
# make bench-schedule  how long items wait to be found, against other schedules (two minutes)
# make bench-polling  what polling costs, against lemon24/reader and others (some minutes; installs reader apart)
# make bench-stories   how fast a report finds its story among 1,000 to 100,000, and what a story takes (three minutes)
# make bench-searches  what matching articles with 10 to 10,000 saved searches costs, against one by one and SQLite's FTS5 (two minutes)
# make bench-digest   how fast digests are composed, and in how much memory (some minutes)
# make bench-outbox   a thousand digests, a mail server that fails, a sender that is killed (some twenty minutes)
# make clean  remove what the others made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup demo test run lock clean bench-outbox bench-reading bench-extraction bench-pipeline bench-schedule bench-polling bench-stories bench-searches bench-digest
help:
	@grep '^# make' Makefile | cut -c3-

setup: $(VENV)/.ready

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "pactwatch needs Python 3.11 or later; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once, about a minute)"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: setup
	@$(BIN)/pactwatch demo

run: setup
	@$(BIN)/pactwatch run

test: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench-reading: setup
	@$(BIN)/python -m benchmarks.reading $(if $(PAGES),--pages $(PAGES))

bench-extraction: setup
	@$(BIN)/python -m benchmarks.extraction $(or $(PAGES),$(error name the pages: make bench-extraction PAGES=FOLDER))

bench-pipeline: setup
	@$(BIN)/python -m benchmarks.pipeline

bench-schedule: setup
	@$(BIN)/python -m benchmarks.schedule

bench-polling: setup
	@$(BIN)/python -m benchmarks.polling

bench-stories: setup
	@$(BIN)/python -m benchmarks.stories

bench-searches: setup
	@$(BIN)/python -m benchmarks.searches

bench-digest: setup
	@$(BIN)/python -m benchmarks.digest

bench-outbox: setup
	@$(BIN)/python -m benchmarks.outbox

lock:
	cd requirements && for f in run dev; do \
	  pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links $$f.in -o $$f.txt; done

clean:
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
