# Mijn Buurtteam. `make help` says what each target does.

PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help demo clean-demo assets check test test-teeth sweep pictures drill format bench clean-bench

help: ## Say what each target does.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

demo: ## Start everything on this machine, with invented people, and say where it is; Ctrl-C stops it.
	@tools/make-venv base
	@tools/install-scanner || true
	@$(PYTHON) -m portal.demo

clean-demo: ## Throw away the data of the demo, so that the next one starts over.
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m portal.demo --clean; else rm -rf var; fi

assets: ## Build the styles, scripts and translations that the pages need.
	@tools/make-venv base
	@$(PYTHON) -m portal.assets
	@$(PYTHON) -m portal.catalogues compile

check: ## Look at form, types and texts of the code, without running it.
	@tools/make-venv dev
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m portal.catalogues check
	@$(PYTHON) -m portal.plain_language

test: ## Run every test, with a real database, a real browser and a real virus scanner.
	@tools/make-venv dev
	@tools/install-browser
	@tools/install-scanner
	@$(PYTHON) -m portal.assets --development
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m pytest -n $(if $(DATABASE_ADMIN_URL),0,2) --dist loadfile

test-teeth: ## Break the lock on the database in every way we know, and see that the tests notice each.
	@tools/make-venv dev
	@$(PYTHON) -m portal.assets
	@$(PYTHON) -m tests.teeth

sweep: ## Look at every page in every state, language, width and colours; goes on where it was stopped. ARGS="--only TEXT" for a part.
	@tools/make-venv dev
	@tools/install-browser
	@$(PYTHON) -m portal.assets --development
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m tests.sweep $(ARGS)

pictures: ## Make the contact sheet of the main pages, and the pictures of the README anew.
	@tools/make-venv dev
	@tools/install-browser
	@$(PYTHON) -m portal.assets --development
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m tests.sweep.pictures

drill: ## Practise a bad day: fill, back up, destroy, restore, prove that all is as it was. ARGS="--residents N --entries N" for a larger city.
	@tools/make-venv base
	@$(PYTHON) -m portal.assets
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m portal.demo.drill $(ARGS)

bench: ## Measure pages, the lock and the weight of pages on an invented city of 2,000,000 entries, kept for the next time.
	@tools/make-venv dev
	@$(PYTHON) -m portal.assets
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m tests.bench

clean-bench: ## Throw away the city that the bench made.
	@tools/make-venv dev
	@$(PYTHON) -m tests.bench --clean

format: ## Put the code in the agreed form.
	@tools/make-venv dev
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .
