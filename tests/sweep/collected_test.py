"""What a sweep collects is what runs of its scenarios give, one by one; and it has the same bytes however it was made."""
import csv
import io
import itertools
import math
import random
import shutil
import subprocess

import h5py

from sweeps import MODEL, PROGRAM, SweepCase, main, rows, table


class Collected(SweepCase):
    def test_scenarios_are_runs_of_their_models(self):
        """Each scenario again by `sojourn run`, of a model in which its values are written: equal to the last bit."""
        self.sweep()
        self.whole("--threads", 2)
        file = self.folder / "whole.sweep.h5"
        scenarios, quantities = rows(file, "scenarios"), rows(file, "quantities")
        self.assertEqual(len(scenarios), 14)
        found = {}
        for row in rows(file, "long"):
            q = quantities[row["quantity"] - 1]
            found[row["scenario"], q["outcome"], q["measure"], q["time"], q["strategy"]] = row
        compared = 0
        for one in scenarios:
            rule = {"risk": "high_risk ? given : not_given", "young": "age < 60 years ? given : not_given"}[one["rule"]]
            model = MODEL.replace("fixed: 2 years", f"fixed: {one['length']:g} years")
            model = model.replace("high_risk_only: {decisions: {maintenance: \"high_risk ? given : not_given\"}}",
                                  f"high_risk_only: {{decisions: {{maintenance: \"{rule}\"}}}}")
            self.write("one.yaml", model)
            done = self.good("run", "one.yaml", "--set", f"hr_maintenance={one['hr']!r}", "--patients", 1000, "--quiet",
                             "--no-trajectories", "--csv", "-")
            for expected in csv.DictReader(io.StringIO(done.stdout)):
                key = (one["scenario"], expected["outcome"], expected["measure"], float(expected["time"]), expected["strategy"])
                for name in ("estimate", "se", "lower", "upper", "difference", "difference_se", "difference_lower"):
                    value = float(expected[name]) if expected[name] else math.nan
                    self.assertTrue(found[key][name] == value or math.isnan(value) and math.isnan(found[key][name]), (key, name))
                self.assertEqual(found[key]["n"], int(expected["n"]))
                compared += 1
        self.assertEqual(compared, len(found))

    def test_long_wide_and_csv_agree(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.collected("s.sweep", "x.h5", "--csv", "x.csv")
        quantities, wide = rows(self.folder / "x.h5", "quantities"), rows(self.folder / "x.h5", "wide")
        lines = list(csv.DictReader(io.StringIO((self.folder / "x.csv").read_text())))
        long = rows(self.folder / "x.h5", "long")
        self.assertEqual(len(lines), len(long))
        for row, line in zip(long, lines):
            q, at = quantities[row["quantity"] - 1], wide[row["scenario"] - 1]
            self.assertEqual(at[f"{q['name']}.{q['strategy']}"], row["estimate"])
            self.assertEqual(line["outcome"] + line["strategy"], q["outcome"] + q["strategy"])
            self.assertEqual(float(line["estimate"]), row["estimate"])
            self.assertEqual(at["hr"], float(line["hr"]))

    def test_every_two_strategies_are_compared(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.collected("s.sweep")
        pairs, file = rows(self.folder / "x.h5", "pairs"), self.folder / "x.h5"
        estimates = {}
        quantities = rows(file, "quantities")
        for row in rows(file, "long"):
            q = quantities[row["quantity"] - 1]
            estimates[row["scenario"], q["name"], q["strategy"]] = row["estimate"]
        self.assertEqual({frozenset((p["strategy"], p["against"])) for p in pairs},
                         {frozenset(two) for two in itertools.combinations(("none", "all", "high_risk_only"), 2)})
        for row in rows(file, "comparisons"):
            p = pairs[row["pair"] - 1]
            difference = (estimates[row["scenario"], p["name"], p["strategy"]] -
                          estimates[row["scenario"], p["name"], p["against"]])
            self.assertAlmostEqual(row["difference"], difference, delta=1e-12)
            if not math.isnan(row["se"]):
                self.assertLess(row["simultaneous_lower"], row["difference"])
                self.assertGreater(row["simultaneous_upper"], row["difference"])

    def test_axes_are_in_the_unit_they_are_written_in(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.collected("s.sweep")
        axes = rows(self.folder / "x.h5", "axes")
        self.assertEqual([(a["name"], a["kind"], a["unit"]) for a in axes],
                         [("hr", "number", ""), ("length", "number", "years"), ("rule", "text", "")])
        self.assertEqual(sorted(set(table(self.folder / "x.h5", "scenarios")["length"])), [1, 2])

    def test_the_same_bytes_for_any_threads_and_shards(self):
        self.sweep()
        expected = self.whole("--threads", 1)
        self.assertEqual(self.whole("--threads", 7, folder="seven.sweep"), expected)
        shares = [f"{i}/5" for i in range(1, 6)]
        random.Random(4).shuffle(shares)
        for share in shares:
            self.good("sweep", "run", "s.yaml", "--shard", share, "--out", "shares.sweep", "--quiet")
        self.assertEqual(self.collected("shares.sweep"), expected)
        self.assertEqual(self.leftovers("shares.sweep"), [])

    def test_large_scenarios_are_cut_over_their_patients(self):
        """Shards of a tenth of a scenario and of many scenarios: the same bytes but for the sweep file within."""
        self.sweep(patients=20000, lives=6000, hr="0.5", name="a.yaml")
        self.sweep(patients=20000, lives=10**9, hr="0.5", name="b.yaml")
        for name in ("a", "b"):
            self.good("sweep", "run", f"{name}.yaml", "--quiet")
            self.collected(f"{name}.sweep", f"{name}.h5")
        self.assertEqual(len(self.shards("a.sweep")), 4 * 10)
        self.assertEqual(len(self.shards("b.sweep")), 1)
        for name in ("long", "comparisons", "wide", "scenarios"):
            self.assertEqual(str(table(self.folder / "a.h5", name)), str(table(self.folder / "b.h5", name)))

    def test_two_processes_on_one_sweep(self):
        self.sweep(patients=4000)
        expected = self.whole()
        both = [subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--threads", "1", "--out", "both.sweep"],
                                 cwd=self.folder, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        made = [process.communicate()[0] for process in both]
        self.assertEqual([process.returncode for process in both], [0, 0])
        self.assertEqual(self.collected("both.sweep"), expected)
        shards = sum(int(text.split(": ")[1].split()[0]) for text in made)
        self.assertEqual(shards, len(self.shards("both.sweep")), made)  # none was made twice
        self.assertEqual(self.leftovers("both.sweep"), [])

    def test_nothing_of_this_run_is_in_the_file(self):
        self.sweep()
        expected = self.whole()
        shutil.copytree(self.folder, self.folder / "deeper" / "down", ignore=shutil.ignore_patterns("whole*", "deeper"))
        self.good("sweep", "run", "s.yaml", "--out", "x.sweep", "--quiet", cwd=self.folder / "deeper/down")
        self.good("sweep", "collect", "x.sweep", "--out", "x.h5", "--quiet", cwd=self.folder / "deeper/down")
        self.assertEqual(self.bytes("deeper/down/x.h5"), expected)
        for text in (b"sojourn-test-", str(self.folder).encode()):
            self.assertNotIn(text, expected)

    def test_inspect_tells_what_is_in_it(self):
        text = self.sweep().read_text()
        self.whole()
        done = self.good("inspect", "whole.sweep.h5")
        for words in ("a collected sweep\n", "14: 14 done", "1,000 a strategy", "hr: 4 values of hr_maintenance",
                      "none, all, high_risk_only", "alive.2_years", "same patients in all"):
            self.assertIn(words, done.stdout)
        self.assertEqual(self.good("inspect", "whole.sweep.h5", "--input").stdout, text)
        self.bad(3, "inspect", "whole.sweep.h5", "--verify", says="collected sweep")

    def test_a_copied_folder_collects(self):
        self.sweep()
        expected = self.whole()
        (self.folder / "s.yaml").unlink()
        (self.folder / "maintenance.yaml").unlink()
        (self.folder / "away").mkdir()
        shutil.move(self.folder / "whole.sweep", self.folder / "away" / "moved")
        self.assertEqual(self.collected("away/moved"), expected)

    def test_common_random_numbers_and_own_ones(self):
        """Two scenarios of the same model but for a title: common numbers give equal estimates, own ones independent
        ones. Of 2 x 20 differences of independent estimates of one thing, over their error, the sum of squares is chi
        squared: outside these limits with probability 1e-6."""
        model = MODEL.replace("horizon:", "description: one\nhorizon:")
        self.write("maintenance.yaml", model)
        axes = "axes: {title: {path: description, values: [" + ", ".join(f"text {i}" for i in range(41)) + "]}}\n"
        head = "sweep: 1\nmodel: maintenance.yaml\npatients: 2000\noutcomes: relapse\n"
        estimates = {}
        for kind in ("true", "false"):
            self.write("s.yaml", head + f"common_random_numbers: {kind}\n" + axes)
            self.good("sweep", "run", "s.yaml", "--quiet", "--out", kind + ".sweep")
            self.collected(kind + ".sweep")
            estimates[kind] = [row["relapse.2_years.none"] for row in rows(self.folder / "x.h5", "wide")]
        self.assertEqual(len(set(estimates["true"])), 1)
        self.assertGreater(len(set(estimates["false"])), 20)
        p = sum(estimates["false"]) / 41
        chi = sum((x - p) ** 2 for x in estimates["false"]) / (p * (1 - p) / 2000)
        self.assertTrue(12.0 < chi < 95.0, chi)  # 40 degrees of freedom: qchisq(c(5e-7, 1 - 5e-7), 40)

    def test_which_value_of_a_path_is_the_models_own(self):
        """24 months are its 2 years; the rule is its own, in other quotes; no third one is."""
        self.sweep()
        text = (self.folder / "s.yaml").read_text().replace("[1 year, 2 years]", "[12 months, 24 months]")
        self.write("s.yaml", text.replace("cases: {risk: \"high_risk ? given : not_given\"", "cases: {risk: 'high_risk ? given : not_given'"))
        self.whole()
        axes = rows(self.folder / "whole.sweep.h5", "axes")
        self.assertEqual([(one["name"], one["own"]) for one in axes], [("hr", ""), ("length", "24"), ("rule", "risk")])
        self.write("s.yaml", text.replace("24 months", "30 months"))
        self.whole(folder="other.sweep")
        self.assertEqual(rows(self.folder / "other.sweep.h5", "axes")[1]["own"], "")

    def test_input_is_in_the_file(self):
        self.sweep()
        self.whole()
        with h5py.File(self.folder / "whole.sweep.h5") as file:
            self.assertEqual(file["input/sweep_text"][()].decode(), (self.folder / "s.yaml").read_text())
            self.assertEqual(file["input/model_text"][()].decode(), MODEL)
            self.assertEqual(file.attrs["complete"], 1)


main()
