# Everything runs in .venv, which the first target that needs it creates.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GENERATE := $(BIN)/naftiko-gen
DEMO_DIR := generated/kraken

.DEFAULT_GOAL := build
.PHONY: build test demo check lint golden bench clean

# A stamp for each set of dependencies: changed requirements install again, nothing else does.
$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; set PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

## Generate the packages of all specs.
build: $(VENV)/.installed
	$(GENERATE) build

## Run every test, of the generator and of what it emits.
test: $(VENV)/.installed-test lint
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile
	$(GENERATE) check

## Serve the generated package against its sandbox; one REST call, one MCP call.
demo: $(VENV)/.installed-test build
	$(BIN)/python tests/demo.py

## Say whether generated/ is what the specs make of it.
check: $(VENV)/.installed
	$(GENERATE) check

## Type-check, lint and format-check generator, static modules and output.
lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/black --quiet --check .
	$(BIN)/mypy

## Rewrite the golden trees; read the diff before committing it.
golden: $(VENV)/.installed-test
	$(BIN)/python -m pytest tests/test_golden.py --update-golden

## Measure against the peers (takes minutes; see benchmarks/README.md).
bench: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
