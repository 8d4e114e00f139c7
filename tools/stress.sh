#!/usr/bin/env bash
# A county at the size of the whole country's clients, on both engines, and eight workers in it beside a county of 3,000.
# The counties stay in STRESS_FOLDER, so that a run that was cut off goes on and a second one only measures.
#
# STRESS_FOLDER   where the counties are (target/stress): some gigabytes
# STRESS_ENGINES  "sqlite postgres"
# STRESS_SIZE     what `noste synth --stress` takes, for example "--clients 2000 --open 150 --entries 20000"
# NOSTE_BENCH_SECONDS  how long the eight workers work (60)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo node npm python3 git cc time

FOLDER=${STRESS_FOLDER:-$TARGET/stress}
ENGINES=${STRESS_ENGINES:-sqlite postgres}
SIZE=${STRESS_SIZE:-}
export NOSTE_BENCH_SECONDS=${NOSTE_BENCH_SECONDS:-60}
BIN=${NOSTE_BIN:-$TARGET/release/noste}
BENCH=${NOSTE_BENCH:-$TARGET/release/bench}
if [ ! -x "$BIN" ] || [ ! -x "$BENCH" ]; then
    vendor_assets
    cargo build --release --locked --package app --package bench
fi
mkdir -p "$FOLDER"

# A cluster of PostgreSQL of its own, on a unix socket, stopped at the end.
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1 || true)
as_postgres() { if is_root; then runuser -u postgres -- "$@"; else "$@"; fi; }
start_postgres() {
    local cluster=$FOLDER/cluster
    [ -n "$PG_BIN" ] || { complain "missing: PostgreSQL - Debian package postgresql"; return 1; }
    SOCKET=$(mktemp -d)
    if is_root; then chown postgres "$SOCKET"; mkdir -p "$cluster"; chown postgres "$cluster"; fi
    if [ ! -e "$cluster/PG_VERSION" ]; then
        as_postgres "$PG_BIN/initdb" --pgdata "$cluster" --username noste --auth trust --locale C.UTF-8 >/dev/null
    fi
    as_postgres "$PG_BIN/pg_ctl" --pgdata "$cluster" --wait --log "$cluster/log" \
        --options "-c listen_addresses='' -k $SOCKET" start >/dev/null
    trap 'as_postgres "$PG_BIN/pg_ctl" --pgdata "'"$cluster"'" --mode fast --wait stop >/dev/null; rm -rf "$SOCKET"' EXIT
}

# database NAME: the address of a database of the cluster, made when it is not there.
database() {
    as_postgres "$PG_BIN/createdb" --host "$SOCKET" --username noste "$1" 2>/dev/null || true
    printf 'postgres://noste@/%s?host=%s' "$1" "$SOCKET"
}

# grow ENGINE NAME ARGUMENTS...: a county, with what it took.
grow() {
    local engine=$1 name=$2 where=$FOLDER/$1-$2
    shift 2
    mkdir -p "$where"
    local to=(--data "$where")
    if [ "$engine" = postgres ]; then
        database "$name" >"$where/database"
        to=(--database "$(cat "$where/database")" --heads "$where")
    fi
    if [ -e "$where/done" ]; then return; fi
    # A run that was cut off is one line of these, the run that went on another.
    command time --append --output "$where/took" --format '%e seconds, %U + %S seconds of processor, at most %M kB of memory' \
        "$BIN" synth "${to[@]}" "$@" >"$where/made" 2>"$where/progress"
    touch "$where/done"
}

# size ENGINE NAME: bytes on disk.
size() {
    if [ "$1" = sqlite ]; then
        du -sb "$FOLDER/$1-$2" | cut -f1
    else
        as_postgres "$PG_BIN/psql" --host "$SOCKET" --username noste --dbname "$2" --tuples-only --no-align \
            --command 'select pg_database_size(current_database())'
    fi
}

case " $ENGINES " in *" postgres "*) start_postgres ;; esac
for engine in $ENGINES; do
    say "## $engine"
    say ""
    grow "$engine" small --persons 3000
    # shellcheck disable=SC2086 # words on purpose
    grow "$engine" large --persons 3000 --stress $SIZE
    say '```'
    cat "$FOLDER/$engine-large/made"
    cat "$FOLDER/$engine-large/took"
    say "bytes: small $(size "$engine" small), large $(size "$engine" large)"
    say '```'
    say ""
    "$BENCH" crowd "$FOLDER/$engine-small" "$FOLDER/$engine-large"
    say ""
done
