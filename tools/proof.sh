#!/usr/bin/env bash
# The long versions: what `make test` tries for minutes is tried here for as long as it takes.
#
# NOSTE_PROOF=1 is what the tests look at for their size; PROPTEST_CASES is proptest's own. Both can be set.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

results=$TARGET/proof/$(git rev-parse --short HEAD)
mkdir -p "$results"
say "Results go to $results"
export NOSTE_PROOF=${NOSTE_PROOF:-1} PROPTEST_CASES=${PROPTEST_CASES:-4096}

failed=0
part() {
    local name=$1
    shift
    say "== $name"
    "$@" </dev/null 2>&1 | tee "$results/$name.txt"
    [ "${PIPESTATUS[0]}" = 0 ] || failed=1
}

have cargo-nextest || { complain "missing: cargo-nextest - cargo install cargo-nextest --locked"; exit 1; }
tools/setup.sh || exit 1
vendor_assets || exit 1
part tests cargo nextest run --workspace --release --locked --profile proof
part journeys env NOSTE_BIN="$TARGET/release/noste" bash -c 'cargo build --release --locked --package app && tools/journeys.sh'
part disclosure env NOSTE_BIN="$TARGET/release/noste" DISCLOSURE_TABLES=2000 DISCLOSURE_SMALL=100 DISCLOSURE_SIZE=300x12x5 tools/disclosure.sh
part bench tools/bench.sh

say ""
say "Results are in $results"
python3 tools/count_tests.py "$results"/tests.txt "$results"/journeys.txt || failed=1
exit $failed
