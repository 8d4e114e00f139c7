#!/usr/bin/env bash
# Random tables are protected by `noste disclosure protect` and judged by a program that shares nothing with it.
#
# NOSTE_BIN          the program; by default the build that the tests use, target/debug/noste
# DISCLOSURE_TABLES  tables (200)
# DISCLOSURE_SMALL   small tables whose least cost is searched (20)
# DISCLOSURE_ROUNDED tables that are rounded (40)
# DISCLOSURE_SEED    other tables (1)
# DISCLOSURE_SIZE    also time one large table, for example 300x12x5
# DISCLOSURE_JSON    file for what was found
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need python3

BIN=${NOSTE_BIN:-$TARGET/debug/noste}
if [ ! -x "$BIN" ]; then cargo build --workspace --locked; fi
# In a folder of its own: what it needs is pinned, and no other tool's business.
VENV=$ROOT/.venv-disclosure
venv tools/requirements-disclosure.txt
"$VENV/bin/python" tools/disclosure_check.py --noste "$BIN" \
    --tables "${DISCLOSURE_TABLES:-200}" --small "${DISCLOSURE_SMALL:-20}" --rounded "${DISCLOSURE_ROUNDED:-40}" \
    --seed "${DISCLOSURE_SEED:-1}" ${DISCLOSURE_SIZE:+--size "$DISCLOSURE_SIZE"} ${DISCLOSURE_JSON:+--json "$DISCLOSURE_JSON"}
# The rates and intervals that the tests of own figures expect are what scipy says.
"$VENV/bin/python" tools/figures_check.py
