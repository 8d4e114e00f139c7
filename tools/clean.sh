#!/usr/bin/env bash
# Removes what the other targets made. data/ is left alone: it may hold somebody's work.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
if have cargo; then cargo clean; fi
rm -rf .venv .venv-api .venv-disclosure .venv-print .tools e2e/node_modules e2e/shots foundation/web/node_modules foundation/web/vendor print/node_modules print/vendor
say "Removed builds, tools and fetched assets. data/ was not touched."
