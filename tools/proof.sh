#!/usr/bin/env bash
# The long versions: what `make test` tries for minutes is tried here for as long as it takes.
#
# PARTS="disclosure bench"   some of it; all without
# NOSTE_BIN                  the program that parts ask; by default the release build, which is made when it is not there
#
# NOSTE_PROOF=1 is what the tests look at for their size; PROPTEST_CASES is proptest's own. Both can be set. A part that has a page
# under docs/proof/ writes it anew.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PARTS=${PARTS:-tests journeys disclosure backup upgrade isolation hostile kills faults fuzz stress bench}
commit=$(git rev-parse --short HEAD)
results=$TARGET/proof/$commit
mkdir -p "$results"
say "Results go to $results"
export NOSTE_PROOF=${NOSTE_PROOF:-1} PROPTEST_CASES=${PROPTEST_CASES:-4096}

failed=0
part() {
    local name=$1
    case " $PARTS " in *" $name "*) ;; *) return ;; esac
    shift
    say "== $name"
    "$@" </dev/null 2>&1 | tee "$results/$name.txt"
    [ "${PIPESTATUS[0]}" = 0 ] || failed=1
}

# The program that is asked: built for release unless another one is named.
program() {
    [ -n "${NOSTE_BIN:-}" ] || cargo build --release --locked --package app || return 1
    export NOSTE_BIN=${NOSTE_BIN:-$TARGET/release/noste}
}
journeys() { program && tools/journeys.sh; }
disclosure() {
    program || return 1
    local result=0
    DISCLOSURE_TABLES=${DISCLOSURE_TABLES:-2000} DISCLOSURE_SMALL=${DISCLOSURE_SMALL:-100} \
        DISCLOSURE_ROUNDED=${DISCLOSURE_ROUNDED:-400} DISCLOSURE_SIZE=${DISCLOSURE_SIZE:-300x12x5} \
        DISCLOSURE_JSON="$results/disclosure.json" tools/disclosure.sh || result=1
    mkdir -p docs/proof
    # Written also when something was found unsafe: that is what a reader must see.
    "$ROOT/.venv-disclosure/bin/python" tools/disclosure_page.py "$results/disclosure.json" --commit "$commit" \
        --program "$("$NOSTE_BIN" --version), $(basename "$(dirname "$NOSTE_BIN")") build" \
        --command 'PARTS=disclosure make proof' >"$results/disclosure.md" || return 1
    cp "$results/disclosure.md" docs/proof/disclosure.md
    return $result
}

# A thousand kills; a witness of its own remembers what was acknowledged.
kills() {
    program || return 1
    tools/kills.py --engine sqlite --kills "${KILLS:-500}" --seed 2026 --binary "$NOSTE_BIN" || return 1
    tools/kills.py --engine postgres --kills "${KILLS:-500}" --seed 2026 --binary "$NOSTE_BIN"
}

# Faults of disks and servers under the store, then a real file system under the program.
faults() {
    local result=0
    cargo nextest run -p store --release --locked --profile proof --success-output final \
        -E 'test(faults) + test(servers) + test(clocks) + test(power)' || result=1
    program && tools/disks.py --rounds 10 --binary "$NOSTE_BIN" || result=1
    return $result
}

# Some hours, and about twenty gigabytes for the counties, which stay under target/stress.
stress() {
    program || return 1
    tools/stress.sh >"$results/stress.md" || return 1
    cp "$results/stress.md" docs/proof/stress.md
}

have cargo-nextest || { complain "missing: cargo-nextest - cargo install cargo-nextest --locked"; exit 1; }
tools/setup.sh || exit 1
vendor_assets || exit 1
part tests cargo nextest run --workspace --release --locked --profile proof
part journeys journeys
part disclosure disclosure
part kills kills
part faults faults
part fuzz tools/fuzz.sh
for name in backup upgrade isolation hostile; do part "$name" tools/proved.sh "$name"; done
part stress stress
part bench tools/bench.sh

say ""
say "Results are in $results"
counted=()
for name in tests journeys; do [ ! -e "$results/$name.txt" ] || counted+=("$results/$name.txt"); done
[ ${#counted[@]} = 0 ] || python3 tools/count_tests.py "${counted[@]}" || failed=1
exit $failed
