# Everything runs in .venv with locked packages; the same commands without make stand in README.md.
PYTHON ?= python3
BIN := .venv/bin
ROOT ?= .

.PHONY: site check serve wheel test test-all second-python attack bench lint format lock clean screenshots

site: .venv/installed ## check data/ and build site/
	$(BIN)/mingzhang --root $(ROOT) build

check: .venv/installed ## check data/ only
	$(BIN)/mingzhang --root $(ROOT) check

serve: .venv/installed ## preview on this machine
	$(BIN)/mingzhang --root $(ROOT) serve

wheel: .venv/installed ## the tool as one file for districts, into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

# many tests start the command line; without compiled code kept each start would compile the tool anew
unexport PYTHONDONTWRITEBYTECODE

test: .venv/installed-dev ## every test but the long proofs, in five minutes
	$(BIN)/python -m pytest -n auto -m "not slow"

test-all: .venv/installed-dev ## the same and the long proofs, as .ci/run does
	$(BIN)/python -m pytest -n auto

second-python: .venv/installed-dev ## the core of the tests and the same bytes on the newest other Python of this machine
	$(BIN)/python -m tools.second_python

attack: .venv/installed-dev ## twenty thousand spoilt inputs, six hundred spoilt projects, a hundred kills; takes about half an hour
	MINGZHANG_ATTACKS=$${MINGZHANG_ATTACKS:-20000} MINGZHANG_PROJECTS=$${MINGZHANG_PROJECTS:-600} MINGZHANG_KILLS=$${MINGZHANG_KILLS:-100} \
	MINGZHANG_REQUIRE=nginx $(BIN)/python -m pytest -n auto tests/attack tests/test_publish_faults.py tests/test_pushes_killed.py

bench: .venv/installed-dev ## speed and size against MkDocs and Eleventy, kept in docs/performance.md; BENCH=--large adds 60,000 pages
	$(BIN)/python -m benchmarks.bench --write $(BENCH)

screenshots: .venv/installed-dev ## pictures of every kind of page, into artifacts/screenshots
	$(BIN)/mingzhang --root $(ROOT) build >/dev/null || test $$? -eq 1
	$(BIN)/python -m tools.screenshots artifacts/screenshots $(ROOT)/site

lint: .venv/installed-dev ## style, types, canonical data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/mingzhang format --check
	$(BIN)/mingzhang schema --check
	$(BIN)/python -m tools.coverage --check
	$(BIN)/python -m tools.claims --check
	$(BIN)/python -m tools.unproved --check

.venv/installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

lock: ## renew both lock files (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --extra build --extra cluster --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf site dist .cache .venv
