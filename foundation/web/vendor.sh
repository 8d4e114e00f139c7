#!/bin/sh
# Fetches style sheets and fonts by their lock file and writes the files the pages need to vendor/.
# vendor/ is not committed; it is embedded in the program when that is built.
set -eu
cd "$(dirname "$0")"
if ! command -v npm >/dev/null 2>&1; then
    echo "foundation/web/vendor.sh: npm is missing. Install Node.js 20 or later (Debian: apt install nodejs npm)." >&2
    exit 1
fi
npm ci --silent --ignore-scripts
node vendor.mjs
