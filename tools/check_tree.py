#!/usr/bin/env python3
"""Rules of the tree that no compiler knows. Looks at every file that git tracks or would track.

Each finding is one line, `path:line: what to do`. Exit 1 when there is one; notes do not fail.
"""

import re
import subprocess
import sys
from pathlib import Path

LOCK_FILES = {"Cargo.lock", "package-lock.json"}
BINARY = {".png", ".jpg", ".webp", ".woff2", ".ttf", ".otf", ".pdf", ".ico", ".sqlite"}
NOTE_LINES, MOST_LINES = 500, 800

# Written in pieces, so that this file does not find itself.
WORDS = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b"), "finish it, or write an issue; unfinished work is not marked in the code"),
    (re.compile(r"(?<![\w.$/}-])/wo" r"rk/"), "no path of somebody's own machine"),
    (re.compile(r"\b(?:static|index)\.crates\.i" r"o|npmjs\.(?:org|com)|pypi\.o" r"rg|pythonho" r"sted|deb\.debian\.o" r"rg"), "name the package, not the registry's host"),
]

SQL = re.compile(r"\b(select|insert\s+into|update\s+\w+\s+set|delete\s+from|create\s+(?:table|index|unique|view)|alter\s+table|values\s*\()", re.I)
CLOCK_IN_SQL = re.compile(r"\bnow\s*\(\s*\)|\bcurrent_(?:timestamp|date|time)\b|\b(?:clock|statement|transaction)_timestamp\s*\(|(?:datetime|date|time|julianday|unixepoch|strftime)\s*\([^)]*'now'", re.I)
RUST_STRING = re.compile(r'r(#+)"(.*?)"\1|"((?:[^"\\]|\\.)*)"', re.S)

STYLE = re.compile(r"<style\b|\sstyle\s*=", re.I)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)
DS = re.compile(r"</?ds-|class\s*=\s*(?:\"[^\"]*|'[^']*)(?<![\w-])ds-")
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}", re.S)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def blank(match):
    """Keeps the line count when something is taken out."""
    return "\n" * match[0].count("\n")


def in_rust_sql(text):
    """Where a string of a Rust file that holds SQL reads the clock."""
    for found in RUST_STRING.finditer(text):
        body = found[2] if found[2] is not None else found[3]
        if SQL.search(body):
            for clock in CLOCK_IN_SQL.finditer(body):
                start = found.start(2) if found[2] is not None else found.start(3)
                yield line_of(text, start + clock.start())


def findings(path, text):
    """Yields (line, message, fails) of one file; path is relative and uses slashes."""
    parts = path.split("/")
    name, suffix = parts[-1], Path(path).suffix
    lock = name in LOCK_FILES

    if not lock:
        for pattern, message in WORDS:
            for found in pattern.finditer(text):
                yield line_of(text, found.start()), f"'{found[0]}': {message}", True
    if name == "package-lock.json":
        found = re.search(r'"resolved"\s*:\s*"http', text)
        if found:
            yield line_of(text, found.start()), "lock files carry no download address (omit-lockfile-registry-resolved in .npmrc)", True

    if suffix == ".rs":
        lines = text.count("\n")
        if lines > MOST_LINES:
            yield lines, f"{lines} lines: split it, {MOST_LINES} is the most", True
        elif lines > NOTE_LINES:
            yield lines, f"{lines} lines: is it two things? ({NOTE_LINES} is the aim)", False
        # A comment may speak of now(); code is what counts.
        for line in in_rust_sql(re.sub(r"(?m)^\s*//.*$", "", text)):
            yield line, "SQL reads the clock; pass the time as a parameter (invariant I9)", True
    if suffix == ".sql":
        bare = re.sub(r"--.*$", "", text, flags=re.M)
        for found in CLOCK_IN_SQL.finditer(bare):
            yield line_of(bare, found.start()), "SQL reads the clock; pass the time as a parameter (invariant I9)", True

    if "templates" in parts and suffix == ".html":
        bare = TEMPLATE_COMMENT.sub(blank, text)
        for found in STYLE.finditer(bare):
            yield line_of(bare, found.start()), "no style in a template: the content security policy refuses it", True
        for found in SCRIPT.finditer(bare):
            yield line_of(bare, found.start()), "no script in a template: the content security policy refuses it", True
        if not path.startswith("foundation/web/"):
            for found in DS.finditer(bare):
                yield line_of(bare, found.start()), "ds- classes only inside the components of foundation/web", True


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True
    ).stdout.decode()
    return sorted(path for path in listed.split("\0") if path)


def main():
    fails = notes = files = 0
    for path in tracked():
        file = Path(path)
        if file.suffix.lower() in BINARY or not file.is_file():
            continue
        files += 1
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            print(f"{path}:1: neither UTF-8 text nor a known kind of binary file")
            fails += 1
            continue
        for line, message, failing in findings(path, text):
            print(f"{path}:{line}: {'' if failing else 'note: '}{message}")
            fails += failing
            notes += not failing
    print(f"{files} files looked at, {fails} findings, {notes} notes")
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
