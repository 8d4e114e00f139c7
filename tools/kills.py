#!/usr/bin/env python3
"""Kills noste, PostgreSQL, or both at random moments while four writers send contacts over HTTP.

A witness in a process of its own sends them and writes each acknowledgement to its own file, forced to disk, before it counts.
A request whose answer did not come is sent again with the same key: it must neither be lost nor be there twice.
After each kill what fell is started again, and nothing else is done; the log must verify, and at the end the database is asked
by SQLite's and PostgreSQL's own programs whether every acknowledged contact is there, once, with the words that were sent.

    tools/kills.py --engine sqlite --kills 20
    tools/kills.py --engine postgres --victims noste,server,backend,both --kills 100 --seed 7

Shares nothing with the program but its command line and its interface. Exit code 1: something was lost, doubled or broken.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

WRITERS = 4
COUNTY = "15"
SCHEMA = "county_15"


# ---------------------------------------------------------------- the witness

def one_request(port, words, key, address):
    """Sends a contact; its number when it was acknowledged, None when nothing is known, a status when it was refused."""
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        line.request("POST", "/api/v1/contacts", json.dumps({"ownWords": words, "answerWay": "code"}),
                     {"Content-Type": "application/json", "Idempotency-Key": key, "X-Kills-Client": address})
        answer = line.getresponse()
        body = answer.read()
        line.close()
    except (OSError, http.client.HTTPException):
        return None
    if answer.status in (200, 201):
        return json.loads(body)["number"]
    return answer.status


def witness(port, path, seed):
    """Runs until told to stop (SIGTERM). Each line of the file: the moment, the number, the words."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    lock = threading.Lock()
    refused = {}
    with open(path, "a", encoding="utf-8") as file:
        def writer(lane):
            chance = random.Random(f"{seed} {lane}")
            number = 0
            while not stop.is_set():
                words = f"Todistaja {seed} {lane} {number} " + "x" * (1 + chance.randrange(300))
                key = f"kills-{seed}-{lane}-{number:08}"
                while not stop.is_set():
                    address = ".".join(str(chance.randrange(1, 255)) for _ in range(4))
                    known = one_request(port, words, key, address)
                    if isinstance(known, str):
                        with lock:
                            file.write(f"{time.monotonic()}\t{known}\t{words}\n")
                            file.flush()
                            os.fsync(file.fileno())
                        number += 1
                        break
                    if known is not None:
                        refused[known] = refused.get(known, 0) + 1
                    # A broken line or a refusal: the same again, with the same key.
                    time.sleep(0.02)
        threads = [threading.Thread(target=writer, args=(lane,)) for lane in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print(json.dumps({"refused": refused}), flush=True)


# ---------------------------------------------------------------- what is killed

def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class Server:
    """A PostgreSQL server of our own."""

    def __init__(self, folder):
        versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not versions:
            sys.exit("PostgreSQL is missing: apt-get install postgresql")
        self.programs = versions[-1]
        self.folder, self.data, self.socket = folder, folder / "data", folder / "socket"
        for path in (folder, self.data, self.socket):
            path.mkdir(exist_ok=True)
            if os.getuid() == 0:
                shutil.chown(path, "postgres")
            path.chmod(0o700 if path == self.data else 0o755)
        subprocess.run(self.own("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=noste",
                                "--pgdata", str(self.data)), check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.child = None
        self.start()

    def own(self, program, *arguments):
        command = [str(self.programs / program), *arguments]
        return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command

    def url(self):
        return "postgres://noste@" + str(self.socket).replace("/", "%2F") + "/postgres"

    def start(self):
        time.sleep(0.02)
        with open(self.folder / "server.txt", "ab") as log:
            self.child = subprocess.Popen(
                self.own("postgres", "-D", str(self.data), "-k", str(self.socket), "-c", "listen_addresses="),
                stdout=log, stderr=log, cwd="/")
        while self.ask("select 1") is None:
            if self.child.poll() is not None:
                # What was killed may still hold its memory for a moment: a service manager tries again, too.
                return self.start()
            time.sleep(0.02)

    def ask(self, sql):
        done = subprocess.run([str(self.programs / "psql"), "-h", str(self.socket), "-U", "noste", "-d", "postgres",
                               "-XAtq", "-F", "\t", "-c", sql], capture_output=True, text=True, cwd="/", check=False)
        return done.stdout if done.returncode == 0 else None

    def processes(self):
        try:
            first = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return []
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit() and parent(int(entry)) == first:
                found.append(int(entry))
        return [first, *found] if parent(first) is not None else []

    def kill(self):
        # Held still first, so that it makes no child that nobody has counted.
        for process in self.processes()[:1]:
            os.kill(process, signal.SIGSTOP)
        for process in reversed(self.processes()):
            slay(process)
        # Who started it as another user stands still with it.
        self.child.send_signal(signal.SIGCONT)
        self.child.wait()
        while any(parent(process) is not None for process in self.processes()):
            time.sleep(0.005)

    def kill_one(self, chance):
        """One process that serves a connection: the server ends all of them and recovers by itself."""
        serving = []
        for process in self.processes()[1:]:
            try:
                line = pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
            except OSError:
                continue
            if line.startswith(b"postgres: noste"):
                serving.append(process)
        if serving:
            slay(chance.choice(serving))

    def end(self):
        self.kill()


def parent(process):
    try:
        return int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


def slay(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


class House:
    """The program, serving a synthetic county."""

    def __init__(self, binary, folder, server):
        self.binary, self.folder, self.server, self.port = binary, folder, server, free_port()
        where = ["--database", server.url(), "--heads", str(folder)] if server else ["--data", str(folder)]
        self.run("synth", "--persons", "40", "--years", "1", *where)
        database = server.url() if server else f"sqlite:{folder / COUNTY}.sqlite"
        self.config = folder / "noste.toml"
        self.config.write_text(f"""listen = "127.0.0.1:{self.port}"
trusted_proxy_header = "x-kills-client"
secret_file = "{folder}/secret.key"
log_key_file = "{folder}/log.key"
heads_dir = "{folder}"
[[county]]
code = "{COUNTY}"
database = "{database}"
""")
        self.child = None

    def run(self, *arguments):
        return subprocess.run([self.binary, *arguments], check=True, capture_output=True, text=True)

    def start(self):
        """Starts the program; it is tried again when it ends, as a service manager does."""
        with open(self.folder / "noste.txt", "ab") as log:
            self.child = subprocess.Popen([self.binary, "serve", "--config", str(self.config)],
                                          stdout=log, stderr=log)

    def kill(self):
        self.child.kill()
        self.child.wait()

    def stop(self):
        self.child.terminate()
        self.child.wait()

    def verify(self):
        """What is broken in the log; empty when it holds."""
        if self.server:
            where = ["--database", self.server.url(), "--heads", str(self.folder)]
        else:
            where = ["--data", str(self.folder)]
        # A server that is still coming up has not been asked yet.
        for _ in range(600):
            done = subprocess.run([self.binary, "log", "verify", *where], capture_output=True, text=True, check=False)
            said = done.stderr + done.stdout
            if not any(state in said for state in ("in recovery mode", "starting up", "shutting down", "closed", "terminated")):
                break
            time.sleep(0.1)
        return "" if done.returncode == 0 else said

    def contacts(self):
        """Numbers and words, asked by the engine's own program."""
        sql = "select number, own_words from {}contact where own_words like 'Todistaja %'"
        if self.server:
            rows = self.server.ask(sql.format(SCHEMA + ".")).splitlines()
            return [tuple(row.split("\t", 1)) for row in rows]
        with sqlite3.connect(f"file:{self.folder / COUNTY}.sqlite?mode=ro", uri=True) as database:
            whole = database.execute("pragma integrity_check").fetchone()[0]
            if whole != "ok":
                sys.exit(f"the database is not whole: {whole}")
            return database.execute(sql.format("")).fetchall()


# ---------------------------------------------------------------- rounds

def acknowledgements(path):
    """What the witness has written so far: moments, and words by number."""
    moments, words = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) == 3:
            moments.append(float(parts[0]))
            words[parts[1]] = parts[2]
    return moments, words


def first_after(path, moment, offset, house):
    """The first acknowledgement after a moment, as the witness wrote it; the program is started again when it ended."""
    while True:
        if house.child.poll() is not None:
            house.start()
        with open(path, encoding="utf-8") as file:
            file.seek(offset)
            for line in file:
                if line.endswith("\n") and float(line.split("\t")[0]) > moment:
                    return float(line.split("\t")[0])
        time.sleep(0.005)


def silence(path, moment, offset):
    """The longest time between two acknowledgements in the second after a moment, and until twenty more have come."""
    while True:
        with open(path, encoding="utf-8") as file:
            file.seek(offset)
            moments = [float(line.split("\t")[0]) for line in file if line.endswith("\n")]
        after = [moment, *sorted(one for one in moments if one > moment)]
        if len(after) > 20 and after[-1] > moment + 1:
            return max(late - early for early, late in zip(after, after[1:]))
        time.sleep(0.01)


def one_kill(house, server, victim, chance, path):
    """Kills, starts again what fell, waits for the first acknowledgement; seconds from the start to it."""
    time.sleep(chance.random() * 0.4)
    offset = path.stat().st_size
    if victim in ("noste", "both"):
        house.kill()
    if victim in ("server", "both"):
        server.kill()
    if victim == "backend":
        server.kill_one(chance)
    broken = house.verify() if victim == "noste" else ""
    begun = time.monotonic()
    if victim in ("server", "both"):
        server.start()
    if victim == "both":
        broken = house.verify()
    if victim in ("noste", "both"):
        house.start()
    took = first_after(path, begun, offset, house) - begun
    if victim == "backend":
        # Acknowledgements may go on for a moment: what counts is the silence after them.
        took = silence(path, begun, offset)
    if victim in ("server", "backend"):
        broken = house.verify()
    return took, broken


def compare(house, path):
    """What is lost, and what is doubled."""
    _, words = acknowledgements(path)
    rows = house.contacts()
    kept = dict(rows)
    lost = [number for number, said in words.items() if kept.get(number) != said]
    texts = [said for _, said in rows]
    doubled = len(texts) - len(set(texts))
    return words, lost, doubled


def percentile(times, part):
    return sorted(times)[(len(times) - 1) * part // 100]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--victims", help="noste, server, backend, both; several with commas")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--binary", default=os.environ.get("NOSTE_BIN", "target/debug/noste"))
    parser.add_argument("--witness", nargs=2, metavar=("PORT", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.witness:
        witness(int(args.witness[0]), args.witness[1], args.seed)
        return 0
    usual = "noste" if args.engine == "sqlite" else "noste,server,backend,both"
    victims = (args.victims or usual).split(",")
    if args.engine == "sqlite" and victims != ["noste"]:
        sys.exit("on SQLite there is nothing else to kill than noste")
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory(prefix="noste-kills-") as made:
        return rounds(args, victims, chance, pathlib.Path(made))


def rounds(args, victims, chance, folder):
    folder.chmod(0o755)
    heads = folder / "noste"
    heads.mkdir()
    server = Server(folder / "server") if args.engine == "postgres" else None
    house = House(os.path.abspath(args.binary), heads, server)
    path = folder / "witness.txt"
    path.touch()
    house.start()
    watching = subprocess.Popen([sys.executable, __file__, "--seed", str(args.seed), "--witness", str(house.port), str(path)],
                                stdout=subprocess.PIPE, text=True)
    times = {victim: [] for victim in victims}
    broken, begun = [], time.monotonic()
    try:
        first_after(path, 0.0, 0, house)
        for number in range(args.kills):
            victim = victims[number % len(victims)]
            took, fault = one_kill(house, server, victim, chance, path)
            times[victim].append(took)
            if fault:
                broken.append(f"kill {number} ({victim}): {fault}")
            if (number + 1) % 25 == 0:
                print(f"{number + 1} kills, {time.monotonic() - begun:.0f} s, {len(broken)} broken", file=sys.stderr, flush=True)
        time.sleep(0.2)
        watching.terminate()
        refused = json.loads(watching.communicate()[0])["refused"]
        house.stop()
        fault = house.verify()
        if fault:
            broken.append(f"at the end: {fault}")
        words, lost, doubled = compare(house, path)
    finally:
        watching.kill()
        house.child.kill()
        if server:
            server.end()
    return report(args, times, broken, words, lost, doubled, refused)


def report(args, times, broken, words, lost, doubled, refused):
    for victim, took in times.items():
        if took:
            print(f"figure: {args.engine}, {victim} killed {len(took)} times (seed {args.seed}): " + ("longest silence" if victim == "backend" else "started again to first acknowledged write") +
                  f" in s: median {percentile(took, 50):.2f}, 95th {percentile(took, 95):.2f}, longest {max(took):.2f}")
    print(f"figure: {args.engine}: {len(words)} acknowledged contacts, {len(lost)} lost, {doubled} doubled, "
          f"{len(broken)} broken logs; refusals meanwhile by status: {refused}")
    for fault in broken[:5]:
        print(fault)
    if any(int(status) not in (429, 503) for status in refused):
        print("a refusal that is no 503")
        return 1
    return 1 if lost or doubled or broken or not words else 0


if __name__ == "__main__":
    sys.exit(main())
