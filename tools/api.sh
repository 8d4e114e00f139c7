#!/usr/bin/env bash
# Schemathesis against the interface for programs: it makes requests of every kind out of the description at
# /api/v1/openapi.json, right ones and wrong ones, and checks every answer against it. The county is synthetic and
# made for the run, the token too; the seed is fixed.
#
# NOSTE_BIN     the program; by default the build that the tests use, target/debug/noste
# API_EXAMPLES  requests of each kind for one operation (12)
# API_SECONDS   after so many seconds the run has failed (180)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need python3

BIN=${NOSTE_BIN:-$TARGET/debug/noste}
if [ ! -x "$BIN" ]; then cargo build --workspace --locked; fi
# In a folder of its own: what it needs is pinned, and no other tool's business.
VENV=$ROOT/.venv-api
venv tools/requirements-api.txt

WORK=$(mktemp -d)
SERVER=
finish() {
    if [ -n "$SERVER" ]; then kill "$SERVER" 2>/dev/null && wait "$SERVER" 2>/dev/null || true; fi
    rm -rf "$WORK"
}
trap finish EXIT

# Serves the demo and sets ADDRESS when it says where it is.
serve() {
    : >"$WORK/said"
    "$BIN" demo --data "$WORK/data" --port 0 --persons 200 --years 1 --no-limits >"$WORK/said" 2>"$WORK/complained" &
    SERVER=$!
    local waited=0
    until ADDRESS=$(grep -o 'http://localhost:[0-9]*' "$WORK/said"); do
        kill -0 "$SERVER" 2>/dev/null && [ $((waited += 1)) -lt 1200 ] || { cat "$WORK/complained"; return 1; }
        sleep 0.1
    done
}

# A database has one writer: the token is made while nothing is served.
serve
kill "$SERVER" && wait "$SERVER" || true
TOKEN=$("$BIN" token create --data "$WORK/data" --name "Koe" --owner 6-user-admin --approved-by 7-user-admin --acts-for 4-social-worker \
    --scopes contacts.create,contacts.read,clients.read,clients.create,matters.read,matters.write,log.read --days 1)
serve

say "Schemathesis against $ADDRESS"
cd "$WORK"
timeout "${API_SECONDS:-180}" "$VENV/bin/schemathesis" run "$ADDRESS/api/v1/openapi.json" \
    --header "Authorization: Bearer $TOKEN" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method,ignored_auth \
    --phases examples,coverage,fuzzing,stateful \
    --max-examples "${API_EXAMPLES:-12}" \
    --generation-deterministic \
    --continue-on-failure --no-color
cd "$ROOT"
if grep -q panicked "$WORK/complained"; then
    cat "$WORK/complained"
    exit 1
fi
