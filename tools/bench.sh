#!/usr/bin/env bash
# Speed of the house beside bare axum and the bare engines, both engines in one run, as a table with ratios; size, start
# and memory of the program. Arguments go to the program. The machine should be doing nothing else.
# COLD=1 also builds the release program into an empty folder, which takes many minutes, and tells how long it took.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo node npm python3 git cc
vendor_assets

# build PACKAGE: builds its release and says how long it took, and whether anything was there before.
build() {
    local package=$1 started=$SECONDS was=warm
    [ -d "$TARGET/release/.fingerprint" ] || was=cold
    cargo build --release --locked --package "$package"
    say "Built $package in $((SECONDS - started)) s ($was)"
}

# The release program into an empty folder; sets the seconds that it took.
build_cold() {
    local folder=$TARGET/bench/cold started
    rm -rf "$folder"
    mkdir -p "$folder"
    trap 'rm -rf "$TARGET/bench/cold"' EXIT
    started=$SECONDS
    CARGO_TARGET_DIR=$folder cargo build --release --locked --package app
    export NOSTE_BENCH_COLD_SECONDS=$((SECONDS - started))
    rm -rf "$folder"
    say "Built app in $NOSTE_BENCH_COLD_SECONDS s (into an empty folder)"
}

build app
build bench
# After the others: what crates need has been downloaded by then.
if [ "${COLD:-0}" = 1 ]; then build_cold; fi
mkdir -p "$TARGET/bench"
result=$TARGET/bench/$(git rev-parse --short HEAD).txt
"$TARGET/release/bench" "$@" | tee "$result"
say "Written to $result"
