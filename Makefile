# Needs Python 3.11 or newer with venv, and make. Everything else the commands fetch themselves.
PYTHON ?= python3
PORT ?= 8000
export PORT

help:
	@echo "make demo        a demonstration cohort on http://127.0.0.1:$(PORT)"
	@echo "make demo-reset  the demonstration's data anew"
	@echo "make run         as demo, reloading when the code changes"
	@echo "make sure        format, lint, imports, types, content, file lengths"
	@echo "make test        everything that must hold, on both databases and in a browser"
	@echo "make verify      the long proofs; writes docs/bevis/"
	@echo "make bench       figures against a bare page"
	@echo "make lock        compile requirements*.in"

demo:
	@$(PYTHON) deploy/demo.py serve

demo-reset:
	@$(PYTHON) deploy/demo.py reset

run:
	@$(PYTHON) deploy/demo.py develop

sure:
	@$(PYTHON) tests/tools/suite.py sure

test:
	@$(PYTHON) tests/tools/suite.py test

verify:
	@$(PYTHON) tests/tools/suite.py verify

bench:
	@$(PYTHON) tests/tools/suite.py bench

lock:
	@$(PYTHON) deploy/lock.py

.PHONY: help demo demo-reset run sure test verify bench lock
