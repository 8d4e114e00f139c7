#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: made in a temporary folder, on a free port of the loopback
# address, gone afterwards. The command finds it in NOSTE_TEST_POSTGRES (postgres://...), as a superuser.
#
#   tools/postgres.sh cargo nextest run -p store
#
# NOSTE_TEST_POSTGRES already set means somebody brings a server: nothing is started.
# NOSTE_PG_DURABLE=1 keeps fsync on (benchmarks); otherwise it is off, because these data live for minutes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [ -n "${NOSTE_TEST_POSTGRES:-}" ]; then exec "$@"; fi

# Debian keeps the server's programs out of PATH, one folder for each version.
BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1 || true)
if [ -z "$BIN" ] && have initdb; then BIN=$(dirname "$(command -v initdb)"); fi
if [ -z "$BIN" ] || [ ! -x "$BIN/initdb" ]; then
    complain "missing: PostgreSQL server - Debian package postgresql"
    exit 1
fi

HOME_DIR=$(mktemp -d "${TMPDIR:-/tmp}/noste-postgres.XXXXXX")
# initdb refuses to run as root: the package has made the user postgres for this.
AS=()
if is_root; then
    chown postgres "$HOME_DIR"
    AS=(runuser -u postgres --)
fi
in_home() { (cd "$HOME_DIR" && "${AS[@]}" "$@"); }

stop() {
    in_home "$BIN/pg_ctl" --pgdata "$HOME_DIR/data" --mode immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$HOME_DIR"
}
trap stop EXIT
trap 'exit 130' INT TERM

in_home "$BIN/initdb" --pgdata "$HOME_DIR/data" --username postgres --auth trust \
    --encoding UTF8 --locale C.UTF-8 --no-sync >"$HOME_DIR/initdb.log" 2>&1 || { cat "$HOME_DIR/initdb.log" >&2; exit 1; }

durable="-c fsync=off -c full_page_writes=off"
if [ "${NOSTE_PG_DURABLE:-0}" = 1 ]; then durable=""; fi

# A port that was free a moment ago can be taken by the time the server wants it, so a few are tried.
for _ in 1 2 3 4 5; do
    PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    if in_home "$BIN/pg_ctl" --pgdata "$HOME_DIR/data" --log "$HOME_DIR/server.log" --wait --timeout 60 --silent \
        -o "-c listen_addresses=127.0.0.1 -c port=$PORT -c unix_socket_directories=$HOME_DIR -c max_connections=200 $durable" \
        start >/dev/null 2>&1; then
        STARTED=1
        break
    fi
done
if [ "${STARTED:-0}" != 1 ]; then
    complain "PostgreSQL did not start:"
    cat "$HOME_DIR/server.log" >&2
    exit 1
fi

export NOSTE_TEST_POSTGRES="postgres://postgres@127.0.0.1:$PORT/postgres"
"$@"
