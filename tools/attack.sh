#!/usr/bin/env bash
# The proofs of room between counties and of work under attack: runs the tests and writes their page under docs/proof/.
#
# tools/attack.sh isolation|hostile     long with NOSTE_PROOF=1, as `make proof` sets it
#
# BUILD=dev    the build of `make test` instead of the release build
# PAGE=1       writes the page after a short run too; it says so
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

name=${1:?isolation or hostile}
BUILD=${BUILD:-release}
case $name in
    isolation) tests='test(/^counties/)' title="Three counties in one process" ;;
    hostile) tests='test(/^hostile/)' title="Work under attack" ;;
    *) complain "isolation or hostile"; exit 2 ;;
esac
profile=(--release)
[ "$BUILD" = release ] || profile=()
out=$TARGET/proof/$name-run.txt
mkdir -p "$TARGET/proof"
cargo nextest run "${profile[@]}" --locked --workspace --test house --profile proof --no-capture -E "package(=app) and $tests" 2>&1 | tee "$out"
result=${PIPESTATUS[0]}
[ -n "${NOSTE_PROOF:-}${PAGE:-}" ] || exit "$result"
run="the long run"
[ -n "${NOSTE_PROOF:-}" ] || run="the short run of \`make test\`"

explain() {
    case $name in
        isolation) cat <<'TEXT'
Three synthetic counties, once from three SQLite files and once from three PostgreSQL schemas, served by one process and chosen by host name. Every text of people in each county is overwritten with a mark of its own. Then each works, and at the host of each other are tried: its sessions, programs' tokens, receipt code and cookie, forms' tokens, drafts; and all addresses of all routes with the ids of the other, by every reader. No mark, header, log entry, row, event of the live channel or count crosses; caches are apart; a used-up limit of one leaves the other's alone. Each line is one county's ids asked for at another.
TEXT
            ;;
        hostile) cat <<'TEXT'
The program as a process of its own with a small synthetic county; the attackers share its machine. At the same time: heads of which a byte comes twice a second, announced bodies of 40 MB of which a byte comes twice a second, answers that nobody reads, heads of 200 kB, bodies without end, packed bodies, and contacts sent without pause. Two workers read their desk, contacts and clients and save drafts; every page must be answered 200, memory may grow by 768 MB at most, every slow head must be cut, and the process must end in order. Times are for comparison, nothing depends on them. First with rate limits by address, then without them, as if the attackers had addresses without end.
TEXT
            ;;
    esac
}

page=docs/proof/$name.md
{
    echo "# $title"
    echo
    explain
    echo
    echo "Commit $(git rev-parse --short HEAD), $run, $BUILD build, $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n1)), $(($(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo) / 1048576)) GB, $(rustc --version | cut -d' ' -f1,2). Again: \`PARTS=$name make proof\`."
    echo
    # A heading for each table.
    grep -E '^(rate limits |\| |[0-9]{2} at [0-9]{2}: )' "$out" | sed -E 's/^(rate limits .*)$/\n\1\n\n| what | seen |\n| --- | --- |/; s/^([0-9]{2} at [0-9]{2}: .*)$/- \1/'
    echo
    [ "$result" = 0 ] && echo "All held." || echo "**Something did not hold**: see what the command prints."
} >"$page"
say "Written: $page"
exit "$result"
