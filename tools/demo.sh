#!/usr/bin/env bash
# From a clean clone to a running demo. Options for `noste demo` may follow: tools/demo.sh --port 8081
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
tools/build.sh
exec "$TARGET/release/noste" demo --data data/demo "$@"
