# The few commands of a day (https://just.systems). Without `just`, type the line yourself.

# what there is
default:
    @just --list

# bring the environment, once and after a change of the locks
setup:
    python3 -m venv .venv
    .venv/bin/pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements-dev.lock
    .venv/bin/pip install --quiet --no-deps -e .

# a first look of 15 seconds at a room, a folder or a file of tests; what does not fit is skipped
room name *more:
    .venv/bin/python -m pytest -q -n 2 --dist loadgroup --quick tests/{{name}} {{more}}

# all tests of a room, a folder or a file, but for those in a browser
whole name *more:
    .venv/bin/python -m pytest -q -n 2 --dist loadgroup -m "not browser" tests/{{name}} {{more}}

# everything that must hold before a change lands
all:
    bash .ci/run

# what runs once a night: every control taken out, five runs with other seeds
nightly:
    bash .ci/nightly

# style, rules, types, templates
lint:
    bash .ci/lint

# put code into its form, and write the documents that are made from it
tidy:
    .venv/bin/ruff format .
    .venv/bin/flask --app app translations
    .venv/bin/python -m tests.documents

# serve the invented town at http://127.0.0.1:8000
run:
    .venv/bin/python app.py --demo

# print the release note of a version
note version:
    @bash .ci/note {{version}}
