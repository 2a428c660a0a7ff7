# SPDX-License-Identifier: Apache-2.0
# The menu. CMake does the work; CMakePresets.json has the builds.

PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 30
BENCH ?=
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

build = cmake --preset $(1) >/dev/null && env -u MAKEFLAGS -u MAKELEVEL cmake --build --preset $(1) --parallel $(JOBS)
here = REMIT_BUILD=build-bench LUA_PATH='scripts/?.lua;scripts/?/init.lua;;' LUA_CPATH='build-bench/lua/?.so;;'

.PHONY: menu demo test test-reports fuzz bench bench-peers install clean

menu:
	@echo 'make demo         build, print the NENC example and write its board report into out/'
	@echo 'make test         every test: gcc, then clang with address and undefined-behaviour sanitizers'
	@echo 'make test-reports reports in a browser and in a spreadsheet, and an attack on what they withhold'
	@echo 'make fuzz         FUZZ_SECONDS=$(FUZZ_SECONDS) seconds of each fuzz target'
	@echo 'make bench        speed, as ratios taken side by side'
	@echo 'make bench-peers  install what `make bench` compares with'
	@echo 'make install      to PREFIX=$(PREFIX), under DESTDIR'
	@echo 'make clean        remove the build trees'
	@echo
	@echo 'demo, test, test-reports, fuzz and bench first install missing Debian packages (tools/packages), as root or with sudo.'

demo:
	@tools/install-packages demo
	@$(call build,release)
	@build/remit run examples/nenc/demo.lua
	@echo
	@build/remit run examples/nenc/board.lua

# One ctest over both builds, so that its closing lines speak for everything.
test:
	@tools/install-packages test
	@$(call build,gcc)
	@$(call build,asan)
	@mkdir -p build-test
	@printf 'subdirs("../build-gcc" "../build-asan")\n' > build-test/CTestTestfile.cmake
	@ctest --test-dir build-test --parallel $(JOBS) --timeout 300 --output-on-failure

# What readers meet: Chromium, LibreOffice, and npm's axe-core, puppeteer-core and HiGHS, which are used nowhere else.
test-reports:
	@tools/install-packages demo test-reports
	@command -v npm >/dev/null || tools/install-packages npm
	@$(call build,release)
	@tests/reports/run build build-reports

fuzz:
	@tools/install-packages fuzz
	@$(call build,fuzz)
	@tests/fuzz/run build-fuzz $(FUZZ_SECONDS)

# tests/bench/run.lua finds the build in REMIT_BUILD. BENCH='quick', 'start', 'guard', 'questions', 'decision', 'scenarios', 'scaling': parts of it.
bench:
	@tools/install-packages bench
	@$(call build,bench)
	@$(here) lua5.4 tests/bench/run.lua $(BENCH)

bench-peers:
	@tools/install-packages bench bench-peers
	@tools/install-peers build-bench/peers

install:
	@$(call build,release)
	@DESTDIR='$(DESTDIR)' cmake --install build --prefix '$(PREFIX)'
	@if [ -z '$(DESTDIR)' ] && [ "$$(id -u)" -eq 0 ]; then ldconfig; fi

clean:
	rm -rf build build-*
