# The commands of this project; each says what it does. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
SOURCES := kb_tools scripts tests

.PHONY: help setup demo test check format lock index interface inventory figures mutants outside \
  stories calibrate bench html load pages tasks axe ways widget cross fuzz eval torture sbom audit clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

setup: .venv/.installed ## Make .venv and install everything, pinned

.venv/.installed: requirements-dev.txt pyproject.toml scripts/setup
	scripts/setup

demo: setup ## Build everything and ask one question in each language
	scripts/demo

test: setup ## Install what tests need, system packages included where it may, and run them all
	-scripts/system-packages chromium firefox-esr fonts-noto-cjk gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 nodejs webkit2gtk-driver xvfb
	-scripts/node-packages
	$(BIN)/kb build
	$(BIN)/python -m pytest

check: setup ## What must hold before a commit: format, lint, types, tests, kb check, kb build --check
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/deno fmt --check
	$(BIN)/mypy
	$(BIN)/python scripts/figures.py >/dev/null
	$(BIN)/kb check
	$(BIN)/kb index
	$(BIN)/python -m pytest
	$(BIN)/kb build --check

format: setup ## Format Python and JavaScript, and mend what lint can mend
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/deno fmt

lock: setup ## Pin all dependencies anew, with hashes
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --upgrade --output-file requirements-dev.txt

interface: setup ## Bring the package's own catalogs up to the words of its interface
	$(BIN)/python scripts/interface.py

inventory: setup ## Compare the facts with the inventory that they were first written from
	$(BIN)/python scripts/inventory.py

figures: setup ## Measure functions, files and lines; fail where one is too long
	$(BIN)/python scripts/figures.py

mutants: setup ## Change the program in small ways and list changes that no test notices; ALL=1 takes all
	$(BIN)/python scripts/mutants.py $(if $(ALL),--all)

outside: setup ## Install the built package outside the repository and use it in 1, 2, 4 and 12 languages
	$(BIN)/python scripts/outside.py

stories: setup ## Change a value, add a fact, a kind of value and German, as the handbook says, in copies
	$(BIN)/python scripts/stories.py

index: setup ## Build both indexes only
	$(BIN)/kb index

calibrate: setup ## Fit the map of meanings and the decision to answer anew, and build the indexes with them
	$(BIN)/python scripts/learned_map.py
	$(BIN)/kb index
	$(BIN)/python scripts/calibrate.py
	$(BIN)/kb index

bench: index ## Measure how fast questions are answered, beside Whoosh, and as texts grow
	$(BIN)/python scripts/bench.py
	node scripts/linear.mjs

html: setup ## Validate the HTML of every page of the built site
	scripts/node-packages
	$(BIN)/python scripts/html_validity.py

load: index ## Load the service for four minutes, with words and with meaning, by one worker and two
	scripts/system-packages wrk
	$(BIN)/python scripts/service_load.py

ways: index ## Ask all questions of the tests in every way there is, and compare
	$(BIN)/python scripts/ways.py

widget: setup ## Measure the search box in Chromium on the built site
	$(BIN)/python scripts/widget_bench.py

pages: setup ## Measure every page of the built site: facts, screens, sheets, first sight, shift, bytes
	$(BIN)/kb build
	$(BIN)/python scripts/pages.py

tasks: setup ## Do the tasks that readers come with, and tell which go well
	$(BIN)/kb build
	$(BIN)/python scripts/tasks.py

axe: setup ## Look with axe at every page of the built site, in all languages, widths and colors
	$(BIN)/kb build
	$(BIN)/python scripts/accessibility.py

cross: index ## Measure questions in a language that the index lacks
	$(BIN)/python scripts/cross_language.py

fuzz: index ## Ask 20,000 random and adversarial questions
	$(BIN)/python scripts/fuzz.py
	$(BIN)/python scripts/fuzz.py --semantic

eval: index ## Measure how well the tuning set is answered, with meaning and with words alone
	$(BIN)/kb eval tests/queries.jsonl
	$(BIN)/kb eval tests/queries.jsonl --no-semantic

torture: index ## Break the program in every way that is known, and print what did not hold; QUICK=1 takes a part
	$(BIN)/kb build
	$(BIN)/python scripts/torture.py $(if $(QUICK),--quick)

sbom: setup ## Write the bill of materials of a release to dist/
	$(BIN)/python scripts/sbom.py

audit: setup ## Look for known vulnerabilities in every pinned package
	$(BIN)/python scripts/audit.py

clean: ## Remove what was built, but not .venv
	rm -rf build site mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis
