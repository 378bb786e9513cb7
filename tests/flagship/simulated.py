"""Runs the flagship and returns the rows of its JSON; shared by the executable tests of this folder."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MODEL = os.path.join(ROOT, "configs", "ball_cd19_cd22.yaml")
FITS = os.path.join(ROOT, "configs", "ball_fits")


def program():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} PROGRAM")
    return sys.argv[1]


def rows(patients, strategies, *more, model=MODEL):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "rows.json")
        command = [program(), "run", model, "--patients", str(patients), "--strategies", strategies]
        command += ["--no-trajectories", "--json", out, "--quiet", *more]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
        with open(out, encoding="utf-8") as file:
            return json.load(file)["rows"]


class Checks:
    """Says what holds and what does not; `finish` is the exit code."""

    def __init__(self):
        self.failed = 0

    def that(self, holds, what):
        print(("ok    " if holds else "FAIL  ") + what)
        self.failed += not holds

    def finish(self):
        sys.exit(1 if self.failed else 0)
