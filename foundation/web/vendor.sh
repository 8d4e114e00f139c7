#!/bin/sh
# Fetches style sheets and fonts by their lock file and writes the files the pages need to vendor/.
# vendor/ is not committed; it is embedded in the program when that is built.
set -eu
cd "$(dirname "$0")"
# Nothing to do while the lock file and the bundling are what they were: building again needs no network.
wanted=$(cat package-lock.json vendor.mjs | sha256sum)
if [ -f vendor/base.css ] && [ "$(cat node_modules/.noste-bundled 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "foundation/web/vendor.sh: npm is missing. Install Node.js 20 or later (Debian: apt install nodejs npm)." >&2
    exit 1
fi
npm ci --silent --ignore-scripts
node vendor.mjs
printf '%s\n' "$wanted" >node_modules/.noste-bundled
