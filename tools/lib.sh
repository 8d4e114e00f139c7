# Shared by the scripts of this folder: where the tree is, what is needed, how things are said.
# Sourced, not run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1
umask 022
# Never ask anything: the same scripts run without a terminal.
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 npm_config_yes=true

TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
VENV=$ROOT/.venv

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
is_root() { [ "$(id -u)" = 0 ]; }

# how_to_get COMMAND: one sentence for a person who does not have it.
how_to_get() {
    case $1 in
        cargo | rustc) echo "Rust $(rust_version) or newer: install rustup from rustup.rs, then 'rustup toolchain install stable'" ;;
        node) echo "Node.js 20 or newer: Debian package nodejs" ;;
        npm) echo "npm 10 or newer: Debian package npm" ;;
        python3) echo "Python 3.10 or newer: Debian package python3" ;;
        git) echo "git: Debian package git" ;;
        cc) echo "a C compiler (SQLite is built from source): Debian package build-essential" ;;
        time) echo "GNU time: Debian package time" ;;
        *) echo "$1" ;;
    esac
}

# The oldest Rust that the workspace says it needs.
rust_version() { sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml"; }

# at_least HAVE WANTED: version comparison, 1.95.0 against 1.95.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# need COMMAND...: all that is missing is said at once, with how to get it.
need() {
    local command missing=0
    for command in "$@"; do
        if ! have "$command"; then
            complain "missing: $command - $(how_to_get "$command")"
            missing=1
        fi
    done
    if have rustc && ! at_least "$(rustc --version | cut -d' ' -f2)" "$(rust_version)"; then
        complain "too old: $(rustc --version) - $(how_to_get rustc)"
        missing=1
    fi
    if have node && ! at_least "$(node --version | tr -d v)" 20; then
        complain "too old: node $(node --version) - $(how_to_get node)"
        missing=1
    fi
    [ "$missing" = 0 ] || { complain "Install what is missing and run the same command again."; return 1; }
}

# The fonts and the design system's files, by lock file into folders that are not committed.
vendor_assets() { "$ROOT/foundation/web/vendor.sh" && "$ROOT/print/vendor.sh"; }

# A folder of Python tools, made once. Usage: venv REQUIREMENTS-FILE
venv() {
    if [ ! -x "$VENV/bin/pip" ]; then
        python3 -m venv "$VENV" || { complain "python3 cannot make a virtual environment: install the Debian package python3-venv"; return 1; }
    fi
    "$VENV/bin/pip" install --quiet --requirement "$1"
}

# check NAME COMMAND...: runs a check that is no test runner's and says how it ended in a line that is counted.
check() {
    local name=$1 started=$SECONDS
    shift
    if "$@"; then
        say "check passed: $name ($((SECONDS - started)) s)"
    else
        complain "check FAILED: $name"
        return 1
    fi
}
