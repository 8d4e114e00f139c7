#!/usr/bin/env python3
"""Compares what ARCHITECTURE.md says about dependencies between rooms with the manifests.

1. Every dependency of one feature on another stands in the table of ARCHITECTURE.md that begins with
   "| feature | uses |", and every row of it is true.
2. Foundations never depend on features, and lower rooms never on higher ones, in the order that
   ARCHITECTURE.md gives in the line that begins with "Direction:".

3. Every dependency from outside in the root manifest has a row in docs/decisions/0002-dependencies.md.

Development dependencies of rooms are left out: a test may use what it likes.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def rooms(root):
    """Package name -> (path of the room, packages of the house it uses)."""
    workspace = tomllib.loads((root / "Cargo.toml").read_text())
    found = {}
    for member in workspace["workspace"]["members"]:
        manifest = tomllib.loads((root / member / "Cargo.toml").read_text())
        uses = set(manifest.get("dependencies", {})) | set(manifest.get("build-dependencies", {}))
        for target in manifest.get("target", {}).values():
            uses |= set(target.get("dependencies", {}))
        found[manifest["package"]["name"]] = (member, uses)
    return {name: (member, uses & set(found)) for name, (member, uses) in found.items()}


def written_table(text):
    """Feature -> features it uses, as the table says; None when there is no table."""
    start = re.search(r"^\| feature \| uses \|.*\n\|[ :|-]+\n", text, re.M)
    if not start:
        return None
    table = {}
    for line in text[start.end():].splitlines():
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        table[cells[0].strip("`")] = set(re.findall(r"`([a-z_]+)`", cells[1]))
    return table


def written_order(text):
    line = re.search(r"^Direction: (.*)$", text, re.M)
    return re.findall(r"`([a-z_]+)`", line[1]) if line else None


def problems(found, text):
    table, order = written_table(text), written_order(text)
    if table is None:
        yield 'ARCHITECTURE.md has no table "| feature | uses |"'
        table = {}
    if not order:
        yield 'ARCHITECTURE.md has no line "Direction: ..."'
        order = []
    features = {name for name, (member, _) in found.items() if member.startswith("features/") or member == "documents"}
    for name in sorted(features):
        uses = found[name][1] & features
        if name not in table:
            yield f"{name}: not in the table of ARCHITECTURE.md"
            continue
        for missing in sorted(uses - table[name]):
            yield f"{name} uses {missing}, which ARCHITECTURE.md does not say: discuss it, then write it there"
        for stale in sorted(table[name] - uses):
            yield f"ARCHITECTURE.md says that {name} uses {stale}, its manifest does not"
    for name in sorted(set(table) - features):
        yield f"ARCHITECTURE.md has a row for {name}, which is no feature"
    for name in sorted(set(order) - set(found)):
        yield f"ARCHITECTURE.md puts {name} in the order, but there is no such room"
    place = {name: index for index, name in enumerate(order)}
    for name, (member, uses) in sorted(found.items()):
        for used in sorted(uses):
            if name in place and used in place and place[used] >= place[name]:
                yield f"{name} uses {used}: dependencies go the other way"
            if member.startswith("foundation/") and used in features:
                yield f"{name} is a foundation and uses the feature {used}"
            if name != "bench" and used == "app":
                yield f"{name} uses app, which nothing may use"


def unexplained(manifest, text):
    """Dependencies from outside that the decision does not name, and rows that name none."""
    outside = {name for name, spec in manifest["workspace"]["dependencies"].items() if not (isinstance(spec, dict) and "path" in spec)}
    explained = set(re.findall(r"^\| `([a-z0-9_-]+)` \|", text, re.M))
    for name in sorted(outside - explained):
        yield f"{name} has no row in docs/decisions/0002-dependencies.md: say what it is for and why this one"
    for name in sorted(explained - outside):
        yield f"docs/decisions/0002-dependencies.md explains {name}, which is not in Cargo.toml"


def main():
    found = rooms(ROOT)
    listed = list(problems(found, (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text())
    decision = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    listed += unexplained(manifest, decision)
    for problem in listed:
        print(problem)
    print(f"{len(found)} rooms compared, {len(listed)} findings")
    return 1 if listed else 0


if __name__ == "__main__":
    sys.exit(main())
