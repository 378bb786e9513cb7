"""run --until: as many patients as a wanted precision takes. Seeds are fixed; nothing here is random."""
import json
import math

from support import FLAGSHIP, Case, main

# Survival at a year is exactly 0.8: its standard error after n patients is sqrt(0.8 * 0.2 / n), so the n that a
# precision takes is known beforehand. The treatment does nothing to half of the patients.
MODEL = """
sojourn: 1
title: Exponential survival
horizon: 10 years
cohort: {size: 777, attributes: {responds: {probability: 0.5}}}
parameters: {effect: 1}
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions:
  - {name: death, from: alive, to: dead, time: {exponential: {rate: 0.22314355131420976 per year}}, hazard_ratio: "responds ? effect : 1"}
strategies: {none: {reference: true}, treated: {parameters: {effect: 0.5}}}
outcomes:
  alive: {time_to: dead, at: [1 year, 5 years], restricted_mean: 10 years}
  by_response: {time_to: dead, at: [1 year], group: responds}
  never: {share: "visited(dead) and in(alive)"}
"""


class Until(Case):
    def setUp(self):
        super().setUp()
        self.write("model.yaml", MODEL)

    def until(self, *precisions, more=(), model="model.yaml"):
        words = [word for one in precisions for word in ("--until", one)]
        self.stderr = self.good("run", model, *words, "--no-trajectories", "--json", "out.json", "--quiet", *more).stderr
        return json.loads((self.folder / "out.json").read_text())

    def rows(self, results, outcome, measure, time=None):
        return [row for row in results["rows"] if (row["outcome"], row["measure"]) == (outcome, measure) and time in (None, row["time"])]

    def test_patients_are_as_many_as_the_error_takes(self):
        results = self.until("survival(alive, 1 year) se < 0.001")
        # The most that any of the two strategies needs; a look in between, and a twentieth to spare.
        needed = 0.8 * 0.2 / 0.001**2
        self.assertGreater(results["patients"], 0.97 * needed)
        self.assertLess(results["patients"], 1.25 * needed)
        for row in self.rows(results, "alive", "survival", 1):
            self.assertLess(row["se"], 0.001)
            self.assertAlmostEqual(row["se"], math.sqrt(row["estimate"] * (1 - row["estimate"]) / results["patients"]), delta=1e-9)
        self.assertEqual(self.stderr, "")

    def test_no_more_than_a_look_where_that_is_precise_enough(self):
        self.assertEqual(self.until("survival(alive, 1 year) se < 50 %")["patients"], 4096)

    def test_units_and_ways_to_say_it(self):
        years = self.until("restricted_mean(alive, 10 years) se < 0.02 years")["patients"]
        self.assertEqual(self.until("rmst(alive, 120 months) se < 0.24 months")["patients"], years)
        self.assertEqual(self.until("  rmst( alive )   se<0.02 years ")["patients"], years)
        plain = self.until("survival(alive, 5 years) se < 0.004")["patients"]
        self.assertEqual(self.until("survival(alive, 5 years) se < 0.4%")["patients"], plain)

    def test_differences_and_groups_and_several_at_once(self):
        results = self.until("rmst(alive) difference se < 0.02 years", "by_response se < 0.005")
        for row in self.rows(results, "alive", "restricted_mean"):
            if row["strategy"] == "treated":
                self.assertLess(row["difference_se"], 0.02)
        groups = self.rows(results, "by_response", "survival")
        self.assertEqual(len(groups), 4)
        for row in groups:
            self.assertLess(row["se"], 0.005)
        # Those who do not respond differ in no patient: an interval stands for the error, and it too shrinks.
        same = self.until("by_response difference se < 0.001")
        self.assertLess(max(r["difference_upper"] - r["difference_lower"] for r in self.rows(same, "by_response", "survival")
                            if r["strategy"] == "treated"), 2 * 1.96 * 0.001)

    def test_file_is_that_of_a_run_with_so_many_patients(self):
        for number, how in enumerate((["--keep", "50"], [], ["--no-trajectories"])):
            until, plain = f"until{number}.h5", f"plain{number}.h5"
            self.good("run", "model.yaml", "--until", "rmst(alive) se < 0.03 years", "--quiet", "--out", until, "--threads", "2",
                      "--json", "until.json", *how)
            patients = json.loads((self.folder / "until.json").read_text())["patients"]
            self.assertGreater(patients, 4096)
            self.good("run", "model.yaml", "--patients", patients, "--quiet", "--out", plain, "--threads", "1", "--json",
                      "plain.json", *how)
            self.assertEqual(self.bytes(until), self.bytes(plain))
            self.assertEqual(self.bytes("until.json"), self.bytes("plain.json"))
            self.assertIn(f'"patients": {patients}', (self.folder / "until.json").read_text())
            self.good("run", until, "--quiet", "--out", "again.h5")
            self.assertEqual(self.bytes("again.h5"), self.bytes(plain))

    def test_not_reached_says_where_it_is_worst(self):
        results = self.until("survival(alive, 5 years) se < 0.0001", more=["--patients", "6000"])
        self.assertEqual(results["patients"], 6000)
        self.assertIn("not reached with 6,000 patients (--patients allows more)\n"
                      "survival(alive, 5 years) se < 0.0001: the error of survival of alive at 60 months under ", self.stderr)
        self.assertIn("times that\n", self.stderr)

    def test_threads_do_not_matter(self):
        one = self.until("survival(efs, 12 months) se < 0.006", more=["--threads", "1"], model=FLAGSHIP)
        text = self.bytes("out.json")
        self.until("survival(efs, 12 months) se < 0.006", more=["--threads", "3"], model=FLAGSHIP)
        self.assertEqual(self.bytes("out.json"), text)
        self.assertLess(one["patients"], 20000)

    def test_what_cannot_be_meant(self):
        for precision, says in {
            "alife se < 0.1": "there is no outcome 'alife'; did you mean `alive`?",
            "alive se < 0.1": "several measures with different units; say which: survival, restricted_mean",
            "incidence(alive) se < 0.1": "alive has no incidence; it has: survival, restricted_mean",
            "survival(alive, 2 years) se < 0.1": "alive is not computed at 2 years",
            "survival(alive, 1) se < 0.1": "a time is written with its unit",
            "rmst(alive) se < 0.1": "the error is in years",
            "survival(alive) se < 0.1 years": "the error is in no unit, or %",
            "survival(alive) se < 0": "the error must be above 0",
            "survival(alive) se < 1e-": "after < stands a number",
            "survival(alive) < 0.1": "before < stands `se`",
            "survival(alive se < 0.1": "a ) is missing before `se`",
            "survival(alive, ) se < 0.1": "after the comma stands a time or a level",
            "survival() se < 0.1": "which outcome?",
            "survival(alive) se 0.1": "say WHAT se < NUMBER UNIT",
            "": "say WHAT se < NUMBER UNIT",
        }.items():
            with self.subTest(precision):
                self.bad(3, "run", "model.yaml", "--until", precision, "--quiet", says=says)
        self.bad(3, "run", "model.yaml", "--until", "rmst(alive) difference se < 1 day", "--strategies", "none", "--quiet",
                 says="a difference needs two strategies")
        self.bad(2, "run", "model.yaml", "--until", "rmst(alive) se < 1 day", "--samples", "10")
        self.assertEqual(self.files(), ["model.yaml"])

    def test_kept_as_it_was_when_stopped_by_the_disk(self):
        self.write("out.h5", "what was there")
        self.bad(1, "run", "model.yaml", "--until", "rmst(alive) se < 0.1 years", "--quiet", "--out", "/proc/no/out.h5")
        self.assertEqual(self.bytes("out.h5"), b"what was there")


main()
