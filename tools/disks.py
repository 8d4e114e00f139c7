#!/usr/bin/env python3
"""A real file system of its own that fills up and is read-only, under a county in SQLite and four writers.

The writers and their witness are those of `tools/kills.py`: what was acknowledged is remembered outside. Each round fills the file
system to its last byte for some seconds, asks a page meanwhile, and makes room again: nobody starts anything. Then the file system
is made read-only under a program that is not running: it must say so and end, and serve again when it may be written. At the end
the log must verify and every acknowledged contact be there, once. On PostgreSQL a full disk is the server's own matter.

    tools/disks.py --rounds 10

Mounts a file system in memory, so it must run as root; says so and does nothing otherwise. Exit code 1: something did not hold.
"""
import argparse
import collections
import errno
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

# Nothing is left beside the scripts.
sys.dont_write_bytecode = True
import kills  # noqa: E402

SIZE = "160m"
FULL_FOR = 3.0


def mount(where, *options):
    return subprocess.run(["mount", *options, str(where)], capture_output=True, text=True, check=False).returncode == 0


def fill(path):
    """Writes until nothing more goes in; gives the bytes."""
    written = 0
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    written += file.write(b"x" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
    return written


def ask(port, path):
    """Status and seconds of a page; status 0 without an answer."""
    begun = time.monotonic()
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", path, headers={"Accept-Language": "fi", "X-Kills-Client": "192.0.2.7"})
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, time.monotonic() - begun
    except (OSError, http.client.HTTPException):
        return 0, time.monotonic() - begun


def one_round(house, folder, witnessed):
    """Full for some seconds; gives the pages' statuses, the slowest page and the seconds from room to the first acknowledgement."""
    filler = folder / "filler"
    statuses, slowest = collections.Counter(), 0.0
    until = time.monotonic() + FULL_FOR
    while time.monotonic() < until:
        # What a checkpoint frees is filled again.
        fill(filler.with_suffix(f".{time.monotonic_ns()}"))
        status, took = ask(house.port, "/fi/alku")
        statuses[status] += 1
        slowest = max(slowest, took)
        time.sleep(0.1)
    alive = house.child.poll() is None
    offset = witnessed.stat().st_size
    for file in folder.glob("filler*"):
        file.unlink()
    begun = time.monotonic()
    back = kills.first_after(witnessed, begun, offset, house) - begun
    return statuses, slowest, back, alive


def read_only(house, folder):
    """The program on a file system that may not be written: what it says and its exit code, and whether it serves afterwards."""
    if not mount(folder, "-o", "remount,ro"):
        return None
    done = subprocess.run([house.binary, "serve", "--config", str(house.config)], capture_output=True, text=True, timeout=60, check=False)
    mount(folder, "-o", "remount,rw")
    house.start()
    for _ in range(200):
        if ask(house.port, "/fi/alku")[0] == 200:
            return done.returncode, (done.stderr + done.stdout).strip(), True
        time.sleep(0.1)
    return done.returncode, (done.stderr + done.stdout).strip(), False


def run(args, folder, witnessed):
    house = kills.House(os.path.abspath(args.binary), folder, None)
    house.start()
    watching = subprocess.Popen([sys.executable, str(pathlib.Path(kills.__file__)), "--seed", str(args.seed), "--witness", str(house.port), str(witnessed)],
                                stdout=subprocess.PIPE, text=True)
    faults, pages, slowest, backs = [], collections.Counter(), 0.0, []
    try:
        kills.first_after(witnessed, 0.0, 0, house)
        for number in range(args.rounds):
            statuses, slow, back, alive = one_round(house, folder, witnessed)
            pages += statuses
            slowest = max(slowest, slow)
            backs.append(back)
            if not alive:
                faults.append(f"round {number}: the program ended on a full disk")
            time.sleep(0.3)
        watching.terminate()
        refused = json.loads(watching.communicate()[0])["refused"]
        house.stop()
        shut = read_only(house, folder)
        house.stop()
        broken = house.verify()
        words, lost, doubled = kills.compare(house, witnessed)
    finally:
        watching.kill()
        house.child.kill()
        house.child.wait()
    if set(pages) != {200}:
        faults.append(f"pages while the disk was full: {dict(pages)}")
    if any(int(status) not in (429, 503) for status in refused):
        faults.append(f"refusals: {refused}")
    if not any(int(status) == 503 for status in refused):
        faults.append("nothing was refused: the disk was not full")
    if broken:
        faults.append(f"the log: {broken}")
    if lost or doubled or not words:
        faults.append(f"{len(lost)} of {len(words)} lost, {doubled} doubled")
    print(f"figure: full file system, {args.rounds} times for {FULL_FOR:.0f} s: {len(words)} acknowledged contacts, {len(lost)} lost, {doubled} doubled; "
          f"refusals by status {refused}; {pages[200]} pages meanwhile, slowest {slowest:.2f} s; "
          f"room to first acknowledged write in s: median {kills.percentile(backs, 50):.2f}, longest {max(backs):.2f}")
    if shut is None:
        print("figure: read-only file system: could not be mounted so here")
    else:
        code, said, serves = shut
        print(f"figure: read-only file system: ends with {code} and says: {said.splitlines()[-1] if said else 'nothing'}; serves when it may be written: {'yes' if serves else 'no'}")
        if code == 0 or not said or not serves:
            faults.append(f"read-only: {code}, {said}, {serves}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--binary", default=os.environ.get("NOSTE_BIN", "target/debug/noste"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="noste-disks-") as made:
        folder = pathlib.Path(made) / "disk"
        folder.mkdir()
        witnessed = pathlib.Path(made) / "witness.txt"
        witnessed.touch()
        if os.getuid() != 0 or not mount(folder, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs"):
            print("not run: only root may mount a file system, and not everywhere")
            return 0
        try:
            return run(args, folder, witnessed)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


if __name__ == "__main__":
    sys.exit(main())
