#!/usr/bin/env bash
# Schemathesis against the interface for programs: it makes requests of every kind out of the description at
# /api/v1/openapi.json, right ones and wrong ones, and checks every answer against it. The county is synthetic and
# made for the run, the token too; the seed is fixed.
#
# NOSTE_BIN     the program; by default the build that the tests use, target/debug/noste
# API_EXAMPLES  requests of each kind for one operation (8)
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
    --scopes contacts.read,clients.read,clients.create,matters.read,matters.write,log.read --days 1)
serve

# Ids of the county that the token's person may open, so that the robot reaches more than what is not there.
cd "$WORK"
python3 - "$ADDRESS" "$TOKEN" >schemathesis.toml <<'PYTHON'
import json, sys, urllib.request

address, token = sys.argv[1:]


def get(path):
    request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


clients = [row["id"] for row in get("/api/v1/clients")["items"]]
assert clients, "the social worker of the demo has no clients"
contact = next(row["id"] for row in get("/api/v1/contacts")["items"] if row["readable"])
matters = [row["id"] for id in clients for row in get(f"/api/v1/clients/{id}/matters")["items"]]
assert matters, "the clients of the social worker have no matters"
for path, id in [
    ("/api/v1/clients/{id}", clients[0]),
    ("/api/v1/clients/{id}/log", clients[0]),
    ("/api/v1/clients/{id}/matters", clients[0]),
    ("/api/v1/contacts/{id}", contact),
    ("/api/v1/matters/{id}", matters[0]),
    ("/api/v1/matters/{id}/closing", matters[-1]),
]:
    print(f'[[operations]]\ninclude-path = "{path}"\nparameters = {{ id = "{id}" }}\n')
PYTHON

say "Schemathesis against $ADDRESS"
timeout "${API_SECONDS:-180}" "$VENV/bin/schemathesis" --config-file schemathesis.toml run "$ADDRESS/api/v1/openapi.json" \
    --header "Authorization: Bearer $TOKEN" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,unsupported_method,ignored_auth \
    --phases examples,coverage,fuzzing,stateful \
    --max-examples "${API_EXAMPLES:-8}" \
    --generation-deterministic \
    --continue-on-failure --no-color
cd "$ROOT"
if grep -q panicked "$WORK/complained"; then
    cat "$WORK/complained"
    exit 1
fi
