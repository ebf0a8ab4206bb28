# run · test · check · fix · bench · lock
export PORT ?= 8000
python := .venv/bin/python
.PHONY: run test check fix bench lock

run: ## serves the register with a demonstration partnership in it
	@tools/setup.sh run
	@tools/frontend.sh
	@$(python) tools/run.py

test: ## passes every test on SQLite, then on a throw-away PostgreSQL
	@tools/setup.sh dev
	@tools/frontend.sh
	$(python) -m pytest -n 2 $(ARGS)
	$(python) tools/with_postgres.py $(python) -m pytest -n 2 -m "not own_servers and not no_database and not walks_pages" $(ARGS)

check: ## format, lint, types, import floors, missing migrations, templates, settings
	@tools/setup.sh dev
	@tools/frontend.sh
	@tools/check.sh

fix: ## formats, and mends what can be mended by itself
	@tools/setup.sh dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

bench: ## measures the pages at 100,000 entries, flows and rules at 10,000 agreements
	@tools/setup.sh dev
	@tools/frontend.sh
	@$(python) -m tests.bench.run $(ARGS)

lock: ## pins again what requirements/*.in and package.json name (needs uv)
	@tools/lock.sh
