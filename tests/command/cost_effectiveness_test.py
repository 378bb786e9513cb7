"""Outcomes of the kind cost_effectiveness: against quadrature, and worked out again from stored lives with fractions."""
import csv
import itertools
import json
import math
import sys
from fractions import Fraction

import h5py
import numpy as np

from support import SOURCE, Case, main

sys.path.insert(0, str(SOURCE / "scripts"))
import read_results as results  # noqa: E402

Z = 1.959963984540054

# Everybody lives to a death at a constant hazard; once, on the way, something happens that costs. Strategies change hazard and price.
MODEL = """sojourn: 1
title: t
horizon: 10 years
parameters:
  hazard: {value: 0.3 per year}
  price: {value: 100 per year}
cohort: {size: 200000}
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions: [{name: die, from: alive, to: dead, time: {exponential: {rate: hazard}}}]
events: {fever: {in: alive, time: {exponential: {rate: 0.2 per year}}}}
costs: {care: {in: alive, rate: price}, fever: {on_event: fever, amount: 300}}
utilities: {alive: {in: alive, value: 0.8}}
strategies:
  usual: {}
  longer: {parameters: {hazard: 0.15 per year, price: 1000 per year}}
  between: {parameters: {hazard: 0.2 per year, price: 1500 per year}}
  waste: {parameters: {price: 400 per year}}
currency: EUR
outcomes:
  money: {cost_effectiveness: {cost: all, qalys: all}, thresholds: [1000, 4000.5]}
"""
STRATEGIES = {"usual": (0.3, 100), "longer": (0.15, 1000), "between": (0.2, 1500), "waste": (0.3, 400)}
HORIZON, FEVER, LUMP, WEIGHT = 10, 0.2, 300, 0.8


def moments():
    """E x_i and E x_i x_j of (cost, effect) under each strategy: the death's budget by quadrature, the fever's in closed form."""
    cuts = sorted({0, 60} | {HORIZON * hazard for hazard, _ in STRATEGIES.values()})
    x, w = np.polynomial.legendre.leggauss(60)
    names = list(STRATEGIES)
    first, second = np.zeros(8), np.zeros((8, 8))
    for low, high in zip(cuts, cuts[1:]):
        for node, weight in zip((low + high) / 2 + (high - low) / 2 * x, (high - low) / 2 * w * 1.0):
            weight *= math.exp(-node)
            lives = [min(node / STRATEGIES[name][0], HORIZON) for name in names]
            ill = [-math.expm1(-FEVER * life) for life in lives]  # one fever's time for all strategies
            price = [STRATEGIES[name][1] for name in names]
            mean = np.array([v for life, p, i in zip(lives, price, ill) for v in (p * life + LUMP * i, WEIGHT * life)])
            first += weight * mean
            product = np.outer(mean, mean)
            for a, b in itertools.product(range(4), repeat=2):
                product[2 * a, 2 * b] += LUMP**2 * (min(ill[a], ill[b]) - ill[a] * ill[b])
            second += weight * product
    return first, second - np.outer(first, first)


def fieller(y, x, vy, vx, c):
    a, b, d = x * x - Z * Z * vx, x * y - Z * Z * c, y * y - Z * Z * vy
    root = math.sqrt(b * b - a * d)
    return (b - root) / a, (b + root) / a


class ClosedForm(Case):
    """n = 200,000: each mean may be 5 standard errors off (6e-7 each). Estimated (co)variances are off by 2% at most: their own relative
    sd is about 0.4%."""

    def setUp(self):
        super().setUp()
        self.good("run", self.write("m.yaml", MODEL), "--no-trajectories", "--json", "x.json", "--csv", "x.csv", "--quiet")
        self.made = json.loads(self.bytes("x.json"))
        self.rows = {row["strategy"]: row for row in self.made["cost_effectiveness"]}

    def test_means_errors_and_covariances(self):
        first, covariance = moments()
        covariance /= 200000
        for i, name in enumerate(STRATEGIES):
            row, c, e = self.rows[name], 2 * i, 2 * i + 1
            self.assertLess(abs(row["cost"] - first[c]), 5 * math.sqrt(covariance[c, c]))
            self.assertLess(abs(row["effect"] - first[e]), 5 * math.sqrt(covariance[e, e]))
            self.assertAlmostEqual(row["cost_se"]**2 / covariance[c, c], 1, delta=0.02)
            self.assertAlmostEqual(row["effect_se"]**2 / covariance[e, e], 1, delta=0.02)
            self.assertAlmostEqual(row["covariance"] / covariance[c, e], 1, delta=0.02)
            if i > 0:
                t = np.zeros((2, 8))  # the paired differences to the reference
                t[0, c] = t[1, e] = 1
                t[0, 0] = t[1, 1] = -1
                of = t @ covariance @ t.T
                self.assertAlmostEqual(row["difference_cost_se"]**2 / of[0, 0], 1, delta=0.02)
                if name != "waste":  # lives as usual
                    self.assertAlmostEqual(row["difference_covariance"] / of[0, 1], 1, delta=0.02)

    def test_frontier_and_ratios(self):
        first, covariance = moments()
        self.assertEqual([row["strategy"] for row in self.made["cost_effectiveness"]], ["usual", "waste", "longer", "between"])
        self.assertEqual([row["status"] for row in self.made["cost_effectiveness"]],
                         ["on the frontier", "dominated", "on the frontier", "dominated"])
        self.assertEqual({row["status_resolved"] for row in self.rows.values()}, {1})
        self.assertEqual((self.rows["waste"]["by"], self.rows["between"]["by"], self.rows["longer"]["against"]), ("usual", "longer", "usual"))
        t = np.zeros((2, 8))
        t[0, 2], t[0, 0], t[1, 3], t[1, 1] = 1, -1, 1, -1
        more, of = t @ first, t @ covariance @ t.T / 200000
        row = self.rows["longer"]
        expected = fieller(*more, of[0, 0], of[1, 1], of[0, 1])
        half = (expected[1] - expected[0]) / 2
        self.assertLess(abs(row["icer"] - more[0] / more[1]), 5 / Z * half)
        self.assertAlmostEqual((row["icer_upper"] - row["icer_lower"]) / 2 / half, 1, delta=0.02)
        self.assertEqual(row["icer_interval"], "bounded")

    def test_net_benefits(self):
        first, covariance = moments()
        for row in self.made["net_benefit"]:
            i, k = list(STRATEGIES).index(row["strategy"]), row["threshold"]
            t = np.zeros(8)
            t[2 * i], t[2 * i + 1] = -1, k
            se = math.sqrt(t @ covariance @ t / 200000)
            self.assertLess(abs(row["net_benefit"] - t @ first), 5 * se)
            self.assertAlmostEqual(row["se"] / se, 1, delta=0.01)
        best = {row["threshold"]: row["strategy"] for row in self.made["net_benefit"] if row["best"]}
        self.assertEqual(best, {1000: "usual", 4000.5: "longer"})
        self.assertFalse(any(row["may_be_best"] for row in self.made["net_benefit"] if not row["best"]))


class StoredLives(Case):
    """Sick-Sicker's costs and QALYs of 400 stored lives under three strategies, each patient's in fractions; what is made of them is
    compared to the last digits but four."""

    MORE = """outcomes:
  money: {cost_effectiveness: {cost: all, qalys: all}, thresholds: [50000, 100000], discounted: false}
  by_group: {cost_effectiveness: {cost: care, life_years: all}, thresholds: [20000.25], discounted: false, group: "visited(sicker)", group_at: end}
"""

    def test_everything_again(self):
        text = (SOURCE / "configs/examples/sick_sicker.yaml").read_text()
        text = text.replace("currency: USD", "  half_price: {label: H, parameters: {hr_sicker: 0.8, treated: true, cost_treatment_b: 3000 per year}}\n\ncurrency: USD")
        self.write("m.yaml", text[: text.index("\noutcomes:") + 1] + self.MORE)
        self.good("run", "m.yaml", "--patients", 400, "--out", "x.h5", "--json", "x.json", "--quiet")
        made = json.loads(self.bytes("x.json"))
        values = {name: self.values(self.folder / "x.h5", name, drug) for name, drug in
                  (("standard_of_care", 0), ("treatment_b", 13000), ("half_price", 3000))}
        everybody = {name: [(c, e) for c, _, e, _, _ in rows] for name, rows in values.items()}
        self.compare(made, "money", "", everybody, [50000, 100000])
        for group in (False, True):
            members = {name: [(care, years) if sicker == group else None for _, care, _, years, sicker in rows] for name, rows in values.items()}
            self.compare(made, "by_group", str(group).lower(), members, [20000.25])

    def values(self, path, strategy, drug):
        """Of each patient: all costs, costs of care, QALYs, life years, ever sicker."""
        rate = {"healthy": 2000, "sick": 4000, "sicker": 15000}
        weight = {"healthy": Fraction(1), "sick": Fraction(3, 4), "sicker": Fraction(1, 2)}
        units = 2**36  # of time a year, at a horizon of 75 years; money is rounded to 2^-12 of each cost
        nearest = lambda x: math.floor(x + Fraction(1, 2))  # noqa: E731
        made = []
        for _, stays in results.sojourns(path, strategy).groupby("patient_id"):
            times, once, qalys, before = dict.fromkeys(rate, 0), 0, 0, None
            for state, start, stop in zip(stays["state"], stays["time_start"], stays["time_stop"]):
                falls_sick = (before, state) == ("healthy", "sick")
                once += 2000 if state == "dead" else 1000 if falls_sick else 0
                if state != "dead":
                    time = nearest(Fraction(stop) * units) - nearest(Fraction(start) * units)
                    times[state] += time
                    qalys += nearest(weight[state] * time - (Fraction(units, 100) if falls_sick else 0))
                before = state
            money = lambda rate, time: Fraction(nearest(Fraction(rate * time * 4096, units)), 4096)  # noqa: E731
            care = sum(money(rate[state], time) for state, time in times.items()) + once
            years = sum(times.values())
            made.append((care + money(drug, times["sick"] + times["sicker"]), care, Fraction(qalys, units), Fraction(years, units),
                         times["sicker"] > 0))
        return made

    def compare(self, made, outcome, group, members, thresholds):
        rows = {row["strategy"]: row for row in made["cost_effectiveness"] if (row["outcome"], row["group"]) == (outcome, group)}
        reference = "standard_of_care"
        self.assertEqual(set(rows), set(members))
        mean = {name: self.mean(people) for name, people in members.items()}
        close = lambda x, y: self.assertAlmostEqual(x, float(y), delta=1e-11 * max(abs(float(y)), 1e-3))  # noqa: E731
        for name, row in rows.items():
            own = self.covariance(members[name])
            close(row["cost"], mean[name][0])
            close(row["effect"], mean[name][1])
            close(row["cost_se"], math.sqrt(own[0]))
            close(row["effect_se"], math.sqrt(own[1]))
            close(row["covariance"], own[2])
            if name != reference:
                more = self.covariance(members[name], members[reference])
                close(row["difference_cost"], mean[name][0] - mean[reference][0])
                close(row["difference_covariance"], more[2])
        self.standings(rows, mean, members, close)
        for row in made["net_benefit"]:
            if (row["outcome"], row["group"]) == (outcome, group):
                k = Fraction(row["threshold"])
                cost, effect, both = self.covariance(members[row["strategy"]])
                close(row["net_benefit"], k * mean[row["strategy"]][1] - mean[row["strategy"]][0])
                close(row["se"], math.sqrt(k * k * effect - 2 * k * both + cost))
                best = max(mean, key=lambda name: k * mean[name][1] - mean[name][0])
                self.assertEqual(row["best"], int(best == row["strategy"]))
                if not row["best"]:
                    cost, effect, both = self.covariance(members[best], members[row["strategy"]])
                    close(row["behind_se"], math.sqrt(k * k * effect - 2 * k * both + cost))
        self.assertEqual({row["threshold"] for row in made["net_benefit"] if row["outcome"] == outcome}, set(thresholds))

    def standings(self, rows, mean, members, close):
        for name, row in rows.items():
            cost, effect = mean[name]
            others = [point for other, point in mean.items() if other != name]
            if any(c <= cost and e >= effect for c, e in others):
                expected = "dominated"
            elif any(a[1] < effect < b[1] and a[0] * (b[1] - effect) + b[0] * (effect - a[1]) < cost * (b[1] - a[1]) for a in others for b in others):
                expected = "extendedly dominated"
            else:
                expected = "on the frontier"
            self.assertEqual(row["status"], expected, name)
            if row["against"]:
                more = self.covariance(members[name], members[row["against"]])
                dc, de = cost - mean[row["against"]][0], effect - mean[row["against"]][1]
                close(row["increment_cost"], dc)
                close(row["increment_effect_se"], math.sqrt(more[1]))
                close(row["increment_covariance"], more[2])
                if expected != "dominated":
                    close(row["icer"], dc / de)
                    if row["icer_interval"] == "bounded":
                        for end, value in zip(("icer_lower", "icer_upper"), fieller(*map(float, (dc, de, *more)))):
                            self.assertAlmostEqual(row[end] / value, 1, delta=1e-6)

    @staticmethod
    def mean(people):
        counted = [one for one in people if one]
        return tuple(sum(one[k] for one in counted) / len(counted) for k in (0, 1))

    def covariance(self, people, others=None):
        """Variances of the mean cost and effect, or of their paired differences, and their covariance."""
        residuals = self.residuals(people)
        if others:
            residuals = [(a - c, b - d) for (a, b), (c, d) in zip(residuals, self.residuals(others))]
        m = sum(1 for one, other in zip(people, others or people) if one or other)
        factor = Fraction(m, m - 1)
        return (factor * sum(a * a for a, _ in residuals), factor * sum(b * b for _, b in residuals), factor * sum(a * b for a, b in residuals))

    def residuals(self, people):
        mean, n = self.mean(people), sum(1 for one in people if one)
        return [((one[0] - mean[0]) / n, (one[1] - mean[1]) / n) if one else (Fraction(0), Fraction(0)) for one in people]


UNCERTAIN = MODEL.replace("hazard: {value: 0.3 per year}", """hazard: {value: 0.3 per year}
  frailty: {value: 1, uncertainty: {lognormal: {mean: 1, sd: 0.4}}}""").replace(
    "die, from: alive, to: dead, time: {exponential: {rate: hazard}}", "die, from: alive, to: dead, time: {exponential: {rate: hazard}}, hazard_ratio: frailty")


class Samples(Case):
    def run_samples(self, patients, samples, *more, model=UNCERTAIN):
        self.good("run", self.write("m.yaml", model), "--samples", samples, "--patients", patients, "--out", "x.h5", "--csv", "x.csv",
                  "--quiet", *more)
        with open(self.folder / "x.csv", newline="") as file:
            return [row for row in csv.DictReader(file) if row["measure"] == "net_benefit"]

    def benefits(self, threshold):
        """By sample, each strategy's net benefit."""
        with h5py.File(self.folder / "x.h5") as file:
            table = file["outcomes"]["samples"]
            text = lambda name: table[name].asstr()[:]  # noqa: E731
            rows = zip(table["sample"][:], text("strategy"), text("measure"), text("level"), table["estimate"][:])
            found = {}
            for sample, strategy, measure, level, estimate in rows:
                if measure == "net_benefit" and float(level) == threshold:
                    found.setdefault(int(sample), {})[strategy] = estimate
        return found

    def test_acceptability_and_expected_net_benefit(self):
        rows = self.run_samples(50, 300)
        for row in rows:
            samples = self.benefits(float(row["level"]))
            share = sum(max(one, key=one.get) == row["strategy"] for one in samples.values()) / 300
            self.assertAlmostEqual(float(row["acceptability"]), share, delta=1e-12)
            mean = sum(one[row["strategy"]] for one in samples.values()) / 300
            self.assertAlmostEqual(float(row["sample_mean"]), mean, delta=1e-9 * abs(mean))
        for level in ("1000", "4000.5"):
            self.assertAlmostEqual(sum(float(row["acceptability"]) for row in rows if row["level"] == level), 1, delta=1e-12)

    def test_correction_takes_the_noise_out(self):
        """A price with a normal distribution: the true share is Phi(mean / sd) of the difference in net benefit, here 0.84. With the noise
        of 10 patients a sample it seems to be about 0.74. 5 sd of a share of 4,000 samples are 0.029; the factor that is estimated, too: 0.04."""
        first, _ = moments()
        sd = 150 * first[3] / WEIGHT
        k = (sd + first[2] - first[0]) / (first[3] - first[1])  # there the difference is one sd
        model = MODEL.replace("  price:", "  price_longer: {value: 1000 per year, uncertainty: {normal: {mean: 1000 per year, sd: 150 per year}}}\n  price:")
        model = model.replace("price: 1000 per year", "price: price_longer").replace("[1000, 4000.5]", f"[{k:.3f}]")
        row, = (row for row in self.run_samples(10, 4000, "--strategies", "usual,longer", model=model) if row["strategy"] == "longer")
        truth = 0.5 * (1 + math.erf(math.sqrt(0.5)))
        self.assertLess(float(row["acceptability"]), truth - 0.05)
        self.assertLess(abs(float(row["acceptability_corrected"]) - truth), 0.04)

    def test_threads_and_shared_patients(self):
        self.run_samples(50, 20, "--threads", "1")
        bytes_of_one = self.bytes("x.h5")
        self.run_samples(50, 20, "--threads", "3")
        self.assertEqual(bytes_of_one, self.bytes("x.h5"))
        for row in self.run_samples(50, 20, "--share-patients"):
            self.assertEqual(row["acceptability"], row["acceptability_corrected"])


class Words(Case):
    def test_the_terminal_shows_the_league_table(self):
        text = self.good("run", self.write("m.yaml", MODEL), "--patients", 20000, "--no-trajectories").stdout
        for part in ("money", "cost [EUR]", "EUR/QALY (95%)", "dominated by usual", "on the frontier", "At 4000.5 EUR/QALY: longer is best, by"):
            self.assertIn(part, text)
        for width in (40, 80, 200):
            lines = self.good("run", "m.yaml", "--patients", 2000, "--no-trajectories", env={"COLUMNS": str(width), "PATH": "/bin"}).stdout
            self.assertIn("money", lines)

    def test_a_ratio_that_is_not_bounded_says_so(self):
        """Lives of about the same mean length, some longer and some shorter. With x, y the increments of effect and cost: a ratio r belongs to
        the interval if (y - r x)^2 is at most z^2 its variance; it is bounded only if x is told from 0."""
        crossing = MODEL.replace("exponential: {rate: hazard}", "weibull: {shape: 10 years * hazard, scale: 3.4 years}", 1)
        forms = set()
        for seed, price in itertools.product((1, 2, 3), (0, 100, 400)):
            self.good("run", self.write("m.yaml", crossing.replace("price: 400", f"price: {price}").replace("waste: {parameters: {", "waste: {parameters: {hazard: 0.1 per year, ")),
                      "--patients", 60, "--no-trajectories", "--json", "x.json", "--quiet", "--seed", seed, "--strategies", "usual,waste")
            for row in json.loads(self.bytes("x.json"))["cost_effectiveness"]:
                if row["icer"] is None:
                    continue
                x, y, c = row["increment_effect"], row["increment_cost"], row["increment_covariance"]
                vx, vy = row["increment_effect_se"]**2, row["increment_cost_se"]**2
                forms.add(row["icer_interval"])
                self.assertEqual(row["icer_interval"] == "bounded", x * x > Z * Z * vx)
                self.assertEqual("not told apart" in row["note"], row["icer_interval"] != "bounded")
                for r in np.linspace(-20, 20, 81) * row["icer"]:
                    inside = {"bounded": lambda r: row["icer_lower"] <= r <= row["icer_upper"],
                              "all but": lambda r: not row["icer_lower"] < r < row["icer_upper"], "everything": lambda r: True}
                    self.assertEqual(inside[row["icer_interval"]](r), (y - r * x)**2 <= Z * Z * (vy - 2 * r * c + r * r * vx))
        self.assertGreater(len(forms), 1)

    def test_unpaired_beyond_twelve_strategies(self):
        """Two strategies that are not compared pairwise: errors as if each had patients of its own."""
        more = "".join(f"  s{i}: {{parameters: {{hazard: {0.29 - 0.015 * i:.3f} per year, price: {200 + 60 * i} per year}}}}\n" for i in range(13))
        self.good("run", self.write("m.yaml", MODEL.replace("currency: EUR", more + "currency: EUR")), "--patients", 2000, "--no-trajectories",
                  "--json", "x.json", "--quiet")
        rows = {row["strategy"]: row for row in json.loads(self.bytes("x.json"))["cost_effectiveness"]}
        unpaired = [row for row in rows.values() if row["against"] and "usual" not in (row["against"], row["strategy"])]
        self.assertTrue(unpaired)
        for row in unpaired:
            self.assertEqual(row["increment_paired"], 0)
            self.assertAlmostEqual(row["increment_cost_se"], math.hypot(row["cost_se"], rows[row["against"]]["cost_se"]), delta=1e-9)
            self.assertAlmostEqual(row["increment_covariance"], row["covariance"] + rows[row["against"]]["covariance"], delta=1e-12)

    def test_outcomes_of_stored_lives_have_the_same_bytes(self):
        self.good("run", self.write("m.yaml", MODEL), "--patients", 3000, "--out", "x.h5", "--json", "x.json", "--quiet", "--threads", 2)
        self.good("outcomes", "x.h5", "--json", "y.json", "--quiet")
        self.assertEqual(self.bytes("x.json"), self.bytes("y.json"))


if __name__ == "__main__":
    main()
