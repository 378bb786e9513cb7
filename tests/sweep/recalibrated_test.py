"""Parameters solved for in each scenario, and the figures of scenarios, against closed forms, counts of random numbers computed
independently, and runs of the model; and the same bytes however the sweep was made."""
import csv
import io
import math
import random
import signal
import subprocess
import time

import h5py

from support import uniform
from sweeps import PROGRAM, SweepCase, main, rows, table

MODEL = """sojourn: 1
title: To be calibrated
horizon: 10 years
seed: 42
parameters:
  rate: {value: 0.1 per year, range: [0.01 per year, 5 per year]}
  shape: {value: 1, range: [0.2, 5]}
  scale: {value: 3 years, range: [0.1 years, 30 years]}
  hr: {value: 1, range: [0.1, 10]}
cohort: {size: 500}
states: {well: {initial: true}, dead: {absorbing: true}}
transitions:
  - {name: death, from: well, to: dead, time: TIME, hazard_ratio: hr}
strategies: {usual: {reference: true}, better: {parameters: {hr: 0.5 * hr_better}}}
outcomes:
  alive: {time_to: dead, at: [1 year, 5 years], targets: [{at: 1 year, value: 0.7, se: 0.02, source: a trial}]}
  died: {share: in(dead)}
"""
MODEL = MODEL.replace("  hr: {value", "  hr_better: {value: 1}\n  hr: {value")
EXPONENTIAL, WEIBULL = "{exponential: {rate: rate}}", "{weibull: {shape: shape, scale: scale}}"
SWEEP = """sweep: 1
model: m.yaml
patients: 600
strategies: [usual, better]
"""


def budgets(patients):
    """E of each patient's death: T = E / (rate hr)."""
    return sorted(-math.log(uniform(42, patient, "death", 0)) for patient in range(1, patients + 1))


class Recalibrated(SweepCase):
    def model(self, law=EXPONENTIAL):
        self.write("m.yaml", MODEL.replace("TIME", law))

    def made(self, text, name="s", **options):
        self.write(f"{name}.yaml", SWEEP + text)
        self.good("sweep", "run", f"{name}.yaml", "--quiet", **options)
        self.good("sweep", "collect", f"{name}.sweep", "--quiet", "--csv", f"{name}.csv")
        return self.folder / f"{name}.h5"

    def test_a_rate_is_the_quantile_of_the_draws(self):
        """S(1) = p: of N patients exactly pN have E > rate hr, so that the rate lies between two of the draws. And it is near
        -ln p: within 4.5 standard errors, sqrt((1 - p) / (p N)); for three values of p false alarm 2e-5."""
        self.model()
        draws, n = budgets(4000), 4000
        for p in (0.9, 0.7, 0.2):
            file = self.made("targets: {patients: 4000, figures: [{outcome: alive, at: 1 year, value: %s, tolerance: 0.001}]}\n"
                             "recalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [0.5, 1, 2]}}\n" % p, f"p{p}".replace(".", ""))
            for row, found in zip(rows(file, "scenarios"), rows(file, "recalibrated")):
                hazard = found["rate"] * row["h"]
                alive = sum(one > hazard for one in draws)
                self.assertEqual(alive, round(p * n))  # a tenth of the tolerance is less than a patient
                self.assertLess(draws[n - alive - 1], hazard)
                self.assertLess(hazard, draws[n - alive])
                self.assertLess(abs(hazard + math.log(p)), 4.5 * math.sqrt((1 - p) / (p * n)))
                self.assertEqual(row["targets"], "met")
            for one in rows(file, "achieved"):
                self.assertEqual((one["achieved"], one["wanted"], one["tolerance"], one["standing"]), (p, p, 0.001, 0))
                self.assertEqual(one["residual"], 0)
                self.assertAlmostEqual(one["se"], math.sqrt(p * (1 - p) / n), delta=2e-6)

    def test_scenarios_are_runs_with_what_was_solved_for(self):
        """The sweep's numbers, and the figure's own, by `sojourn run --set`: equal to the last bit."""
        self.model()
        file = self.made("targets: {patients: 900}\nrecalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [0.5, 2]}}\n")
        quantities = rows(file, "quantities")
        for one, solved in zip(rows(file, "scenarios"), rows(file, "recalibrated")):
            for patients in (600, 900):
                done = self.good("run", "m.yaml", "--set", f"hr={one['h']!r}", "--set", f"rate={solved['rate']!r} per year",
                                 "--patients", patients, "--quiet", "--no-trajectories", "--csv", "-")
                estimates = {(r["outcome"], float(r["time"]), r["strategy"]): r for r in csv.DictReader(io.StringIO(done.stdout))}
                if patients == 900:
                    reached = rows(file, "achieved")[one["scenario"] - 1]
                    expected = estimates["alive", 1.0, "usual"]
                    self.assertEqual((reached["achieved"], reached["se"]), (float(expected["estimate"]), float(expected["se"])))
                    continue
                own = [r for r in rows(file, "long") if r["scenario"] == one["scenario"]]
                self.assertEqual(len(own), len(estimates))
                for row in own:
                    q = quantities[row["quantity"] - 1]
                    self.assertEqual(row["estimate"], float(estimates[q["outcome"], q["time"], q["strategy"]]["estimate"]))

    def test_two_parameters_from_two_figures(self):
        """Weibull: from S(1) and S(5) in closed form; exactly met, and within 5 standard errors by the delta method."""
        self.model(WEIBULL)
        n, p, q = 10000, 0.7, 0.3
        file = self.made("targets: {figures: [alive, {outcome: alive, at: 5 years, value: 0.3, tolerance: 0.002}]}\n"
                         "recalibrate: {shape: {}, scale: {}}\naxes: {h: {parameter: hr, values: [1]}}\n")
        found = rows(file, "recalibrated")[0]
        shape = math.log(math.log(q) / math.log(p)) / math.log(5)
        # d shape / d ln(-ln S): 1 / ln 5; var ln(-ln S) = (1 - S) / (N S ln^2 S), times covariance of S(1), S(5)
        var = lambda s: (1 - s) / (n * s * math.log(s) ** 2)
        cov = (1 - p) / (n * p * math.log(p) * math.log(q))
        se = math.sqrt(var(p) + var(q) - 2 * cov) / math.log(5)
        self.assertLess(abs(found["shape"] - shape), 5 * se)
        self.assertLess(abs(math.log(found["scale"] * (-math.log(p)) ** (1 / shape))), 5 * (math.sqrt(var(p)) / shape + 2 * se))
        for one in rows(file, "achieved"):
            self.assertLess(abs(one["residual"]), 0.1 * one["tolerance"])
        draws = budgets(n)
        for t, wanted, near in ((1, p, 0.02), (5, q, 0.002)):
            hazard = (t / found["scale"]) ** found["shape"]
            self.assertLessEqual(abs(sum(one > hazard for one in draws) / n - wanted), 0.1 * near)

    def test_a_compromise_between_more_figures_than_parameters(self):
        """Least squares in tolerances, by a search over the counts of the draws themselves."""
        self.model()
        file = self.made("targets:\n  patients: 5000\n  figures: [{outcome: alive, at: 1 year, value: 0.7, tolerance: 0.02}, "
                         "{outcome: alive, at: 5 years, value: 0.3, tolerance: 0.02}, {parameter: rate, value: 0.2 per year, "
                         "tolerance: 0.1 per year}]\nrecalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [1]}}\n")
        draws = budgets(5000)

        def squares(rate):
            alive = [sum(one > rate * t for one in draws) / 5000 for t in (1, 5)]
            return ((alive[0] - 0.7) / 0.02) ** 2 + ((alive[1] - 0.3) / 0.02) ** 2 + ((rate - 0.2) / 0.1) ** 2
        best = min(squares(0.1 * 1.004 ** k) for k in range(400))
        found = rows(file, "recalibrated")[0]["rate"]
        self.assertLess(squares(found), best + 0.05)
        self.assertGreater(best, 1)
        self.assertEqual(rows(file, "scenarios")[0]["targets"], "missed")
        self.assertEqual([one["achieved"] for one in rows(file, "achieved")][2], found)
        lines = [one for one in csv.DictReader(io.StringIO((self.folder / "s.csv").read_text())) if one["measure"] == "target"]
        self.assertEqual([one["n"] for one in lines], ["5000", "5000", "0"])

    def test_a_search_from_where_nobody_dies_or_all_do(self):
        """S(1) = 0.5 at -ln 0.5, within 4.5 standard errors of 1,000 patients (false alarm 7e-6); from starts at which a tenth more
        or less changes no patient."""
        for k, start in enumerate((0.00002, 0.0001, 0.003, 0.01, 9)):
            self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace(
                "rate: {value: 0.1 per year, range: [0.01 per year, 5 per year]}", f"rate: {{value: {start} per year, range: [0.00001 per year, 10 per year]}}"))
            file = self.made("targets: {patients: 1000, figures: [{outcome: alive, at: 1 year, value: 0.5, tolerance: 0.02}]}\n"
                             "recalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [0.5, 1, 2]}}\n", f"s{k}")
            self.assertEqual(table(file, "scenarios")["targets"], ["met"] * 3)
            for one, h in zip(rows(file, "recalibrated"), (0.5, 1, 2)):
                self.assertLess(abs(one["rate"] * h - math.log(2)), 0.002 / 0.5 + 4.5 / math.sqrt(1000))
                self.assertEqual(one["ended"], 0)
                self.assertLessEqual(one["evaluations"], 40)

    def test_what_cannot_be_met_is_reported(self):
        self.model()
        self.write("s.yaml", SWEEP + "targets: {patients: 1000, figures: [{outcome: alive, at: 1 year, value: 0.7, tolerance: 0.01}]}\n"
                   "recalibrate: {rate: {from: 0.1 per year, to: 0.2 per year}}\naxes: {h: {parameter: hr, values: [0.5, 2.5]}}\n")
        done = self.good("sweep", "run", "s.yaml")
        said = "1 of 2 scenarios does not give the figure wanted under `usual`"
        self.assertIn("1 parameter is solved for in each, and errors are those given what was found", done.stderr)
        self.assertEqual(self.good("sweep", "collect", "s.sweep", "--quiet").stderr, "")
        plan = self.good("sweep", "plan", "s.yaml").stdout
        self.assertIn("solved for: rate", plan)
        self.assertNotIn("nothing is solved for", plan)
        self.assertIn(said, done.stderr)
        self.assertRegex(done.stderr, r"1 \([0-9a-f]{16}: h 0.5\): alive.1_year 0.9\d* \(standard error 0.00\d*\), wanted 0.7 within 0.01")
        done = self.good("sweep", "collect", "s.sweep")
        self.assertIn(said, done.stderr)
        self.assertNotIn(": h 2.5", done.stderr)
        self.assertEqual(table(self.folder / "s.h5", "scenarios")["targets"], ["missed", "met"])
        found = table(self.folder / "s.h5", "recalibrated")["rate"]
        self.assertAlmostEqual(found[0], 0.2, delta=1e-12)  # at its bound
        self.assertTrue(0.1 < found[1] < 0.2)
        self.assertEqual(table(self.folder / "s.h5", "recalibrated")["ended"], [1, 0])
        with h5py.File(self.folder / "s.h5") as file:
            self.assertIn(said, file.attrs["targets"].decode() if isinstance(file.attrs["targets"], bytes) else file.attrs["targets"])

    def test_drift_is_reported_where_nothing_is_solved_for(self):
        """Rate -ln 0.7 gives the figure; half and twice that do not: S = 0.7^0.5 = 0.84 and 0.49, the tolerance 0.02."""
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace("value: 0.1 per year", "value: 0.3567 per year"))
        self.write("looked.yaml", "sweep: 1\nmodel: m.yaml\npatients: 100\naxes: {h: {parameter: hr, values: [1, 2]}}\n")
        self.assertIn("looked at with 1,000 patients in each scenario", self.good("sweep", "plan", "looked.yaml").stdout)
        file = self.made("targets: {patients: 10000}\naxes: {h: {parameter: hr, values: [0.5, 0.98, 1, 2]}}\n")
        self.assertEqual(table(file, "scenarios")["targets"], ["missed", "met", "met", "missed"])
        draws = budgets(10000)
        for one, h in zip(rows(file, "achieved"), (0.5, 0.98, 1, 2)):
            self.assertEqual(one["achieved"], sum(e > 0.3567 * h for e in draws) / 10000)
            self.assertEqual((one["wanted"], one["tolerance"]), (0.7, 0.02))
        self.assertIn("2 of 4 scenarios do not give", self.good("sweep", "collect", "s.sweep").stderr)
        plan = self.good("sweep", "plan", "s.yaml").stdout
        self.assertIn("targets: 1 figure under usual, looked at with 10,000 patients in each scenario; solved for: nothing", plan)
        self.assertIn("2 of 3 scenarios do not give the figure", plan)
        self.assertNotIn("recalibrated", h5py.File(file)["outcomes"])

    def test_too_near_to_tell(self):
        """100 patients: S = 0.665 is 0.035 off, beyond the tolerance 0.02 but within it and 1.96 x 0.047."""
        draws = budgets(100)
        rate = next(r / 1000 for r in range(300, 600) if sum(e > r / 1000 for e in draws) <= 66)
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL))
        file = self.made(f"targets: {{patients: 100}}\nset: {{rate: {rate} per year}}\naxes: {{h: {{parameter: hr, values: [1, 4]}}}}\n")
        self.assertEqual(table(file, "scenarios")["targets"], ["unresolved", "missed"])
        self.assertEqual(table(file, "achieved")["standing"], [1, 2])

    def test_nobody_dies(self):
        """Of 100 patients none died: up to 3.6% may (exact binomial, 0.025^(1/100) = 0.964), so that 0.99 within 0.005 is not shown to
        be missed; of 10,000 none: up to 0.04%, and it is."""
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace("value: 0.1 per year, range: [0.01", "value: 0.1 per year, range: [0.0000001"))
        for patients, standing in ((100, "unresolved"), (10000, "missed")):
            file = self.made(f"targets: {{patients: {patients}, figures: [{{outcome: alive, at: 1 year, value: 0.99, tolerance: 0.005}}]}}\n"
                             "axes: {r: {parameter: rate, values: [0.000001 per year]}}\n", f"n{patients}")
            self.assertEqual(table(file, "scenarios")["targets"], [standing])
            one = rows(file, "achieved")[0]
            self.assertEqual((one["achieved"], one["upper"]), (1, 1))
            self.assertAlmostEqual(one["lower"], 0.025 ** (1 / patients), delta=0.01 * 100 / patients)

    def test_a_figure_of_nobody(self):
        """Nobody's u is below the model's limit; above it there are some, with S(1) = exp(-0.1) = 0.905, whatever the limit is."""
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace("size: 500", "size: 500, attributes: {u: {uniform: {min: 0, max: 1}}}")
                   .replace("  hr_better:", "  limit: {value: 0, range: [0, 1]}\n  hr_better:")
                   .replace("  died:", '  few: {time_to: dead, at: [1 year], population: "u < limit"}\n  died:'))
        figure = "targets: {patients: 1000, figures: [{outcome: few, at: 1 year, value: 0.905, tolerance: 0.05}]}\n"
        axes = "axes: {h: {parameter: hr, values: [1]}}\n"
        file = self.made(figure + "recalibrate: {limit: {}}\n" + axes)
        self.assertEqual(table(file, "scenarios")["targets"], ["met"])
        self.assertGreater(table(file, "recalibrated")["limit"][0], 0.01)
        self.write("n.yaml", SWEEP + figure + "recalibrate: {limit: {to: 0.000001}}\n" + axes)
        self.assertIn("few.1_year is of nobody, wanted 0.905 within 0.05", self.good("sweep", "run", "n.yaml").stderr)
        self.good("sweep", "collect", "n.sweep", "--quiet")
        self.assertEqual(table(self.folder / "n.h5", "scenarios")["targets"], ["missed"])
        self.assertLess(table(self.folder / "n.h5", "recalibrated")["limit"][0], 0.000002)

    def test_chance_that_no_parameter_takes_up(self):
        """Both figures are the truth, S = exp(-0.1 t), and one rate cannot follow the noise of both: with a tolerance far below the
        errors, 0.009 and 0.015, the residuals of the solution are chance. That one is 1.96 errors out has a chance below 5% in each."""
        self.model()
        found = []
        for seed in range(8):
            file = self.made(f"seed: {seed}\ntargets:\n  patients: 1000\n  figures: [{{outcome: alive, at: 1 year, value: {math.exp(-0.1)}, "
                             f"tolerance: 0.002}}, {{outcome: alive, at: 5 years, value: {math.exp(-0.5)}, tolerance: 0.002}}]\n"
                             "recalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [1]}}\n", f"c{seed}")
            found += table(file, "scenarios")["targets"]
        self.assertNotIn("missed", found)
        self.assertIn("unresolved", found)

    def test_wide_and_csv_hold_them_too(self):
        self.model()
        file = self.made("targets: {patients: 700}\nrecalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [0.5, 2]}}\n")
        wide, lines = rows(file, "wide"), list(csv.DictReader(io.StringIO((self.folder / "s.csv").read_text())))
        for i, (solved, reached) in enumerate(zip(rows(file, "recalibrated"), rows(file, "achieved"))):
            self.assertEqual(wide[i]["recalibrated.rate"], solved["rate"])
            self.assertEqual((wide[i]["target.alive.1_year"], wide[i]["target.alive.1_year.se"], wide[i]["target.alive.1_year.residual"]),
                             (reached["achieved"], reached["se"], reached["residual"]))
            own = {line["measure"]: line for line in lines if line["scenario"] == str(i + 1)}
            self.assertEqual(float(own["recalibrated"]["estimate"]), solved["rate"])
            self.assertEqual((own["recalibrated"]["outcome"], own["recalibrated"]["unit"]), ("rate", "per year"))
            self.assertEqual((float(own["target"]["estimate"]), float(own["target"]["se"]), float(own["target"]["difference"])),
                             (reached["achieved"], reached["se"], reached["residual"]))
            self.assertEqual((float(own["target"]["lower"]), float(own["target"]["upper"])), (reached["lower"], reached["upper"]))
        self.assertEqual(table(file, "targets")["source"], ["a trial"])
        with h5py.File(file) as opened:
            for name, column in (("long", "se"), ("long", "difference_lower"), ("wide", "alive.1_year.usual.se"), ("comparisons", "se")):
                self.assertIn("given the parameters that were solved for", str(opened["outcomes"][name][column].attrs["description"]))

    def test_a_scenario_that_the_model_refuses_fails_alone(self):
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace("hazard_ratio: hr", "hazard_ratio: hr - u").replace(
            "size: 500", "size: 500, attributes: {u: {uniform: {min: 0, max: 1}}}"))
        self.write("s.yaml", SWEEP.replace("strategies: [usual, better]\n", "strategies: [usual]\n") +
                   "recalibrate: {rate: {}}\naxes: {h: {parameter: hr, values: [0.2, 2]}}\n")
        done = self.bad(4, "sweep", "run", "s.yaml", "--quiet", says="scenarios that failed")
        self.assertIn("a factor on the hazard is -0.29", done.stderr)
        self.assertIn("; 1 other failed", self.good("sweep", "collect", "s.sweep", "--partial").stdout)
        self.assertEqual(table(self.folder / "s.h5", "scenarios")["status"], ["failed", "done"])
        self.assertEqual(table(self.folder / "s.h5", "recalibrated")["scenario"], [2])


BYTES = """sweep: 1
model: m.yaml
patients: {patients}
lives_a_shard: {lives}
targets: {{patients: 3000, figures: [alive, {{outcome: alive, at: 5 years, value: 0.3, tolerance: 0.002}}]}}
recalibrate: {{shape: {{}}, scale: {{}}}}
axes: {{h: {{parameter: hr, values: [{values}]}}}}
"""


class SameBytes(SweepCase):
    def setUp(self):
        super().setUp()
        self.write("m.yaml", MODEL.replace("TIME", WEIBULL))

    def sweep(self, patients=3000, lives=2000, values="0.5, 1, 2, 4", name="s.yaml"):
        return self.write(name, BYTES.format(patients=patients, lives=lives, values=values))

    def test_for_any_threads_shares_and_shards(self):
        self.sweep()  # each scenario is cut into shards, which share what is solved for
        expected = self.whole("--threads", 1)
        self.assertGreater(len(self.shards("whole.sweep")), 8)
        self.assertEqual(self.whole("--threads", 3, folder="three.sweep"), expected)
        workers = [subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--out", "shared.sweep", "--shard", f"{i}/4", "--quiet"],
                                    cwd=self.folder) for i in range(1, 5)]
        self.assertEqual([worker.wait() for worker in workers], [0] * 4)
        self.assertEqual(self.collected("shared.sweep"), expected)
        self.assertEqual(len(list((self.folder / "shared.sweep/solved").rglob("*.solution"))), 4)
        self.sweep(lives=1000000, name="one.yaml")  # all in one shard
        self.whole(sweep="one.yaml", folder="one.sweep")
        self.assertEqual(len(self.shards("one.sweep")), 1)
        for name in ("recalibrated", "achieved", "long"):
            self.assertEqual(repr(table(self.folder / "one.sweep.h5", name)), repr(table(self.folder / "whole.sweep.h5", name)))

    def test_a_range_that_only_some_scenarios_meet(self):
        """limit = a rate bounds the search of the second scenario, rate <= 0.4, although no figure depends on a. Within 0.4 the
        figure (-ln 0.2 = 1.6) cannot be met: it ends at the bound, whoever comes first."""
        self.write("m.yaml", MODEL.replace("TIME", EXPONENTIAL).replace(
            "  hr_better: {value: 1}", "  a: {value: 1}\n  limit: {value: a * rate, range: [0 per year, 2 per year]}\n  hr_better: {value: 1}"))
        self.write("s.yaml", "sweep: 1\nmodel: m.yaml\npatients: 500\nlives_a_shard: 1000\ntargets: {patients: 1000, figures: "
                   "[{outcome: alive, at: 1 year, value: 0.2, tolerance: 0.02}]}\nrecalibrate: {rate: {}}\n"
                   "axes: {a: {parameter: a, values: [1, 5]}}\n")
        expected = self.whole("--threads", 1)
        found = table(self.folder / "whole.sweep.h5", "recalibrated")["rate"]
        self.assertAlmostEqual(found[0], 1.6, delta=0.3)
        self.assertTrue(0.3 < found[1] <= 0.4)
        self.assertEqual(self.whole("--threads", 2, folder="two.sweep"), expected)
        for share in ("2/2", "1/2"):
            self.good("sweep", "run", "s.yaml", "--out", "shares.sweep", "--shard", share, "--quiet")
        self.assertEqual(self.collected("shares.sweep"), expected)

    def test_what_another_strategy_sets_is_solved_for_once(self):
        text = self.sweep(values="1, 2").read_text()
        self.write("s.yaml", text.replace("axes: {", "axes: {b: {parameter: hr_better, values: [0.5, 1, 2]}, "))
        self.assertIn("2 solutions serve all scenarios", self.good("sweep", "plan", "s.yaml").stdout)
        self.whole("--threads", 1)
        self.assertEqual(len(table(self.folder / "whole.sweep.h5", "recalibrated")["shape"]), 6)
        self.assertEqual(len(list((self.folder / "whole.sweep/solved").rglob("*.solution"))), 2)

    def test_values_below_another_strategy_are_solved_for_once(self):
        """What is found is that of sweeps of each value alone."""
        text = self.sweep(values="1, 2").read_text()
        axis = "axes: {{b: {{path: strategies.better.parameters.hr, values: [{}]}}, "
        self.write("s.yaml", text.replace("axes: {", axis.format("0.5, 0.7, 0.9")))
        self.assertIn("2 solutions serve all scenarios", self.good("sweep", "plan", "s.yaml").stdout)
        self.whole("--threads", 1)
        self.assertEqual(len(list((self.folder / "whole.sweep/solved").rglob("*.solution"))), 2)
        found = rows(self.folder / "whole.sweep.h5", "recalibrated")
        for i, value in enumerate(("0.5", "0.7", "0.9")):
            self.write("one.yaml", text.replace("axes: {", axis.format(value)))
            self.whole(sweep="one.yaml", folder=f"{value}.sweep")
            alone = rows(self.folder / f"{value}.sweep.h5", "recalibrated")
            for row, of_all in zip(alone, found[2 * i:2 * i + 2]):
                self.assertEqual({**row, "scenario": 0}, {**of_all, "scenario": 0})
        self.write("s.yaml", text.replace("axes: {", "axes: {b: {path: strategies.usual.label, values: [x, y, z]}, "))
        self.assertNotIn("solutions serve", self.good("sweep", "plan", "s.yaml").stdout)

    def test_after_kills(self):
        self.sweep(patients=2000, lives=40000, values="0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4")
        begin = time.monotonic()
        expected = self.whole("--threads", 2)
        seconds, chance, kills, turn = time.monotonic() - begin, random.Random(681), 0, 0
        while kills < 30:
            folder, turn = f"{turn}.sweep", turn + 1
            for _ in range(100):
                worker = subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--out", folder, "--quiet", "--threads", "1"],
                                          cwd=self.folder, stderr=subprocess.PIPE)
                time.sleep(chance.uniform(0, seconds / 2))
                if worker.poll() is None:
                    worker.send_signal(signal.SIGKILL)
                    kills += 1
                worker.communicate()
                if worker.returncode == 0:
                    break
            self.good("sweep", "run", "s.yaml", "--out", folder, "--quiet")
            self.assertEqual(self.collected(folder), expected)
            self.assertEqual(self.leftovers(folder), [])

    def test_a_damaged_solution_is_found_again(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/2", "--quiet")
        for path in (self.folder / "s.sweep/solved").rglob("*.solution"):
            path.write_bytes(path.read_bytes()[:-3])
        self.good("sweep", "resume", "s.sweep", "--quiet")
        self.assertEqual(self.collected("s.sweep"), self.whole())

    def test_more_patients_live_with_what_was_found(self):
        self.sweep(patients=1000, values="0.5, 1")
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.sweep(patients=2500, values="0.5, 1, 2")
        self.good("sweep", "expand", "s.yaml", "--quiet")
        self.assertEqual(self.collected("s.sweep"), self.whole())

    def test_what_is_wanted_stays_as_it_is(self):
        text = self.sweep().read_text()
        self.good("sweep", "run", "s.yaml", "--quiet")
        for old, new in (("0.3, tolerance: 0.002", "0.3, tolerance: 0.003"), ("patients: 3000, fig", "patients: 3001, fig"),
                         ("shape: {}", "shape: {to: 4}")):
            self.assertIn(old, text)
            self.write("s.yaml", text.replace(old, new))
            self.bad(3, "sweep", "expand", "s.yaml", says="stay as they are")


main()
