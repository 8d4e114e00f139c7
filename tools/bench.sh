#!/usr/bin/env bash
# Speed of the house beside bare axum and the bare engines, both engines in one run, as a table with ratios.
# Arguments go to the program. The machine should be doing nothing else.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo node npm python3 git cc
vendor_assets
cargo build --release --locked --package bench
mkdir -p "$TARGET/bench"
result=$TARGET/bench/$(git rev-parse --short HEAD).txt
"$TARGET/release/bench" "$@" | tee "$result"
say "Written to $result"
