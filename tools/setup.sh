#!/usr/bin/env bash
# What the tests need beyond a Rust toolchain. As root, missing Debian packages are installed; otherwise it is
# said which to install. Run twice, the second time does nothing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need cargo node npm python3 git cc

PACKAGES=(chromium chromium-driver postgresql python3-venv libvoikko1 voikko-fi)
missing=()
for package in "${PACKAGES[@]}"; do
    if ! dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
        missing+=("$package")
    fi
done

if [ ${#missing[@]} -gt 0 ]; then
    if ! have apt-get; then
        complain "missing, by their names in Debian: ${missing[*]}"
        complain "Install what corresponds to them, and set CHROMIUM to the browser's path if it is not in PATH."
        # Another system may have them under other names; the stages that need one say so if not.
    elif is_root; then
        say "Installing: ${missing[*]}"
        apt-get update --quiet=2
        apt-get install --yes --no-install-recommends --quiet=2 "${missing[@]}" </dev/null
    else
        complain "missing Debian packages: ${missing[*]}"
        complain "Install them: sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
        exit 1
    fi
fi

have cargo-nextest || say "note: cargo-nextest is not installed; cargo test is used instead, which is slower"

venv tools/requirements.txt
say "Debian packages and Python tools are in place."
