# run · test · check · fix · bench · backup · restore · lock
export PORT ?= 8000
python := .venv/bin/python
# Without a secret in the environment it is the demonstration of `make run` that is meant.
here := $(if $(SECRET_KEY)$(SECRET_KEY_FILE)$(REGISTER_MODE),,REGISTER_MODE=demonstration)
.PHONY: run test check fix bench backup restore lock

run: ## serves the register with a demonstration partnership in it
	@tools/setup.sh run
	@tools/frontend.sh
	@$(python) tools/run.py

test: ## passes every test on SQLite, then on a throw-away PostgreSQL
	@tools/setup.sh dev
	@tools/frontend.sh
	$(python) -m pytest -n 2 $(ARGS)
	$(python) tools/with_postgres.py $(python) -m pytest -n 2 --reuse-db -m "not own_servers and not no_database and not walks_pages" $(ARGS)

check: ## format, lint, types, import floors, missing migrations, templates, settings
	@tools/setup.sh dev
	@tools/frontend.sh
	@tools/check.sh

fix: ## formats, and mends what can be mended by itself
	@tools/setup.sh dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

bench: ## measures pages, writing, moving, printing, memory and sharing, each beside its limit or rival
	@tools/setup.sh dev
	@tools/frontend.sh
	@$(python) -m tests.bench.run $(ARGS)

backup: ## writes database and files into one file while in use: make backup TO=FILE
	@$(here) $(python) manage.py backup --to "$(or $(TO),$(error Say where it goes: make backup TO=FILE))"

restore: ## puts a backup into an empty installation: make restore FROM=FILE
	@$(here) $(python) manage.py restore --from "$(or $(FROM),$(error Say which backup: make restore FROM=FILE))"

lock: ## pins again what requirements/*.in and package.json name (needs uv)
	@tools/lock.sh
