# Two commands set everything up: `make run` and `make test`. See README.md.
PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: run test check validate train ask calibrate evaluate benchmark lock clean

run: .venv/.run            ## start everything and print the address (PORT, HOST)
	@exec $(PYTHON) -m launcher run

test: .venv/.dev           ## every check and test
	@$(PYTHON) -m launcher train
	@$(MAKE) --no-print-directory check
	@$(PYTHON) -m pytest

check: .venv/.dev          ## style and types
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

validate: .venv/.run       ## check knowledge, domain and training data
	@$(PYTHON) -m launcher validate

train: .venv/.run          ## train the model if it is missing or stale
	@$(PYTHON) -m launcher train

ask: .venv/.run            ## tell how a question becomes its answer (Q="手机被控制了怎么办")
	@$(PYTHON) -m launcher ask -- "$$Q"

calibrate: .venv/.run      ## find the thresholds on data and write data/thresholds.yml
	@$(PYTHON) -m benchmarks.calibrate

evaluate: .venv/.run       ## quality report (BENCH=folder adds what is measured on outside data)
	@$(PYTHON) -m benchmarks.quality --bench "$(BENCH)"

benchmark: .venv/.run      ## speed report beside stock Rasa
	@$(PYTHON) -m benchmarks.speed

lock: requirements.in requirements-dev.in   ## renew the hash locks
	uv pip compile --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --upgrade requirements.in -o requirements.txt
	uv pip compile --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --upgrade requirements-dev.in -o requirements-dev.txt

clean:                     ## remove what can be made again
	rm -rf .rasa .mypy_cache .ruff_cache .pytest_cache var/index.npz var/vectors.* var/encoder-*

.venv/.run: requirements.txt
	@scripts/setup

.venv/.dev: requirements.txt requirements-dev.txt
	@scripts/setup dev
