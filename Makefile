# Everything runs in .venv, which the first target that needs it makes. Only make, pip and Python 3.11 or later are assumed;
# for another Python than python3: make PYTHON=python3.12 demo

PYTHON ?= python3
BIN := .venv/bin
# Python reads the path of the checkout by the locale: one that is not UTF-8 fails where the path has other letters.
ifneq ($(shell locale charmap 2>/dev/null),UTF-8)
export LC_ALL := C.UTF-8
endif
# Modules are compiled when they are first imported, and not again by each process, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=
INSTALL := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install -qq --no-compile --constraint constraints.txt
TOO_OLD := sys.version_info < (3, 11) and "nqparse needs Python 3.11 or later: name one, as in make PYTHON=python3.12"

.PHONY: demo test slow page-test spark soak lint check gate floors snapshots bench fuzz wild pace robustness disguises paraphrase oracle drawing schema clean
.DELETE_ON_ERROR:

demo: .venv/.ready
	@$(BIN)/nqparse run samples --out out --quiet
	@$(BIN)/python tools/demo.py out

PYTEST := $(BIN)/python -m pytest -q --numprocesses auto --dist loadfile --no-loadscope-reorder

test: .venv/.ready-dev
	@echo "running the tests: about five minutes on two cores (make slow runs those that take longer)"
	@$(PYTEST) -m 'not slow and not page'

# The tests that start clusters, stores or builds, kill runs, or measure time.
slow: .venv/.ready-dev
	@echo "running the slow tests: about six minutes on two cores"
	@$(PYTEST) -m slow

# The tests of the pages, in a real browser; without one they are skipped, with the reason.
page-test: .venv/.ready-page
	@$(PYTEST) -rs -m page tests/page

# The test of nqparse.spark in a session; Spark and a Java for it take 800 MB, and a minute or two to install.
spark: .venv/.ready-spark
	@$(BIN)/python -m pytest -q tests/unit/test_spark.py

soak: .venv/.ready-dev
	@NQPARSE_KILLS=60 NQPARSE_LINE=20000000 $(BIN)/python -m pytest -q tests/test_crashes.py tests/unit/test_cli.py -m slow

lint: .venv/.ready-dev
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/nqparse patterns check

check: lint test slow

# Whether anything is read worse, or otherwise, than it was; on the corpus too where it lies beside the clone, with its
# gold, which may be other gold than that of the floors.
CHECK_SAMPLES := check samples --gold samples/gold --floors tests/floors-samples.json
CHECK_CORPUS := check ../shared/corpus --gold ../shared/gold --floors tests/floors.json
CONCEPTS := ../shared/concepts.jsonl
IS_CONCEPTS := $(and $(wildcard ../shared/corpus),$(wildcard $(CONCEPTS)))
IS_CORPUS := $(and $(wildcard ../shared/corpus),$(wildcard ../shared/gold))
# The batches of documents that were annotated by others and have been opened since; the closed ones are left closed.
OPENED := 1 2 3
IS_OPENED := $(wildcard $(OPENED:%=../shared/sealed/batch-%.zip))
define CHECK_BATCH
check build/batches/$(1)/corpus --gold build/batches/$(1)/gold --floors tests/floors-batch-$(1).json
endef
define newline


endef
gate: export NQPARSE_STRICT := 1
gate: .venv/.ready
	@$(BIN)/nqparse $(CHECK_SAMPLES)
	@$(BIN)/nqparse snapshot samples --dir tests/snapshots
	@$(if $(IS_CORPUS),$(BIN)/nqparse $(CHECK_CORPUS) --other-gold --summary)
	@$(if $(IS_OPENED),$(BIN)/python tools/batches.py ../shared/sealed build/batches $(OPENED))
	@$(if $(IS_OPENED),$(foreach n,$(OPENED),$(BIN)/nqparse $(call CHECK_BATCH,$(n)) --summary$(newline)	@))
	@$(if $(IS_CONCEPTS),$(BIN)/python tools/concepts.py ../shared/corpus $(CONCEPTS) --precision 0.93 --recall 0.88 --coded 0.92)

# Raises the floors to what is reached; to lower one: make floors WHY="the reason".
floors: .venv/.ready
	@$(BIN)/nqparse $(CHECK_SAMPLES) --update-floors $(if $(WHY),--allow-lower "$(WHY)")
	@$(if $(IS_CORPUS),$(BIN)/nqparse $(CHECK_CORPUS) --update-floors $(if $(WHY),--allow-lower "$(WHY)"))
	@$(if $(IS_OPENED),$(BIN)/python tools/batches.py ../shared/sealed build/batches $(OPENED))
	@$(if $(IS_OPENED),$(foreach n,$(OPENED),$(BIN)/nqparse $(call CHECK_BATCH,$(n)) --update-floors $(if $(WHY),--allow-lower "$(WHY)")$(newline)	@))

snapshots: .venv/.ready
	@$(BIN)/nqparse snapshot samples --dir tests/snapshots --update

bench: .venv/.ready
	@$(BIN)/python bench/bench.py
	@$(BIN)/python bench/scale.py

# For how many seconds; other cases each time, but with SEED=1. With REPORT=file.md the outcome is written there, with
# KEEP=dir a second run goes on from the first. What fails is kept in tests/fuzzed, which the tests read.
SECONDS ?= 60
fuzz: export NQPARSE_STRICT := 1
fuzz: .venv/.ready-fuzz
	@$(BIN)/python tools/fuzz.py --seconds $(SECONDS) --examples tests/fuzzed $(if $(SEED),--seed $(SEED)) \
		$(if $(REPORT),--report $(REPORT)) $(if $(KEEP),--keep $(KEEP))

# Real files as they come, all 1,140 or, with MOST=150, so many of them, where they lie beside the clone: nothing is lost.
WILD := ../shared/wild/wild.zip
wild: .venv/.ready
	@$(if $(wildcard $(WILD)),$(BIN)/python tools/wild.py $(WILD) $(if $(MOST),--most $(MOST)),echo "no $(WILD): nothing to read")

# Time over hostile texts of SIZE characters; the megabyte of the report takes half an hour.
SIZE ?= 1000000
pace: .venv/.ready
	@$(BIN)/python tools/pace.py --size $(SIZE) $(if $(filter 1000000,$(SIZE)),--report docs/robustness.md)

# The tables of docs/robustness.md: which records are the same in which disguise, time, what an hour of fuzzing finds.
robustness: disguises pace
	@$(MAKE) fuzz SECONDS=3600 REPORT=docs/robustness.md

disguises: .venv/.ready
	@$(BIN)/python tools/disguises.py --report docs/robustness.md

# In how many of CASES statements, said in other words, the records change in just the words exchanged. MORE: folders with
# corpus/ and gold/ to draw from besides.
CASES ?= 5000
SEED ?= 0
paraphrase: .venv/.ready
	@$(BIN)/python tools/paraphrase.py --cases $(CASES) --seed $(SEED) $(MORE)

# For how many measures one of the names that the decisions could make is right. MORE: folders with corpus/ and gold/.
oracle: .venv/.ready
	@$(BIN)/python tools/oracle.py $(MORE)

# The drawing in docs/how-it-works.md, from the imports.
drawing: .venv/.ready-dev
	@$(BIN)/python tools/drawing.py

schema: .venv/.ready
	@$(BIN)/nqparse schema > docs/schema.txt

clean:
	rm -rf .venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit($(TOO_OLD))'
	@$(PYTHON) -m venv --clear --without-pip .venv

.venv/.ready: pyproject.toml constraints.txt | .venv/pyvenv.cfg
	@echo "installing nqparse into .venv (once; a minute or two)"
	@$(INSTALL) --editable .
	@touch $@

.venv/.ready-dev: .venv/.ready
	@echo "installing the tools for development (once)"
	@$(INSTALL) --editable '.[dev]'
	@touch $@

.venv/.ready-page: .venv/.ready-dev
	@echo "installing what drives a browser (once)"
	@$(INSTALL) --editable '.[page-dev]'
	@touch $@

.venv/.ready-spark: .venv/.ready-dev
	@echo "installing Spark and Java (once)"
	@$(INSTALL) --editable '.[spark-dev]'
	@touch $@

.venv/.ready-fuzz: .venv/.ready
	@echo "installing the fuzzer (once)"
	@$(INSTALL) --editable '.[fuzz]'
	@touch $@
