"""What the tests of sweeps share: a small model, sweeps of it, and the collected file as columns."""
import pathlib

import h5py

from support import PROGRAM, SOURCE, Case, main  # noqa: F401: the tests take them from here

MODEL = (SOURCE / "configs/examples/maintenance.yaml").read_text()

# 14 scenarios, over a parameter, a number at a path and a rule of a strategy; shards of about 20,000 lives.
SWEEP = """sweep: 1
title: Maintenance, over its effect and its length
model: maintenance.yaml
patients: {patients}
lives_a_shard: {lives}
axes:
  hr: {{parameter: hr_maintenance, values: [{hr}]}}
  length: {{path: events.maintenance_ends.time.fixed, values: [1 year, 2 years]}}
  rule:
    path: strategies.high_risk_only.decisions.maintenance
    cases: {{risk: "high_risk ? given : not_given", young: "age < 60 years ? given : not_given"}}
exclude: ["hr > 0.9 and rule == young"]
"""


class SweepCase(Case):
    def setUp(self):
        super().setUp()
        self.write("maintenance.yaml", MODEL)

    def sweep(self, patients=1000, lives=20000, hr="0.4, 0.6, 0.8, 1", name="s.yaml", more=""):
        return self.write(name, SWEEP.format(patients=patients, lives=lives, hr=hr) + more)

    def failing_sweep(self):
        """Four scenarios, of which the third makes a hazard ratio negative at some ages."""
        self.write("maintenance.yaml", MODEL.replace('"on_maintenance ? hr_maintenance : 1"]',
                                                     '"on_maintenance ? hr_maintenance : 1", "1 + slope * (age / 1 year)"]')
                   .replace("parameters:\n", "parameters:\n  slope: {value: 0}\n"))
        text = "sweep: 1\nmodel: maintenance.yaml\npatients: 1000\nlives_a_shard: 6000\naxes: {s: {parameter: slope, values: "
        return self.write("s.yaml", text + "[0, 0.001, -0.0139, 0.002]}}\n")

    def collected(self, folder, name="x.h5", *options):
        self.good("sweep", "collect", folder, "--out", name, "--quiet", *options)
        return self.bytes(name)

    def whole(self, *options, sweep="s.yaml", folder="whole.sweep"):
        """The collected bytes of the sweep run in one go."""
        self.good("sweep", "run", sweep, "--out", folder, "--quiet", *options)
        return self.collected(folder, folder + ".h5")

    def shards(self, folder):
        return sorted((self.folder / folder / "shards").rglob("*.sums"))

    def leftovers(self, folder):
        """What only a running process should have there."""
        return [path for path in (self.folder / folder).rglob("*") if path.name.startswith(".") or path.suffix == ".claim"]


def table(path, name):
    """Columns by name, texts as str."""
    with h5py.File(path) as file:
        group = file["outcomes"][name]
        order = [column.decode() for column in group["columns"][:]]
        columns = {column: group[column][:] for column in order}
    return {name: [text.decode() for text in values] if values.dtype.kind == "S" else values.tolist()
            for name, values in columns.items()}


def rows(path, name):
    columns = table(path, name)
    return [dict(zip(columns, values)) for values in zip(*columns.values())]
