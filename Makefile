# Everything happens in .venv; a machine needs Python 3.11 or newer, and make.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(name))))
VENV := .venv
BIN := $(VENV)/bin
DB ?= data/nejat.db

.PHONY: help install demo test soak lint bench evaluate evaluate-search house clean

help:  ## List what can be made.
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

install: $(VENV)/.installed  ## Set up .venv with the programs scrapy and nejat, and nothing else.

demo: $(VENV)/.installed  ## Crawl the invented sample site, then serve its archive.
	$(BIN)/nejat demo

test: lint  ## Lint, types, import contract and the suite, but for the long tests of make soak.
	$(BIN)/pytest -n auto --dist worksteal

soak: $(VENV)/.dev  ## The long form of the tests of crashes, faults and months of cron runs, and other generated examples: six minutes on two cores.
	$(BIN)/pytest -n auto -m soak
	$(BIN)/pytest -n auto --hypothesis-profile=chance $(shell grep -rl --include='*.py' '@given' tests)

lint: $(VENV)/.dev  ## Lint, formatting, types and import contract.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/.evaluate  ## Compare the extractor with trafilatura and newspaper4k on pages whose truth is known.
	$(BIN)/python -m benchmarks.evaluate

bench: $(VENV)/.evaluate  ## Measure what an article costs, from its bytes to the index: twenty minutes on two cores.
	$(BIN)/python -m benchmarks.speed

evaluate-search: $(VENV)/.installed  ## Compare the search with words as typed and with FTS5 as it comes, on questions that were judged.
	$(BIN)/python -m benchmarks.search_quality

house: $(VENV)/.dev  ## Print the figures of the code's structure: names, import cycles, long files, lines.
	$(BIN)/python -m tests.support.structure

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "nejat-crawler needs Python 3.11 or newer; found is $(or $(PYTHON),none) ($$($(or $(PYTHON),true) -V 2>&1)): name another with make PYTHON=..."; exit 1; } >&2
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

$(VENV)/.evaluate: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip  # 23.2 stumbles over lxml[html_clean]
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[evaluate]'
	@touch $@

clean:  ## Remove the environment and the caches; never the archive.
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
