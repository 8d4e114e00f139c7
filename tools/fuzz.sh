#!/usr/bin/env bash
# Bad input for every parser, and how its work grows with the length: runs the tests and writes docs/proof/fuzz.md.
#
# tools/fuzz.sh        long with NOSTE_PROOF=1, as `make proof` sets it
#
# BUILD=dev            the build of `make test` instead of the release build
# STEPS                which of parsers, growth and house are run anew; the page takes the others from their last run
# PAGE=1               writes the page after a short run too; it says so
# NOSTE_FUZZ_RUNS, NOSTE_FUZZ_SEED, NOSTE_FUZZ_REQUESTS     inputs for each parser, the seed, requests through the whole house
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

BUILD=${BUILD:-release}
profile=(--release)
[ "$BUILD" = release ] || profile=()
mkdir -p "$TARGET/proof"
result=0
# One after the other: processor time is measured in the second.
run() {
    local out=$TARGET/proof/fuzz-$1.txt
    case " ${STEPS:-parsers growth house} " in *" $1 "*) ;; *) return ;; esac
    shift
    cargo nextest run "${profile[@]}" --locked --profile proof --no-capture "$@" 2>&1 | tee "$out"
    [ "${PIPESTATUS[0]}" = 0 ] || result=1
}
run parsers -p fuzz -E 'not test(growth)'
run growth -p fuzz -E 'test(growth)'
run house --workspace --test house -E 'package(=app) and test(/^mutated/)'
[ -n "${NOSTE_PROOF:-}${PAGE:-}" ] || exit "$result"
length="the long run${NOSTE_FUZZ_RUNS:+ with NOSTE_FUZZ_RUNS=$NOSTE_FUZZ_RUNS}"
[ -n "${NOSTE_PROOF:-}" ] || length="the short run of \`make test\`"

rows() { grep -E '^\| ' "$TARGET/proof/fuzz-$1.txt"; }
figures() { sed -n 's/^figure: \(.*\)$/- \1/p' "$TARGET/proof/fuzz-$1.txt"; }
page=docs/proof/fuzz.md
{
    cat <<'TEXT'
# Fuzzing: bad input for every parser

The room `fuzz` mutates kept inputs (`fuzz/corpus/`) and draws from a pool that grows by every input with an outcome not seen before; it needs no special compiler. Where a parser refuses at its first check whatever the house has not signed, sealed or written, or has a strict form, half of the inputs are made whole and then changed once or not at all. A panic fails the run and writes its input to `target/fuzz/`; so does a parser of which fewer than six outcomes are seen.
TEXT
    echo
    echo "Commit $(git rev-parse --short HEAD), $length, $BUILD build, $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n1)), $(rustc --version | cut -d' ' -f1,2). Again: \`PARTS=fuzz make proof\`."
    echo
    rows parsers
    echo
    figures parsers
    figures house
    echo
    cat <<'TEXT'
## Work against length

Each parser gets whole documents of a kind, words, marks of nesting and pieces of its corpus again and again, of 8 to 128 kB: the least processor time of three runs, and of nine when it looks steep. The slowest input of each parser stands here; power 1 is work in proportion to the length, 2 a square. An input counts as steep when the power is over 1.5, the last doubling takes over 2.8 times, and 128 kB take over 8 ms. `make test` counts the bytes that the parsers ask of memory at 8 and 32 kB instead: the same on every machine.
TEXT
    echo
    rows growth
    echo
    figures growth
    echo
    [ "$result" = 0 ] && echo "All held." || echo "**Something did not hold**: see what the command prints."
} >"$page"
say "Written: $page"
exit "$result"
