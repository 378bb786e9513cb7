"""Models in several files, and patients who start in several states."""
import csv
import math
import shutil

import h5py

from support import Case, main

MODEL = """sojourn: 1
title: In several files
horizon: 10 years
include: [parts/rates.yaml]
cohort:
  size: 2000
  attributes: {age: {uniform: {min: 0 years, max: 1 year}}, late: {probability: 0.25}}
states: {a: {}, b: {}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {exponential: {rate: rate_a}}}
start: {probabilities: {a: 0.7, b: rest}}
strategies:
  usual: {reference: true}
  again: {}
  all_b: {start: b}
  by_rule: {start: "late ? b : a"}
outcomes: {alive: {time_to: dead, at: [1 year, 5 years]}, in_b: {share: visited(b), by: 1 day}}
"""
RATES = """include: more/deaths.yaml
parameters: {rate_a: 0.5 per year, rate_b: 0.3 per year}
transitions: [{from: b, to: dead, time: {exponential: {rate: rate_b}}}]
"""
DEATHS = """transitions: [{from: a, to: dead, clock: age, time: {life_table: {file: life.csv, beyond: hold}}}]
"""
ALONE = """sojourn: 1
title: Alone
horizon: 10 years
cohort: {attributes: {age: {uniform: {min: 0 years, max: 1 year}}, late: {probability: 0.25}}}
states: {a: {}, b: {initial: true}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, time: {exponential: {rate: 0.5 per year}}}
  - {from: b, to: dead, time: {exponential: {rate: 0.3 per year}}}
  - {from: b, to: a, time: {never: {}}}
outcomes: {alive: {time_to: dead, at: [1 year, 5 years]}}
"""


class Several(Case):
    def rows(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def setUp(self):
        super().setUp()
        (self.folder / "m/parts/more").mkdir(parents=True)
        self.write("m/model.yaml", MODEL)
        self.write("m/parts/rates.yaml", RATES)
        self.write("m/parts/more/deaths.yaml", DEATHS)
        self.write("m/parts/more/life.csv", "age,rate\n0,0.1\n1,0.2\n")

    def test_a_result_holds_all_files(self):
        self.good("run", "m/model.yaml", "--threads", "1", "--quiet", "--out", "x.h5")
        self.good("run", "m/model.yaml", "--threads", "7", "--quiet", "--out", "y.h5")
        self.assertEqual(self.bytes("x.h5"), self.bytes("y.h5"))
        shutil.move(self.folder / "m", self.folder / "elsewhere")
        self.good("run", "elsewhere/model.yaml", "--quiet", "--out", "w.h5")
        shutil.rmtree(self.folder / "elsewhere")
        self.good("run", "x.h5", "--quiet", "--out", "z.h5")
        self.assertEqual(self.bytes("x.h5"), self.bytes("z.h5"))
        self.assertEqual(self.bytes("x.h5"), self.bytes("w.h5"))
        self.assertIn("parts/more/deaths.yaml", self.good("inspect", "x.h5").stdout)

    def test_no_file_of_the_model_is_replaced(self):
        self.bad(3, "run", "m/model.yaml", "--quiet", "--csv", "m/parts/rates.yaml", says="replace")

    def test_where_patients_start(self):
        """Shares of n = 200,000 within 5 standard errors: false alarm 6e-7 each."""
        n = 200_000
        self.good("run", "m/model.yaml", "--patients", str(n), "--no-trajectories", "--quiet", "--csv", "x.csv")
        got = {(r["outcome"], r["strategy"], r["time"]): float(r["estimate"]) for r in self.rows("x.csv")}
        share = {k[1]: v for k, v in got.items() if k[0] == "in_b"}
        day = 1 / 365.25
        for strategy, starts in [("usual", 0.3), ("by_rule", 0.25)]:
            expected = starts + (1 - starts) * (1 - math.exp(-0.5 * day))
            self.assertLess(abs(share[strategy] - expected), 5 * math.sqrt(expected * (1 - expected) / n) + 1e-3 * day)
        self.assertEqual(share["all_b"], 1)
        alive = {k[1]: v for k, v in got.items() if k[0] == "alive" and float(k[2]) == 5}
        self.assertLess(abs(alive["all_b"] - math.exp(-1.5)), 5 * math.sqrt(0.25 / n))
        self.assertEqual(alive["usual"], alive["again"])

    def test_a_start_of_a_strategy_is_that_of_a_model(self):
        self.good("run", "m/model.yaml", "--strategies", "all_b", "--quiet", "--no-trajectories", "--csv", "x.csv", "--patients",
                  "3000")
        self.write("alone.yaml", ALONE)
        self.good("run", "alone.yaml", "--quiet", "--no-trajectories", "--csv", "y.csv", "--patients", "3000")
        mine = [r["estimate"] for r in self.rows("x.csv") if r["outcome"] == "alive"]
        self.assertEqual(mine, [r["estimate"] for r in self.rows("y.csv") if r["outcome"] == "alive"])

    def test_a_strategy_with_a_start_of_its_own_changes_no_other(self):
        self.good("run", "m/model.yaml", "--strategies", "usual", "--quiet", "--out", "one.h5")
        self.good("run", "m/model.yaml", "--strategies", "all_b,usual,by_rule", "--quiet", "--out", "all.h5")
        with h5py.File(self.folder / "one.h5") as one, h5py.File(self.folder / "all.h5") as all_of_them:
            for column in ("state_id", "time_stop"):
                name = f"strategies/usual/sojourns/{column}"
                self.assertEqual(one[name][()].tolist(), all_of_them[name][()].tolist())
        self.assertIn("start -> ", self.good("trace", "m/model.yaml").stdout)


main()
