# make run    install, build the dashboard if its sources changed, and start the gateway
# make test   install what tests need, then lint, types, import rules and tests
.DEFAULT_GOAL := help
.PHONY: help run test lint lock clean

PORT ?= 8000
DATA ?= data

help:
	@sed -n 's/^# //p' Makefile

run:
	@scripts/setup locks/runtime.txt
	@scripts/build-dashboard
	@exec .venv/bin/llm-gateway serve --port $(PORT) --data $(DATA)

test: lint
	@scripts/build-dashboard check
	@.venv/bin/pytest -n 2 --dist worksteal --ignore tests/browser
	@.venv/bin/pytest tests/browser

lint:
	@scripts/setup locks/dev.txt
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Resolves the dependencies of pyproject.toml anew. No address of a registry ends up in the files.
LOCK = .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11
lock:
	@scripts/setup locks/dev.txt
	$(LOCK) locks/bootstrap.in -o locks/bootstrap.txt
	$(LOCK) locks/node.in -o locks/node.txt
	$(LOCK) pyproject.toml -c locks/bootstrap.txt -o locks/runtime.txt
	$(LOCK) pyproject.toml --group dev -c locks/runtime.txt -o locks/dev.txt

clean:
	rm -rf .venv dashboard/node_modules src/llm_gateway/web/site/static build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
