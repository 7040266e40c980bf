# Two commands do everything on a fresh machine: `make run` and `make test`.
# They need git, make and Python 3.11 or newer with venv; they bring the rest themselves.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip --disable-pip-version-check -qq
JOBS   ?= 2
ARGS   ?=

export PIP_REQUIRE_VIRTUALENV := 1

.PHONY: help run tour test test-long soak audit bench lint documents pictures lock translations package installer clean distclean system-run system-test setup-run setup-test
.DEFAULT_GOAL := help

help:
	@echo "make run        start Lightbox (without a display: the tour, with pictures)"
	@echo "make test       the checks and the whole suite (some minutes)"
	@echo "make test-long  soak, kill, packaging: what takes longer"
	@echo "make soak       ten minutes of everything at random over a line that breaks: does anything grow?"
	@echo "make audit      asks the advisory databases about every locked dependency (needs the network)"
	@echo "make tour       the program drives itself through its main job; pictures in build/tour"
	@echo "make bench      measures against goals and peers; table and build/bench/results.json"
	@echo "make lint       ruff, mypy, import contracts"
	@echo "make package    a program folder for this system in dist/lightbox"
	@echo "make installer  the installers that this system can make, in dist/installers"
	@echo "make translations  collect the texts, and make what the program loads of their translations"
	@echo "make documents  the pages of the help that are made from tables: keys, conformance statement"
	@echo "make pictures   the pictures of the help, from a tour"
	@echo "make lock       resolve the dependencies anew"
	@echo "make clean      remove what was built (distclean: the virtual environment too)"

# --- the virtual environment --------------------------------------------------------------------------------------

$(PY):
	@if [ -z "$(PYTHON)" ]; then \
		echo "Lightbox needs Python 3.11 or newer, and found: $$(python3 --version 2>&1 || echo none)."; \
		echo "Install it, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; fi
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make virtual environments here. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip --upgrade >/dev/null

$(VENV)/.run-installed: packaging/requirements.lock | $(PY)
	@echo "Installing what the program needs (locked, with hashes)"
	@$(PIP) install --require-hashes --only-binary :all: -r packaging/requirements.lock
	@touch $@

$(VENV)/.test-installed: packaging/requirements-test.lock pyproject.toml | $(PY)
	@echo "Installing what the tests need (locked, with hashes)"
	@$(PIP) install --require-hashes -r packaging/requirements-test.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run-installed

system-run: | $(PY)
	@$(PY) packaging/system_packages.py run

system-test: | $(PY)
	@$(PY) packaging/system_packages.py run test

setup-run: $(VENV)/.run-installed system-run

setup-test: $(VENV)/.test-installed system-test
	@if [ -f tests/integration/oidc/setup.sh ]; then sh tests/integration/oidc/setup.sh || true; fi

# --- the program --------------------------------------------------------------------------------------------------

run: setup-run
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ] && [ -z "$$QT_QPA_PLATFORM" ]; then \
		echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)."; \
		echo "Lightbox shows itself off-screen instead: pictures of every step in build/tour."; \
		QT_QPA_PLATFORM=offscreen $(PY) -m desktop_app --tour build/tour $(ARGS); result=$$?; \
		for picture in build/tour/*.png; do [ -e "$$picture" ] && echo "  $$picture"; done; exit $$result; \
	else exec $(PY) -m desktop_app $(ARGS); fi

tour: setup-run
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(PY) -m desktop_app --tour build/tour $(ARGS)

# --- the checks ---------------------------------------------------------------------------------------------------

lint: $(VENV)/.test-installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

test: setup-test lint
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) --dist loadgroup $(ARGS)

test-long: setup-test
	@mkdir -p build
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m long --timeout 3600 -o junit_family=xunit1 --junitxml build/test-long.xml $(ARGS); \
	ended=$$?; $(PY) -m tests.support.long_run build/test-long.xml tests/LONG_RUN.md; exit $$ended

soak: setup-test
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.support.soak --minutes 10 --json build/soak.json $(ARGS)

audit: setup-test
	@$(PY) packaging/audit.py $(ARGS)

bench: setup-test
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.benchmarks $(ARGS)

# --- packaging ----------------------------------------------------------------------------------------------------

package: setup-test
	$(PY) packaging/build.py $(ARGS)

installer: package
	$(PY) -m installer.build

translations: setup-test
	@$(PY) packaging/translations.py

documents: setup-test
	@QT_QPA_PLATFORM=offscreen $(PY) packaging/make_documents.py

pictures: tour
	@$(PY) packaging/make_pictures.py build/tour
	@LANGUAGE=de LC_ALL=C.UTF-8 QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(PY) -m desktop_app --tour build/tour-de
	@$(PY) packaging/make_pictures.py build/tour-de de

lock: | $(PY)
	@PYTHON=$(PY) sh packaging/lock.sh $(ARGS)

clean:
	rm -rf build dist .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find desktop_app tests packaging -name __pycache__ -type d -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)
