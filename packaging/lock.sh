#!/bin/sh
# Writes the two locks: every package with its version and the hashes of its files, for every system and Python that the
# program runs on. They name no index: pip takes the packages from wherever it is set up to.
#   packaging/lock.sh              keeps versions that still fit
#   packaging/lock.sh --upgrade    takes the newest
set -eu
cd "$(dirname "$0")/.."
tool=.cache/lock
[ -x "$tool/bin/uv" ] || { "${PYTHON:-python3}" -m venv "$tool" && "$tool/bin/pip" --quiet install uv; }
compile() {
    out=$1; shift
    "$tool/bin/uv" pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-config --quiet \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file "$out" "$@" >/dev/null
    echo "$out: $(grep -c '==' "$out") packages"
}
compile packaging/requirements.lock "$@"
compile packaging/requirements-test.lock --extra test --extra dev --extra packaging --extra video \
    --constraint packaging/requirements.lock "$@"
