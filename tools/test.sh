#!/usr/bin/env bash
# Sets up and runs every test in stages. A failing stage does not stop the others, unless they need it;
# at the end stand a table of times and one line that adds up the tests.
#
#   tools/test.sh                      everything
#   STAGES="build unit" tools/test.sh  some of it
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

LOGS=$TARGET/test-logs
rm -rf "$LOGS"
mkdir -p "$LOGS"

ROWS=()
FAILED=()
STARTED=$SECONDS

# Each of the hundred thousand answers that the tests look at waits for the disk, because what the house says is written is
# written. Where there is memory to spare (6 GB free, 3 GB of it for files), the tests' own folders are there: that takes half the
# waiting away and changes nothing of what is asked. PostgreSQL keeps its folder on the disk.
free_kb() { awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null || true; }
room_kb() { df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || true; }
if [ -z "${TMPDIR:-}" ] && [ "$(($(free_kb) + 0))" -gt 6000000 ] && [ "$(($(room_kb) + 0))" -gt 3000000 ]; then
    TMPDIR=$(mktemp -d /dev/shm/noste-test-XXXXXX)
    chmod 755 "$TMPDIR"
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
fi

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }
contains() { case " $2 " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# stage NAME "STAGES IT NEEDS" COMMAND...
stage() {
    local name=$1 needs=$2 started=$SECONDS result=passed needed
    shift 2
    if [ -n "${STAGES:-}" ] && ! contains "$name" "$STAGES"; then return; fi
    for needed in $needs; do
        if contains "$needed" "${FAILED[*]:-}"; then
            say "== $name: left out, because $needed failed"
            ROWS+=("$name|-|left out|$needed failed")
            FAILED+=("$name")
            return
        fi
    done
    say "== $name"
    # In a shell of its own, so that `set -e` of one stage cannot end the run.
    ("$@") </dev/null 2>&1 | tee "$LOGS/$name.log"
    if [ "${PIPESTATUS[0]}" != 0 ]; then
        result=FAILED
        FAILED+=("$name")
    fi
    read -r passed failed skipped < <(python3 tools/count_tests.py --stage "$LOGS/$name.log")
    local counts="$passed passed"
    [ "$failed" = 0 ] || counts+=", $failed failed"
    [ "$skipped" = 0 ] || counts+=", $skipped left out"
    [ "$passed$failed$skipped" != 000 ] || counts=
    # A stage can fail without a failed test, for instance by not compiling: then it counts as one.
    if [ "$result" = FAILED ] && [ "$failed" = 0 ]; then echo "check FAILED: $name" >>"$LOGS/$name.log"; fi
    ROWS+=("$name|$(clock $((SECONDS - started)))|$result|$counts")
}

# The same selection of packages in every stage (--workspace), so that cargo builds each dependency once and
# with the same features; the stages differ by filter. Without nextest there is no such filter, and all Rust
# tests run in one stage.
# PostgreSQL is started by the tests themselves, as the user postgres when this runs as root (room testkit).
rust() { cargo nextest run --workspace --locked -E "$1"; }
in_unit() { say "These ran in the stage 'unit', because cargo-nextest is not installed."; }

build() {
    # The program first: the journeys use this build, and integration tests start it.
    cargo build --workspace --locked || return 1
    if have cargo-nextest; then
        cargo nextest run --workspace --locked --no-run
    else
        cargo test --workspace --locked --no-run
    fi
}
unit() {
    if have cargo-nextest; then
        rust 'not (package(=store) or package(=app))'
    else
        cargo test --workspace --locked --no-fail-fast
    fi
}
store() { if have cargo-nextest; then rust 'package(=store)'; else in_unit; fi; }
app() { if have cargo-nextest; then rust 'package(=app)'; else in_unit; fi; }
# The robot's own figures are its own; here it counts as one check.
api() { check "the interface for programs keeps to its description" tools/api.sh; }
disclosure() { check "disclosure control, rates and intervals by another judge" tools/disclosure.sh; }
papers() { check "printed reports by another judge" tools/print.sh; }
calendar() { check "calendar against an independent source" "$VENV/bin/python" tools/calendar_check.py; }
# The small run of tools that kill and fill from outside; `make proof` does it by the hundred.
faults() {
    local result=0
    export NOSTE_BIN=${NOSTE_BIN:-$TARGET/debug/noste}
    check "kills with a witness outside, SQLite" tools/kills.py --engine sqlite --kills 4 || result=1
    check "kills with a witness outside, PostgreSQL" tools/kills.py --engine postgres --kills 4 || result=1
    check "a real file system that is full, and read-only" tools/disks.py --rounds 1 || result=1
    return $result
}

stage setup "" tools/setup.sh
stage vendor "setup" vendor_assets
stage build "vendor" build
stage unit "build" unit
stage store "build" store
stage calendar "setup" calendar
stage app "build" app
stage faults "build" faults
stage api "build" api
stage disclosure "build" disclosure
stage print "build" papers
stage journeys "build" tools/journeys.sh
stage lint "vendor" tools/lint.sh

say ""
printf '%-10s %8s  %-9s %s\n' stage time result tests
for row in "${ROWS[@]}"; do
    IFS='|' read -r name time result counts <<<"$row"
    printf '%-10s %8s  %-9s %s\n' "$name" "$time" "$result" "$counts"
done
printf '%-10s %8s\n' total "$(clock $((SECONDS - STARTED)))"
if [ ${#FAILED[@]} -gt 0 ]; then say "failed: ${FAILED[*]} (logs in $LOGS)"; fi
# The logs may be out of reach when the run was somebody else's: the first words of what failed stand here again.
for name in "${FAILED[@]}"; do
    [ ! -e "$LOGS/$name.log" ] || sed -n '/failing tests:/,$p' "$LOGS/$name.log" | grep . | head -n 30
    [ ! -e "$LOGS/$name.log" ] || grep -A 8 -E "panicked at|^error" "$LOGS/$name.log" | head -n 30
done
say ""
python3 tools/count_tests.py "$LOGS"/*.log
counted=$?
[ ${#FAILED[@]} -eq 0 ] && [ $counted -eq 0 ]
