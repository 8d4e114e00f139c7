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
    local to=(--data "$where") address=sqlite:$where/15.sqlite
    if [ "$engine" = postgres ]; then
        address=$(database "$name")
        # The crowd finds the county by it.
        printf '%s' "$address" >"$where/database"
        to=(--database "$address" --heads "$where")
    fi
    if [ -e "$where/done" ]; then
        # An earlier version of the program may have made it.
        printf 'listen = "127.0.0.1:8080"\nheads_dir = "%s"\nlog_key_file = "%s/log.key"\nsecret_file = "%s/secret.key"\n[[county]]\ncode = "15"\ndatabase = "%s"\n' \
            "$where" "$where" "$where" "$address" >"$where/noste.toml"
        "$BIN" migrate --config "$where/noste.toml" >/dev/null
        return
    fi
    # A run that was cut off is one line of these, the run that went on another.
    command time --quiet --append --output "$where/took" --format '%e seconds, %U + %S seconds of processor, at most %M kB of memory' \
        "$BIN" synth "${to[@]}" "$@" >"$where/made" 2>"$where/progress"
    touch "$where/done"
}

# settled ENGINE NAME: as a county of some years is. PostgreSQL tidies up on its own, but not while a county grows in an hour:
# it would do so in the middle of what is measured.
settled() {
    [ "$1" = postgres ] || return 0
    as_postgres "$PG_BIN/vacuumdb" --host "$SOCKET" --username noste --dbname "$2" --analyze --quiet
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

# timed NAME COMMAND...: a row of what a command took.
timed() {
    local name=$1
    shift
    command time --output "$FOLDER/last" --format '%e | %U | %M' "$@" >"$FOLDER/said" 2>&1 || {
        cat "$FOLDER/said" >&2
        return 1
    }
    awk -F ' [|] ' -v name="$name" '{ printf "| %s | %s | %s | %d |\n", name, $1, $2, $3 / 1024 }' "$FOLDER/last"
}

# kept ENGINE: the large county looked at as a whole, backed up and restored.
kept() {
    local engine=$1 from=(--data "$FOLDER/$1-large") to=(--data "$FOLDER/$1-restored") where=$FOLDER/$1-large
    local file=$FOLDER/$1.backup
    rm -rf "$file" "$FOLDER/$1-restored"
    mkdir -p "$FOLDER/$1-restored"
    if [ "$engine" = postgres ]; then
        from=(--database "$(cat "$where/database")" --heads "$where")
        as_postgres "$PG_BIN/dropdb" --host "$SOCKET" --username noste --if-exists restored 2>/dev/null
        to=(--database "$(database restored)" --heads "$FOLDER/$1-restored")
    fi
    echo "| large county | seconds | of processor | MB of memory at most |"
    echo "| --- | ---: | ---: | ---: |"
    timed "\`noste verify\`: log, versions, counts, search index, figures" "$BIN" verify "${from[@]}"
    timed "\`noste backup\`" "$BIN" backup "${from[@]}" "$file"
    cp "$where"/*.key "$FOLDER/$1-restored"
    timed "\`noste restore\` ($(($(stat --format=%s "$file") / 1000000)) MB), checked" "$BIN" restore "${to[@]}" "$file"
    rm -rf "$file" "$FOLDER/$1-restored"
    [ "$engine" != postgres ] || as_postgres "$PG_BIN/dropdb" --host "$SOCKET" --username noste restored
}

cat <<TEXT
# A county of the whole country's clients

\`noste synth --stress\` makes a county with the product's own acts: 220,000 clients of working age, 15,000 of them with an open matter and ten texts each, workers with 45 open matters each, and two million log entries. Beside it stands a county of 3,000 persons, with the same program and machine.

Commit $(git rev-parse --short HEAD), $("$BIN" --version), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n1)), $(($(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1048576)) GB, PostgreSQL ${PG_BIN:+$("$PG_BIN/postgres" --version | grep -oE '[0-9.]+' | head -n1)} with its defaults, seed 1. Size asked for: ${SIZE:-the whole country}. Again: \`PARTS=stress make proof\`.

Cost (statements, CPU) is that of one request at a time on a warm cache: the median of nine rounds of twelve requests, the asking included. The eight workers of the large county are those who answer for about as much as the eight of the small one. Times are under eight workers for $NOSTE_BENCH_SECONDS seconds, who read, search and write with pauses of 50 to 250 ms, as much as some hundreds of people ask; a visitor of the public pages and a program beside them, and the load generator in the same two cores. Every page that opens for one of them is asked; a page of the table may have had few requests. The aims: 95 % under 100 ms, CPU at most 1.3 times that of the small county.

TEXT
case " $ENGINES " in *" postgres "*) start_postgres ;; esac
for engine in $ENGINES; do
    say "## $engine"
    say ""
    grow "$engine" small --persons 3000
    # shellcheck disable=SC2086 # words on purpose
    grow "$engine" large --persons 3000 --stress $SIZE
    settled "$engine" small
    settled "$engine" large
    say '```'
    cat "$FOLDER/$engine-large/made"
    cat "$FOLDER/$engine-large/took"
    say "bytes: small $(size "$engine" small), large $(size "$engine" large)"
    say '```'
    say ""
    kept "$engine"
    say ""
    command time --output "$FOLDER/last" --format '%M' "$BENCH" crowd "$FOLDER/$engine-small" "$FOLDER/$engine-large"
    say ""
    say "Memory of the process with the eight workers, its asking included: $(($(cat "$FOLDER/last") / 1024)) MB at most."
    say ""
done
