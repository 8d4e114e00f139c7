#!/usr/bin/env bash
# Proofs that are tests: runs those of one and writes its page under docs/proof/.
#
# tools/proved.sh isolation|hostile|backup|upgrade     long with NOSTE_PROOF=1, as `make proof` sets it
#
# BUILD=dev    the build of `make test` instead of the release build
# PAGE=1       writes the page after a short run too; it says so
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

name=${1:?isolation, hostile, backup or upgrade}
BUILD=${BUILD:-release}
case $name in
    isolation) tests='package(=app) and test(/^counties/)' title="Three counties in one process" ;;
    hostile) tests='package(=app) and test(/^hostile/)' title="Work under attack" ;;
    backup) tests='package(=app) and test(/^keeping/) or package(=store) and test(/backup/)' title="Backup and restore" ;;
    upgrade) tests='package(=app) and test(/^upgrade/)' title="From the first schema" ;;
    *) complain "isolation, hostile, backup or upgrade"; exit 2 ;;
esac
profile=(--release)
[ "$BUILD" = release ] || profile=()
out=$TARGET/proof/$name-run.txt
mkdir -p "$TARGET/proof"
cargo nextest run "${profile[@]}" --locked --workspace --test house --test all --profile proof --no-capture -E "$tests" 2>&1 | tee "$out"
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
        backup) cat <<'TEXT'
While 32 writers write to one store, backups are made, restored to a place of their own and compared with what each writer had been told. Of each writer the first so many writings must be there without a gap, no fewer than were acknowledged before the backup began, each whole and with its log entry. Backups are restored to either engine from either. A backup that was cut off, lengthened, opened with another key, signed by another, or changed in any of sixteen ways must be refused with nothing written; a pipe gives the same as a file; the log goes on in the restored county.
TEXT
            ;;
        upgrade) cat <<'TEXT'
The earliest county that somebody could have (made by the program of its time, kept in `app/tests/data/first`) is brought up to date by `noste migrate`, killed at a random step and started again, over and over. After each: every row is there, `noste verify` holds, and the schema is whole.
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
    case $name in backup | upgrade) printf '| what | seen |\n| --- | --- |\n' ;; esac
    grep -E '^(rate limits |\| |[0-9]{2} at [0-9]{2}: )' "$out" | sed -E 's/^(rate limits .*)$/\n\1\n\n| what | seen |\n| --- | --- |/; s/^([0-9]{2} at [0-9]{2}: .*)$/- \1/'
    echo
    [ "$result" = 0 ] && echo "All held." || echo "**Something did not hold**: see what the command prints."
} >"$page"
say "Written: $page"
exit "$result"
