#!/usr/bin/env bash
# Chromium journeys against the program, pages checked with axe. Files to run may be named: tools/journeys.sh e2e/journeys/catch.test.mjs
#
# NOSTE_BIN     the program; by default the build that the tests use, target/debug/noste
# CHROMIUM      the browser, by default what is in PATH
# NOSTE_SHOTS=1 also writes a picture of every page checked to e2e/shots/ (always of one that fails)
# NOSTE_PICTURES=1 also writes the pictures of docs/pictures/
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need node npm

if [ -z "${CHROMIUM:-}" ]; then
    CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    [ -n "$CHROMIUM" ] || { complain "missing: Chromium - Debian package chromium, or set CHROMIUM to its path"; exit 1; }
fi
export CHROMIUM NOSTE_BIN=${NOSTE_BIN:-$TARGET/debug/noste}
if [ ! -x "$NOSTE_BIN" ]; then cargo build --workspace --locked; fi

# Nothing but two packages without install scripts; npm ci only when the lock file has changed.
if ! cmp -s e2e/package-lock.json e2e/node_modules/.installed-lock.json; then
    npm ci --prefix e2e --ignore-scripts --no-audit --no-fund --loglevel=error
    cp e2e/package-lock.json e2e/node_modules/.installed-lock.json
fi

if [ $# -eq 0 ]; then
    shopt -s nullglob
    set -- e2e/lib/*.test.mjs e2e/journeys/*.test.mjs
fi
# A page whose structure was examined by axe in this run, in the same width and colours, is not examined again.
NOSTE_EXAMINED=$(mktemp -d)
export NOSTE_EXAMINED
trap 'rm -rf "$NOSTE_EXAMINED"' EXIT
# Each file has a server, a folder and a browser of its own; two of them keep two cores busy.
node --test --test-concurrency=2 --test-reporter=spec "$@"
