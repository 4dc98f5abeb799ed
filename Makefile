# `make play` and `make test` need Python 3.11 or newer, make and git; the rest is set up on the
# first run, in .venv, from the versions in requirements.lock. PYTHON=python3.13 picks another
# Python (after `make clean`, where one was set up before).

PYTHON ?= python3
JOBS   ?= 2

VENV   := .venv
BENCH  := .venv-bench
MATRIX := .venv-matrix
PIP   := -m pip --disable-pip-version-check --quiet

# Those of the Pythons that are supported and installed, for `make matrix`.
PYTHONS = $(foreach python,python3.11 python3.12 python3.13 python3.14,\
  $(if $(shell $(python) -c 'import ensurepip' 2>/dev/null && echo found),$(python)))

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help play lint check test matrix snapshots pictures openssh chromium libreoffice findings model golden words bench lock clean

help:
	@echo 'make play    play the flagship exercise, alone, with seed 7'
	@echo 'make check   lint, types, import rules and the quick tests: about three minutes'
	@echo 'make test    the same with all tests; stops at the first failure'
	@echo 'make matrix  the quick tests on each Python from 3.11 on that is installed here'
	@echo 'make snapshots  the looks of the screens anew; look at what changed before you commit it'
	@echo 'make pictures  the pictures of docs/ anew, from the snapshots'
	@echo 'make findings  docs/findings.md anew: what many runs say of the flagship, and the README with it; some minutes'
	@echo 'make model   docs/model-data.md anew: the numbers of the flagship, from its files'
	@echo 'make golden  tests/golden_rows.txt anew: whole games that must come out exactly'
	@echo 'make words   ttx/locale anew: the sentences that ttx says, and the catalogues of other languages'
	@echo 'make bench   this project and its peers on the same work (installs the peers, about 700 MB)'
	@echo 'make lock    write the lock files anew; run it with the oldest Python that is supported'
	@echo 'make clean   remove what the above have set up'

play: $(VENV)/.installed
	@$(VENV)/bin/python -m ttx play accelerate --seed 7

lint: $(VENV)/.installed $(VENV)/.tested-with
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy $(wildcard ttx tests benchmarks)
	$(VENV)/bin/lint-imports --no-logo

check: lint
	$(VENV)/bin/pytest -q -n $(JOBS) --dist worksteal -m 'not slow'

test: lint openssh chromium libreoffice
	$(VENV)/bin/pytest -q -n $(JOBS) --dist worksteal

# Lint and types ask for the oldest Python wherever they run; what an interpreter may change is how
# the code behaves.
matrix: $(PYTHONS:%=$(MATRIX)/%/.tested)

$(MATRIX)/%/.tested: FORCE
	@test $(@D)/.locked -nt requirements-dev.lock || { \
	  echo 'Setting up $(@D), once; some minutes.' >&2 && \
	  $* -m venv --clear $(@D) && \
	  $(@D)/bin/python $(PIP) install --requirement requirements-dev.lock && touch $(@D)/.locked; }
	@$(@D)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@$(@D)/bin/python --version
	@$(@D)/bin/pytest -q -n $(JOBS) --dist worksteal -m 'not slow'

FORCE:

snapshots: $(VENV)/.installed $(VENV)/.tested-with
	@$(VENV)/bin/pytest -q tests/test_snapshots.py --snapshot-update
	@git status --short tests/__snapshots__

pictures: $(VENV)/.installed $(VENV)/.tested-with chromium
	@$(VENV)/bin/python tests/pictures.py

# What many runs of the flagship say to its question, told by the commands that the page names. Two
# of its robots differ in pace alone, so they are the question.
findings: $(VENV)/.installed $(VENV)/.tested-with
	@rm -rf .findings
	@$(VENV)/bin/python -m ttx sweep accelerate --policy phased --policy accelerated --policy staff_first \
	  --policy hawaii --policy cautious --policy halt --worlds 2000 --out .findings/sweep >/dev/null
	@$(VENV)/bin/python -m ttx sweep accelerate --policy phased --policy accelerated --worlds 2000 \
	  --ranges all --out .findings/sows >/dev/null
	@$(VENV)/bin/python -m ttx sensitivity accelerate --question phased:accelerated --out .findings/hangs >/dev/null
	@$(VENV)/bin/python -m tests.properties --markdown >.findings/properties.md
	@rm -f docs/findings.md
	@$(VENV)/bin/python -m ttx findings .findings/sweep .findings/sows .findings/hangs --out docs/findings.md
	@$(VENV)/bin/python -m tests.readme_figures .findings/properties.md

# The numbers behind the rule model's page, from the files that own them.
model: $(VENV)/.installed $(VENV)/.tested-with
	@$(VENV)/bin/python tests/model_page.py

# Whole games of the flagship as the oracle plays them; after a change of numbers that is meant.
golden: $(VENV)/.installed $(VENV)/.tested-with
	@$(VENV)/bin/python tests/golden_rows.py

# The sentences as the sources say them; then each language gets what is new, and is compiled. A new
# language begins with: .venv/bin/pybabel init -D ttx -i ttx/locale/ttx.pot -d ttx/locale -l ja
words: $(VENV)/.installed $(VENV)/.tested-with
	@$(VENV)/bin/python tests/words.py
	@for po in ttx/locale/*/LC_MESSAGES/ttx.po; do if [ -f "$$po" ]; then \
	  code=$${po#ttx/locale/}; code=$${code%%/*}; \
	  $(VENV)/bin/pybabel -q update -D ttx -i ttx/locale/ttx.pot -d ttx/locale -l "$$code" \
	    --width 100 --no-fuzzy-matching --ignore-pot-creation-date && \
	  $(VENV)/bin/pybabel -q compile -D ttx -d ttx/locale -l "$$code"; fi; done

bench: $(BENCH)/.installed
	@$(BENCH)/bin/python -m benchmarks

# A stamp is as old as what it stands for. A new lock starts from an empty environment, so nothing
# is ever left over in it; a changed pyproject.toml only installs ttx itself again.

$(VENV)/.locked $(BENCH)/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'ttx needs Python 3.11 or newer: name one with make PYTHON=python3.11 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'This Python cannot make virtual environments yet: apt install python3-venv' >&2; exit 1; }
	@echo 'Setting up $(@D), once; about a minute.' >&2
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(PIP) install --requirement requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	@$(@D)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# ttx is installed once more behind them: fontTools, which comes along, has a command of that name.
$(VENV)/.tested-with: $(VENV)/.locked requirements-dev.lock
	@$(@D)/bin/python $(PIP) install --requirement requirements-dev.lock
	@$(@D)/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Remote play is tested with the clients and the server that people have.
openssh:
	@PATH=$$PATH:/usr/sbin; if ! { command -v ssh && command -v ssh-keygen && command -v sshd; } >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openssh-client openssh-server; } >/dev/null; \
	  else echo 'The tests need OpenSSH: apt install openssh-client openssh-server' >&2; exit 1; fi; fi

# The report is looked at in a browser that people have.
chromium:
	@if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null; \
	  else echo 'The tests look at a report in Chromium: apt install chromium' >&2; exit 1; fi; fi

# Workbooks and Word files are opened in an office that people have, and looked at as PDF.
libreoffice:
	@if ! { command -v soffice && command -v pdftotext && command -v pdftoppm; } >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      libreoffice-writer libreoffice-calc poppler-utils; } >/dev/null; \
	  else echo 'The tests open files in LibreOffice: apt install libreoffice-writer libreoffice-calc poppler-utils' >&2; exit 1; fi; fi

$(BENCH)/.installed: $(BENCH)/.locked pyproject.toml
	@$(@D)/bin/python $(PIP) install --no-build-isolation --constraint requirements.lock --editable '.[bench]'
	@touch $@

lock:
	@$(PYTHON) -m venv --clear .venv-lock
	@.venv-lock/bin/python $(PIP) install hatchling
	@.venv-lock/bin/python $(PIP) install --no-build-isolation --editable .
	@{ echo '# What runs ttx, and hatchling, which installs it from a checkout. Written by `make lock`.'; \
	  .venv-lock/bin/python $(PIP) freeze --exclude-editable; } > requirements.lock
	@.venv-lock/bin/python $(PIP) install --no-build-isolation --editable '.[dev]'
	@{ echo '# What tests ttx, on top of what runs it. Written by `make lock`.'; \
	  echo '--requirement requirements.lock'; \
	  .venv-lock/bin/python $(PIP) freeze --exclude-editable | grep -vxFf requirements.lock; } > requirements-dev.lock
	@rm -rf .venv-lock

clean:
	rm -rf $(VENV) $(BENCH) $(MATRIX) .venv-lock .findings build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	find ttx tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
