"""sojourn outcomes --exact: curves and quantiles from exact times, recomputed here from the stored lives by textbook formulas."""
import csv
import json
import math

import h5py

from support import FLAGSHIP, Case, main

# Three states; death is censored by treatment, competes with recovery, and is looked at from falling ill, too. The visit
# is an atom: many patients have it exactly two years after falling ill.
MODEL = """
sojourn: 1
title: Ill, treated, recovered or dead
horizon: 6 years
cohort: {size: 3000, attributes: {frail: {probability: 0.4}}}
states: {well: {initial: true}, ill: {}, treated: {}, dead: {absorbing: true}}
transitions:
  - {name: falls_ill, from: well, to: ill, time: {weibull: {shape: 1.3, scale: 2 years}}}
  - {name: treatment, from: ill, to: treated, time: {exponential: {rate: 0.4 per year}}}
  - {name: relapse, from: treated, to: ill, time: {exponential: {rate: 0.3 per year}}}
  - {name: death, from: [well, ill, treated], to: dead, time: {gompertz: {shape: 0.2 per year, rate: 0.1 per year}}, clock: forward, hazard_ratio: "in(ill) ? 3 : 1"}
events:
  visit: {in: ill, time: {fixed: 2 years}}
strategies: {only: {}}
outcomes:
  censored: {time_to: dead, censor_at: treated, at: [1 year, 5 years], restricted_mean: 5 years, quantiles: [0.1, 0.25]}
  competing: {incidence: dead, competing: treated, from: ill, censor_at: visit, at: [1 year, 2 years]}
  from_illness: {time_to: dead, from: ill, at: [2 years], group: frail, quantiles: [0.2]}
  seen: {incidence: {event: visit}, competing: [treated, dead], from: ill, at: [2 years]}
"""
HORIZON = 6


class Lives:
    """First times of each patient, from the file."""

    def __init__(self, path):
        with h5py.File(path) as file:
            names = [n.decode() for n in file["dictionary/states/name"][:]]
            group = file["strategies/only"]
            states, starts, first = (group["sojourns"][k][:] for k in ("state_id", "time_start", "first"))
            times, events = group["events/time"][:], group["events/first"][:]
            self.frail = group["baseline/frail"][:]
        self.n = len(first) - 1
        self.entries = [{} for _ in range(self.n)]
        for p in range(self.n):
            for row in range(first[p], first[p + 1]):
                self.entries[p].setdefault(names[states[row] - 1], starts[row])
            self.entries[p]["visit"] = times[events[p]] if events[p + 1] > events[p] else math.inf

    def time(self, p, what):
        return self.entries[p].get(what, math.inf)


def life_table(ends):
    """[time, at risk, events, competing] at each time at which something happens, from (time, kind) of each."""
    ends = sorted(ends)
    at_risk, rows = len(ends), []
    for time in sorted({t for t, _ in ends}):
        rows.append([time, at_risk, 0, 0])
    index = {row[0]: row for row in rows}
    left = {}
    for time, kind in ends:
        left[time] = left.get(time, 0) + 1
        if kind != "censored":
            index[time][2 if kind == "event" else 3] += 1
    for row in rows:
        row[1] = at_risk
        at_risk -= left[row[0]]
    return rows


def kaplan_meier(rows, until):
    s, greenwood = 1.0, 0.0
    for time, n, d, _ in rows:
        if time <= until and d:
            s *= 1 - d / n
            greenwood += d / (n * (n - d))
    return s, s * math.sqrt(greenwood)


def steps(rows):
    s = 1.0
    for time, n, d, other in rows:
        s *= 1 - (d + other) / n
        yield time, s


class Exact(Case):
    def setUp(self):
        super().setUp()
        self.write("model.yaml", MODEL)
        self.good("run", "model.yaml", "--out", "a.h5", "--csv", "grid.csv", "--quiet")
        self.good("outcomes", "a.h5", "--exact", "--csv", "exact.csv", "--curves", "curves.csv", "--quiet")
        self.lives = Lives(self.folder / "a.h5")

    def table(self, name):
        with open(self.folder / name, newline="") as file:
            return list(csv.DictReader(file))

    def row(self, name, outcome, measure, time=None, group="", level=""):
        found = [r for r in self.table(name) if (r["outcome"], r["measure"], r["group"], r["level"]) == (outcome, measure, group, level)
                 and (time is None or float(r["time"]) == time)]
        self.assertEqual(len(found), 1)
        return {key: float(value) if value and key in ("estimate", "se", "low", "high", "lower", "upper") else value for key, value in found[0].items()}

    def ends_censored(self):
        for p in range(self.lives.n):
            dead, treated = self.lives.time(p, "dead"), min(self.lives.time(p, "treated"), HORIZON)
            yield (dead, "event") if dead <= treated else (treated, "censored")

    def test_kaplan_meier_is_that_of_exact_times(self):
        rows = life_table(list(self.ends_censored()))
        for year in (1, 5):
            survival, error = kaplan_meier(rows, year)
            row = self.row("exact.csv", "censored", "survival", year)
            self.assertAlmostEqual(row["estimate"], survival, delta=1e-12)
            self.assertAlmostEqual(row["se"], error, delta=1e-12)
            self.assertEqual((row["low"], row["high"]), (row["estimate"], row["estimate"]))
            grid = self.row("grid.csv", "censored", "survival", year)  # the bounds that are printed hold
            self.assertLessEqual(grid["low"], survival + 1e-12)
            self.assertGreaterEqual(grid["high"], survival - 1e-12)
            self.assertLess(grid["low"], grid["high"])
        area, before, last = 0.0, 1.0, 0.0
        for time, survival in steps(rows):
            area += before * (min(time, 5) - min(last, 5))
            before, last = survival, time
        self.assertAlmostEqual(self.row("exact.csv", "censored", "restricted_mean")["estimate"], area, delta=1e-12)
        for share in ("0.1", "0.25"):
            reached = next(time for time, survival in steps(rows) if survival <= 1 - float(share))
            row = self.row("exact.csv", "censored", "quantile", level=share)
            self.assertEqual(row["estimate"], reached)
            grid = self.row("grid.csv", "censored", "quantile", level=share)
            self.assertLess(grid["low"], reached)
            self.assertLessEqual(reached, grid["estimate"])

    def test_curve_steps_at_every_time(self):
        rows = life_table(list(self.ends_censored()))
        curve = [(float(r["time"]), int(r["at_risk"]), float(r["estimate"])) for r in self.table("curves.csv") if r["outcome"] == "censored"]
        by_time = {time: (n, value) for time, n, value in curve}
        self.assertEqual(len(by_time), len(curve))
        survival = 1.0
        for time, n, d, _ in rows:
            if time > 5:  # the last time asked for
                break
            survival *= 1 - d / n
            self.assertEqual(by_time[time][0], n)
            self.assertAlmostEqual(by_time[time][1], survival, delta=1e-12)

    def test_aalen_johansen_with_an_atom(self):
        ends = []
        for p in range(self.lives.n):
            ill = self.lives.time(p, "ill")
            if ill > HORIZON:
                continue
            dead = self.lives.time(p, "dead")
            treated, visit = self.lives.time(p, "treated"), min(self.lives.time(p, "visit"), HORIZON)
            first = min(dead, treated, visit)
            since = 2.0 if first == ill + 2 else first - ill
            ends.append((since, "event" if dead == first else "competing" if treated == first else "censored"))
        rows = life_table(ends)
        self.assertEqual(rows[-1][0], 2)
        self.assertGreater(rows[-1][1], 50)  # the atom, where nobody is left behind
        for year in (1, 2):
            s, f = 1.0, 0.0
            for time, n, d, other in rows:
                if time <= year:
                    f += s * d / n
                    s *= 1 - (d + other) / n
            self.assertAlmostEqual(self.row("exact.csv", "competing", "incidence", year)["estimate"], f, delta=1e-12)

    def test_quantiles_in_groups_without_censoring(self):
        for frail in (0, 1):
            since = sorted((self.lives.time(p, "dead") - self.lives.time(p, "ill")) for p in range(self.lives.n)
                           if self.lives.time(p, "ill") <= HORIZON and self.lives.frail[p] == frail)
            self.assertTrue(since)
            row = self.row("exact.csv", "from_illness", "quantile", group="true" if frail else "false", level="0.2")
            self.assertEqual(row["low"], row["estimate"])
            self.assertIn(row["estimate"], since)

    def test_what_needs_no_times_stays_the_same(self):
        for measure, outcome, group in (("survival", "from_illness", "true"), ("incidence", "seen", "")):
            exact, grid = (self.row(name, outcome, measure, 2, group) for name in ("exact.csv", "grid.csv"))
            self.assertEqual((exact["estimate"], exact["se"], exact["n"]), (grid["estimate"], grid["se"], grid["n"]))

    def test_flagship(self):
        self.good("run", FLAGSHIP, "--patients", "1500", "--out", "f.h5", "--json", "grid.json", "--quiet")
        self.good("outcomes", "f.h5", "--exact", "--json", "exact.json", "--quiet")
        grid, exact = (json.loads(self.bytes(name))["rows"] for name in ("grid.json", "exact.json"))
        self.assertEqual(len(grid), len(exact))
        for one, other in zip(grid, exact):
            if one["method"] in ("proportion", "mean"):
                self.assertEqual(one, other)

    def test_output_can_be_piped(self):
        said = self.good("outcomes", "a.h5", "--curves", "-")
        self.assertTrue(said.stdout.startswith("outcome,label,kind,method,"))
        self.assertIn("censored", said.stderr)  # the table for people
        self.bad(3, "outcomes", "a.h5", "--curves", "a.h5", says="a.h5")


main()
