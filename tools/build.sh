#!/usr/bin/env bash
# The release program and, beside it, the licence texts of everything linked into it.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need cargo node npm python3 git cc
vendor_assets
cargo build --release --locked --package app
python3 tools/licence_texts.py "$TARGET/release/THIRD-PARTY-LICENCES.txt"
say "Built $TARGET/release/noste"
