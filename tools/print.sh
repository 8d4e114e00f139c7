#!/usr/bin/env bash
# Prints the example reports of the room `print` and has them judged by a program that shares nothing with it
# (tools/pdf_check.py), and by veraPDF where the machine has it.
#
# PRINT_DIR   where the files are left (target/print)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo python3

OUT=${PRINT_DIR:-$TARGET/print}
mkdir -p "$OUT"
# The same selection as in the other stages, so that nothing is built twice.
cargo build --workspace --locked --quiet --example report
for kind in fi sv en easy hostile; do
    "$TARGET/debug/examples/report" "$kind" >"$OUT/$kind.pdf"
done
# In a folder of its own: what it needs is pinned, and no other tool's business.
VENV=$ROOT/.venv-print
venv tools/requirements-print.txt
judge() { "$VENV/bin/python" tools/pdf_check.py "$@"; }
judge "$OUT"/*.pdf
judge --breaks "$OUT/fi.pdf"
hostile=$(sed -n 's/^pub const HOSTILE.*r##"\(.*\)"##;$/\1/p' print/examples/report/made.rs)
[ -n "$hostile" ]
judge --says "$hostile" 30 "$OUT/hostile.pdf"
# The same report twice is the same bytes.
"$TARGET/debug/examples/report" fi | cmp - "$OUT/fi.pdf"
if have verapdf; then
    for flavour in 2a ua1; do verapdf --format text --flavour "$flavour" "$OUT"/*.pdf; done
else
    say "veraPDF is not on this machine: its judgement is left out"
fi
