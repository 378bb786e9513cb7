"""Runs an example and compares rows of its JSON with numbers computed elsewhere; shared by the tests of this folder."""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Example:
    def __init__(self, name, *more):
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "rows.json")
            model = os.path.join(ROOT, "configs", "examples", name + ".yaml")
            command = [sys.argv[1], "run", model, "--no-trajectories", "--json", out, "--out", out + ".h5", "--quiet", *more]
            subprocess.run(command, check=True)
            with open(out, encoding="utf-8") as file:
                self.made = json.load(file)
        self.rows = self.made["rows"]
        self.wrong = self.compared = 0

    def compare(self, exact, strategy, outcome, measure, time=None, group=""):
        """5 standard errors: wrong once in 1.7 million."""
        found = [row for row in self.rows if row["strategy"] == strategy and row["outcome"] == outcome
                 and row["measure"] == measure and row["group"] == group and (time is None or row["time"] == time)]
        if len(found) != 1:
            sys.exit(f"{len(found)} rows of {strategy} {outcome} {measure} {time} {group}")
        deviation = (found[0]["estimate"] - exact) / found[0]["se"]
        self.compared += 1
        if not abs(deviation) <= 5:
            self.wrong += 1
            print(f"{strategy} {outcome} {measure} {time} {group}: {found[0]['estimate']:.6g}, exact {exact:.6g}, {deviation:+.1f} se")

    def finish(self, expected):
        print(f"{self.compared} compared, {self.wrong} wrong")
        sys.exit(0 if self.wrong == 0 and self.compared == expected else 1)
