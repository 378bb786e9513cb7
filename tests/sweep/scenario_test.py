"""A scenario of a sweep as a run of its own: the file that `sojourn run` makes of the model with the scenario's values, and the
numbers of the collected sweep, both to the last bit."""
import math
import shutil

from sweeps import SOURCE, SweepCase, main, rows

TO_CALIBRATE = """sojourn: 1
title: To be calibrated
horizon: 10 years
parameters:
  rate: {value: 0.1 per year, range: [0.01 per year, 5 per year]}
  hr: {value: 1, range: [0.1, 10]}
  better: {value: 0.5}
states: {well: {initial: true}, dead: {absorbing: true}}
transitions:
  - {name: death, from: well, to: dead, time: {exponential: {rate: rate}}, hazard_ratio: hr}
strategies: {usual: {reference: true}, new: {parameters: {hr: better * 0.9}}}
outcomes:
  alive: {time_to: dead, at: [1 year, 5 years], restricted_mean: 5 years, targets: [{at: 1 year, value: 0.7, se: 0.02, source: a trial}]}
"""

RULES = {"risk": "high_risk ? given : not_given", "young": "age < 60 years ? given : not_given"}
TEXTS = ("outcome", "measure", "group", "level", "time", "strategy")
NUMBERS = ("estimate", "se", "lower", "upper", "difference", "difference_se", "difference_lower", "difference_upper")


def same(a, b):
    return a == b or (isinstance(a, float) and math.isnan(a) and math.isnan(b))


class Scenario(SweepCase):
    def lives(self, scenario, *options, folder="s.sweep", name="a.h5"):
        self.good("run", folder, "--scenario", scenario, "--out", name, "--quiet", *options)
        return self.bytes(name)

    def assert_collected(self, result, collected, scenario):
        """Every number of the result is that of the scenario in the collected file."""
        quantities = rows(self.folder / collected, "quantities")
        expected = {}
        for row in rows(self.folder / collected, "long"):
            if row["scenario"] == scenario:
                key = tuple(str(quantities[row["quantity"] - 1][text]) for text in TEXTS)
                expected[key] = [row[number] for number in NUMBERS]
        found = {}
        for row in rows(self.folder / result, "outcomes"):
            found[tuple(str(row[text]) for text in TEXTS)] = [row[number] for number in NUMBERS]
        self.assertGreater(len(expected), 3)
        self.assertEqual(set(found), set(expected))
        for key, values in expected.items():
            self.assertTrue(all(map(same, values, found[key])), (key, values, found[key]))

    def test_is_the_run_with_its_values(self):
        self.sweep()
        self.whole(folder="s.sweep")
        for row in rows(self.folder / "s.sweep.h5", "scenarios"):
            made = self.lives(row["id"])
            self.good("run", "maintenance.yaml", "--patients", 1000, "--out", "b.h5", "--quiet",
                      "--set", f"events.maintenance_ends.time.fixed={row['length']:.0f} year{'s' * (row['length'] > 1)}",
                      "--set", f"strategies.high_risk_only.decisions.maintenance=\"{RULES[row['rule']]}\"",
                      "--set", f"hr_maintenance={row['hr']:g}")
            self.assertEqual(made, self.bytes("b.h5"), row)
            self.assert_collected("a.h5", "s.sweep.h5", row["scenario"])

    def test_the_same_bytes_whoever_makes_it(self):
        self.sweep()
        self.whole(folder="s.sweep")
        row = rows(self.folder / "s.sweep.h5", "scenarios")[4]
        made = self.lives(row["id"])
        self.assertEqual(self.lives(row["scenario"], "--threads", 7), made)
        self.good("run", "a.h5", "--out", "again.h5", "--quiet")
        self.assertEqual(self.bytes("again.h5"), made)
        self.good("run", "s.sweep", "--scenario", row["id"], "--quiet")  # named after the sweep and the scenario
        self.assertEqual(self.bytes(f"s.{row['id']}.h5"), made)
        self.assertIn("hr_maintenance = 0.6", self.good("inspect", "a.h5").stdout)

    def test_with_random_numbers_of_its_own(self):
        self.sweep(more="common_random_numbers: false\n")
        self.whole(folder="s.sweep")
        first = self.lives(1)
        self.assert_collected("a.h5", "s.sweep.h5", 1)
        self.good("run", "a.h5", "--out", "again.h5", "--quiet")
        self.assertEqual(self.bytes("again.h5"), first)
        self.lives(2)
        self.assert_collected("a.h5", "s.sweep.h5", 2)
        self.bad(3, "run", "a.h5", "--samples", 5, says="--samples")

    def test_with_parameters_solved_for(self):
        """Before the sweep has run they are solved for; after it they are read. The same bytes."""
        self.write("m.yaml", TO_CALIBRATE)
        self.write("s.yaml", "sweep: 1\nmodel: m.yaml\npatients: 600\naxes: {hr: {parameter: hr, values: [0.5, 2]}}\n"
                   "recalibrate: {rate: {}}\ntargets: {strategy: usual, patients: 500}\n")
        self.good("sweep", "run", "s.yaml", "--shard", "2/2", "--quiet")  # there is one shard: nothing is run
        before = [self.lives(1), self.lives(2)]
        self.good("sweep", "resume", "s.sweep", "--quiet")
        self.collected("s.sweep")
        for scenario in (1, 2):
            self.assertEqual(self.lives(scenario), before[scenario - 1])
            self.assert_collected("a.h5", "x.h5", scenario)

    def test_all_patients_of_a_resolved_scenario(self):
        self.sweep(more="resolve: {outcome: alive, measure: restricted_mean, within: 0.01 years, most_patients: 4000}\n")
        self.whole("--resolve", folder="s.sweep")
        found = rows(self.folder / "s.sweep.h5", "scenarios")
        row = max(found, key=lambda one: one["patients"])
        self.assertGreater(row["patients"], 1000)
        self.lives(row["id"])
        self.assert_collected("a.h5", "s.sweep.h5", row["scenario"])

    def test_cost_effectiveness_of_each_scenario(self):
        """The tables of the run, its texts those of the table `texts`; also where a scenario is in several shards."""
        shutil.copytree(SOURCE / "configs/examples", self.folder / "examples")
        self.write("examples/s.yaml", "sweep: 1\nmodel: sick_sicker.yaml\npatients: 700\nlives_a_shard: 2000\n"
                   "axes: {sick: {parameter: utility_sick, values: [0.6, 0.75]}}\n")
        self.good("sweep", "run", "examples/s.yaml", "--quiet")
        self.collected("s.sweep")
        texts = [""] + [row["text"] for row in rows(self.folder / "x.h5", "texts")]
        self.assertEqual(len(texts), len(set(texts[1:])) + 1)
        for scenario in (1, 2):
            self.lives(scenario, "--no-trajectories")
            for name in ("cost_effectiveness", "net_benefit"):
                expected = rows(self.folder / "a.h5", name)
                found = [row for row in rows(self.folder / "x.h5", name) if row.pop("scenario") == scenario]
                self.assertEqual(len(found), len(expected))
                for a, b in zip(found, expected):
                    for column, value in b.items():
                        self.assertTrue(same(texts[a[column]] if isinstance(value, str) else a[column], value), (column, a, b))
                self.assertGreater(len(expected), 1)

    def test_refused(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/100", "--quiet")
        self.bad(3, "run", "s.sweep", says=["it is a folder", "--scenario"])
        self.bad(3, "run", "s.sweep", "--scenario", "15", says=["there is no scenario '15'", "from 1 to 14"])
        self.bad(3, "run", "s.sweep", "--scenario", "0123456789abcdef", says="there is no scenario")
        self.bad(3, "run", "maintenance.yaml", "--scenario", "1", says="is no folder of a sweep")
        self.bad(3, "run", "maintenance.yaml", "--set", "events.ends.time=1", says=["--set: events.ends.time:", "leads nowhere"])
        self.bad(3, "run", "maintenance.yaml", "--set", "events.maintenance_ends.time.fixed=x", says="--set")
        self.bad(3, "run", "maintenance.yaml", "--set", "events.maintenance_ends.time.fixed=", says="--set")

    def test_checked_and_traced(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/100", "--quiet")
        self.assertIn("no problems found", self.good("check", "s.sweep", "--scenario", 1).stdout)
        life = self.good("trace", "s.sweep", "--scenario", 1, "--patient", 3).stdout
        self.assertEqual(life, self.good("trace", "maintenance.yaml", "--patient", 3, "--set", "hr_maintenance=0.4", "--set",
                                         "events.maintenance_ends.time.fixed=1 year").stdout)
        self.good("run", "maintenance.yaml", "--set", ".horizon=11 years", "--no-trajectories", "--quiet")


main()
