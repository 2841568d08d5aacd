# 四下基层工作台账 (sixia). `make help` lists what there is; every target works alone from a clean clone.

.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:
.ONESHELL:
.SHELLFLAGS := -euc
SHELL := /bin/sh

export LC_ALL := C.UTF-8
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONHOME
unexport PYTHONPATH
unexport VIRTUAL_ENV

# Any Python from 3.11 on; `make PYTHON=/path/to/python3` chooses another one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
BIN := .venv/bin
WORKERS ?= 2
# The ledger that `make run` opens: a township that `make demo` left behind, else none.
LEDGER ?= $(firstword $(wildcard $(foreach n,柳河镇* *,demo-output/$(n).ledger demo-output/*/$(n).ledger)))

# What Qt's wheel expects of the system, as soname=package of Debian and Ubuntu.
LIBRARIES := libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0 \
	libdbus-1.so.3=libdbus-1-3 libfontconfig.so.1=libfontconfig1 libgthread-2.0.so.0=libglib2.0-0 \
	libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 \
	libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-image.so.0=libxcb-image0 \
	libxcb-render-util.so.0=libxcb-render-util0 libxcb-shape.so.0=libxcb-shape0 \
	libxcb-randr.so.0=libxcb-randr0 libxkbcommon-x11.so.0=libxkbcommon-x11-0
# What tests use beside it, as command=package.
TOOLS := pdftotext=poppler-utils qpdf=qpdf
LONG_TOOLS := $(TOOLS) Xvfb=xvfb
# What PyInstaller uses, and what Qt prints through; Debian's own Python comes without its library.
BUILD_TOOLS := objdump=binutils
BUILD_LIBRARIES = libcups.so.2=libcups2 $(shell $(BIN)/python -c 'import sys; n = "libpython%d.%d" % sys.version_info[:2]; \
	print(n + ".so.1.0=" + n if sys.base_prefix == "/usr" else "")')

.PHONY: help setup system demo run test test-long test-lowest lint format bench build lock clean

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1\t/p' Makefile | sort | expand -t 14

setup: .venv/.installed ## .venv with the locked dependencies and this project (default)

# Root on Debian or Ubuntu installs what is missing; anybody else is told the one command.
system:
	@[ "$$(uname -s)" = Linux ] || exit 0
	found=$$(PATH="$$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null || true)
	missing=
	for pair in $(LIBRARIES); do
		case "$$found" in *"$${pair%%=*} "*) continue ;; esac
		dpkg -s "$${pair#*=}" >/dev/null 2>&1 || missing="$$missing $${pair#*=}"
	done
	for pair in $(TOOLS); do
		command -v "$${pair%%=*}" >/dev/null 2>&1 || missing="$$missing $${pair#*=}"
	done
	if [ -n "$(PYTHON)" ] && ! "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null; then
		case "$(PYTHON)" in
		python3.*) missing="$$missing $(PYTHON)-venv" ;;
		*) missing="$$missing python3-venv" ;;
		esac
	fi
	[ -n "$$missing" ] || exit 0
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "installing system packages:$$missing"
		export DEBIAN_FRONTEND=noninteractive
		apt-get update -q && apt-get install -q -y --no-install-recommends $$missing && exit 0
	fi
	# Not an error here: the command line needs none of it. It is said again until it is done.
	printf '\n*** Missing from this system; as root, run:\n    apt-get install%s\n\n' "$$missing" >&2

.venv/.installed: requirements.lock pyproject.toml | system
	@if [ -z "$(PYTHON)" ]; then
		echo "Python 3.11 or later is needed; name one with: make PYTHON=/path/to/python3" >&2
		exit 1
	fi
	"$(BIN)/python" -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	"$(BIN)/python" -m pip install -q --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore "$(BIN)/python" -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

demo: setup ## the sample year end to end, into demo-output/
	$(BIN)/sixia demo demo-output

run: setup ## the window, on the ledger that `make demo` left, if any
	$(BIN)/sixia $(if $(LEDGER),'$(LEDGER)')

lint: setup ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## let ruff lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: lint ## lint, types, house rules and all quick tests
	$(BIN)/python -m pytest -m "not long" -n $(WORKERS) --dist loadfile

test-long: ## everything: long tests, frozen program, lowest dependency versions; a missing tool fails
	@$(MAKE) --no-print-directory system TOOLS='$(LONG_TOOLS)'
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory build
	SIXIA_LONG=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile
	$(MAKE) --no-print-directory test-lowest

test-lowest: build/lowest/.installed ## the quick tests with the lowest versions that pyproject.toml admits
	build/lowest/bin/python -m pytest -m "not long" -n $(WORKERS) --dist loadfile --ignore=tests/house

build/lowest/.installed: pyproject.toml tests/house/lowest.py | setup
	@rm -rf build/lowest
	$(BIN)/python -m venv build/lowest
	$(BIN)/python tests/house/lowest.py pyproject.toml > build/lowest.txt
	build/lowest/bin/python -m pip install -q -r build/lowest.txt
	PYTHONWARNINGS=ignore build/lowest/bin/python -m pip install -q --no-deps --no-build-isolation -e .
	touch $@

bench: setup ## milliseconds and ratios
	$(BIN)/python -m tests.bench

build: setup ## the frozen program in dist/sixia/, and its own self-test with an empty environment
	@$(MAKE) --no-print-directory system TOOLS='$(BUILD_TOOLS)' LIBRARIES='$(LIBRARIES) $(BUILD_LIBRARIES)'
	mkdir -p build
	$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build/pyinstaller build.spec
	echo "dist/sixia: $$(du -sm dist/sixia | cut -f1) MB"
	env -i dist/sixia/sixia --self-test 2>build/self-test.err || failed=$$?
	if [ -s build/self-test.err ] || [ -n "$${failed:-}" ]; then
		cat build/self-test.err >&2
		echo "the frozen program failed its self-test (exit $${failed:-0}; a line on stderr fails it too)" >&2
		exit 1
	fi

# Newer versions: make lock UPGRADE=--upgrade
# After 6.8.0, Qt's wheels for arm64 want glibc 2.39; 6.8.0 also serves Debian 12 and Ubuntu 22.04.
OLD_ARM := platform_machine == 'aarch64' and python_version < '3.14'
NOT_OLD_ARM := platform_machine != 'aarch64' or python_version >= '3.14'
lock: ## requirements.lock from pyproject.toml, for all Pythons and systems
	@[ -x build/lock/bin/uv ] || { "$(PYTHON)" -m venv build/lock && build/lock/bin/pip install -q uv; }
	printf '%s\n' "pyside6-essentials<6.8.1 ; $(OLD_ARM)" "pyside6-essentials>=6.9 ; $(NOT_OLD_ARM)" > build/arm.in
	build/lock/bin/uv pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
		--extra dev --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		-o requirements.lock pyproject.toml build/arm.in
	sed -i '1i # Made from pyproject.toml by `make lock`; exact versions and hashes for Python 3.11 and later.' requirements.lock

clean: ## remove what was built; .venv and demo-output/ stay
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
