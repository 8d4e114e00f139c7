#!/usr/bin/env python3
"""Collects the licence texts of everything linked into the program, to be shipped beside it.

Usage: licence_texts.py OUTPUT. Reads the sources that cargo has fetched and the packages of the web assets.
A crate without a licence file of its own is listed with its licence expression.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE", "COPYRIGHT")


def linked():
    """Packages from outside that are built into the program, in order of name."""
    host = next(
        line.split()[1] for line in subprocess.check_output(["rustc", "-vV"], text=True).splitlines() if line.startswith("host:")
    )
    answer = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host],
        check=True, capture_output=True, cwd=ROOT,
    ).stdout
    metadata = json.loads(answer)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [identifier for identifier, package in packages.items() if package["name"] == "app"]
    seen = set()
    while waiting:
        identifier = waiting.pop()
        if identifier in seen:
            continue
        seen.add(identifier)
        for dependency in nodes[identifier]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    outside = [packages[identifier] for identifier in seen if packages[identifier]["source"]]
    return sorted(outside, key=lambda package: (package["name"], package["version"]))


def texts(folder):
    for file in sorted(Path(folder).iterdir()):
        if file.is_file() and file.name.upper().startswith(NAMES):
            yield file.name, file.read_text(encoding="utf-8", errors="replace").strip()


def assets():
    """npm packages whose files are embedded: (name, version, licence, folder)."""
    folders = [ROOT / "foundation/web/node_modules", ROOT / "print/node_modules"]
    for manifest in sorted(path for folder in folders for path in folder.glob("**/package.json")):
        folder = manifest.parent
        if folder.parent.name == "node_modules" or folder.parent.parent.name == "node_modules":
            package = json.loads(manifest.read_text(encoding="utf-8"))
            if "name" in package and "version" in package:
                yield package["name"], package["version"], str(package.get("license", "not stated")), folder


def main():
    entries = [(p["name"], p["version"], p["license"] or "see its file", Path(p["manifest_path"]).parent) for p in linked()]
    entries += list(assets())
    lines = ["Noste contains the following works of others. Their licences follow, each once.", ""]
    by_text, order = {}, []
    for name, version, licence, folder in entries:
        lines.append(f"{name} {version}: {licence}")
        for file, text in texts(folder):
            if text not in by_text:
                by_text[text] = []
                order.append(text)
            by_text[text].append(f"{name} {version} ({file})")
    for text in order:
        lines += ["", "-" * 100, ", ".join(by_text[text]), "", text]
    output = Path(sys.argv[1])
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(entries)} works, {len(order)} licence texts: {output}")


if __name__ == "__main__":
    main()
