"""Prints the sources that clang-tidy has to look at, one a line.

    tidy_files.py BUILD/compile_commands.json [BASE]

All sources of sim/ without BASE; else those that differ from the commit BASE or include, directly or not, a header that
does. Tests are left to the compiler's own warnings.
"""
import json
import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
INCLUDE = re.compile(r'^\s*#include "([^"]+)"', re.MULTILINE)


def included(path, seen):
    """Adds to `seen` the project files that `path` includes, itself among them."""
    if path in seen or not os.path.exists(path):
        return
    seen.add(path)
    with open(path, encoding="utf-8") as source:
        for name in INCLUDE.findall(source.read()):
            included(os.path.join(ROOT, "sim", name), seen)


def main(commands, base=None):
    with open(commands, encoding="utf-8") as text:
        compiled = {os.path.realpath(entry["file"]) for entry in json.load(text)}
    sources = sorted(file for file in compiled if file.startswith(os.path.join(ROOT, "sim") + os.sep))
    if base:
        names = subprocess.run(["git", "-C", ROOT, "diff", "--name-only", base], check=True, capture_output=True,
                               text=True).stdout.split("\n")
        changed = {os.path.join(ROOT, name) for name in names}
        if os.path.join(ROOT, ".clang-tidy") not in changed:
            sources = [file for file in sources if changed & closure(file)]
    print("\n".join(sources))


def closure(file):
    seen = set()
    included(file, seen)
    return seen


if __name__ == "__main__":
    main(*sys.argv[1:])
