"""`--resolve`: more patients where it is not clear which strategy is best, with an error rate for all looks together."""
import math
import random
import shutil
import signal
import subprocess
import time

import h5py

from sweeps import PROGRAM, SweepCase, main, rows, table

# Patients are well until an exponential time whose rate the strategy chooses. The two ways out have random numbers of
# their own, so that with equal rates the difference is 0 in truth and never in the sample.
MODEL = """sojourn: 1
title: Two ways
horizon: 5 years
parameters: {{rate_b: {{value: 0.5 per year, range: [0 per year, 5 per year]}}}}
cohort: {{size: 100}}
attributes: {{on_b: {{initial: false}}}}
states: {{well: {{initial: true}}, ill_a: {{absorbing: true}}, ill_b: {{absorbing: true}}}}
branches: {{way: {{on_entry: well, decided_by: strategy, options: {{a: {{}}, b: {{sets: {{on_b: true}}}}}}}}}}
transitions:
  - {{name: by_a, from: well, to: ill_a, when: "not on_b", time: {{exponential: {{rate: 0.5 per year}}}}}}
  - {{name: by_b, from: well, to: ill_b, when: on_b, time: {{exponential: {{rate: rate_b}}}}}}
strategies: {{a: {{decisions: {{way: a}}, reference: true}}, b: {{decisions: {{way: b}}}}}}
outcomes:
  free: {{time_to: "not well", at: [2 years], restricted_mean: 5 years}}
{more}"""

HEAD = """sweep: 1
model: two.yaml
patients: {patients}
lives_a_shard: {lives}
resolve: {{outcome: free, measure: restricted_mean, within: {within} years, most_patients: {most}{more}}}
"""


def mean_within(rate, years=5):
    return (1 - math.exp(-rate * years)) / rate


class Resolving(SweepCase):
    def setUp(self):
        super().setUp()
        self.write("two.yaml", MODEL.format(more=""))

    def head(self, patients=250, lives=100000, within=0.05, most=16000, more=""):
        return HEAD.format(patients=patients, lives=lives, within=within, most=most, more=more)

    def rates(self, rates, **options):
        return self.write("s.yaml", self.head(**options) +
                          "axes: {rate: {parameter: rate_b, unit: per year, values: [" + ", ".join(map(str, rates)) + "]}}\n")

    def resolved(self, folder="s.sweep", *options, sweep="s.yaml"):
        self.good("sweep", "run", sweep, "--resolve", "--out", folder, "--quiet", *options)
        return self.collected(folder, folder + ".h5")

    def test_a_difference_of_0_is_seldom_taken_for_one(self):
        """1,500 scenarios of independent random numbers in which both strategies are the same in truth, looked at up to
        6 times. The share in which one is named is 6/7 of the error of 5% (so much is spent by the sixth look): the
        count is binomial, and these bounds are missed with probability 1e-6. Looking each time at the full 5% would name
        one in about 19% of them."""
        self.write("s.yaml", self.head(patients=250, most=8000, within=0.001, lives=200000) +
                   "common_random_numbers: false\naxes: {title: {path: title, values: [" +
                   ", ".join(f"text {i}" for i in range(1500)) + "]}}\n")
        self.resolved()
        found = table(self.folder / "s.sweep.h5", "resolution")
        named = found["status"].count("resolved")
        expected, sd = 1500 * 0.05 * 6 / 7, math.sqrt(1500 * 0.05 * 6 / 7)
        self.assertEqual(found["status"].count("not_resolved"), 1500 - named)
        self.assertLess(named, expected + 4.9 * sd)
        self.assertGreater(named, expected - 4.9 * sd)
        for name in ("a", "b"):  # which of the two: a fair coin, missed with probability 1e-6
            count = sum(1 for s, best in zip(found["status"], found["best"]) if (s, best) == ("resolved", name))
            self.assertLess(abs(count - named / 2), 4.9 * math.sqrt(named) / 2)
        self.assertGreater(len(set(found["looks"])), 3)

    def test_intervals_hold_the_truth_at_all_looks(self):
        """400 scenarios with numbers of their own: the interval at the look at which each ended leaves out the true
        difference, known in closed form, in at most 5%; more than 45 of them with probability 1e-6."""
        rates = [round(0.3 + i / 1000, 3) for i in range(400)]
        self.rates(rates, within=0.1, most=4000)
        text = (self.folder / "s.yaml").read_text()
        self.write("s.yaml", text + "common_random_numbers: false\n")
        self.resolved()
        missed = 0
        for one, rate in zip(rows(self.folder / "s.sweep.h5", "resolution"), rates):
            truth = {"a": mean_within(0.5), "b": mean_within(rate)}
            difference = truth[one["best"]] - truth[one["nearest"]]
            missed += not one["lower"] <= difference <= one["upper"]
            if one["status"] == "equal":
                self.assertLess(one["upper"], 0.1)
                self.assertGreater(one["lower"], -0.1)
        self.assertLessEqual(missed, 45)

    def test_true_differences_are_resolved_the_right_way(self):
        """The smallest true difference is 35 of its standard errors at the last look, and 1.2 at the first: one of the two
        nearest is taken for its opposite with probability 1e-3, and none is left unresolved."""
        rates = [0.2, 0.3, 0.4, 0.44, 0.56, 0.6, 0.8, 1.5]
        self.rates(rates, most=256000, within=0.001)
        self.resolved()
        found = rows(self.folder / "s.sweep.h5", "resolution")
        self.assertEqual([one["status"] for one in found], ["resolved"] * len(rates))
        self.assertEqual([one["best"] for one in found], ["b" if rate < 0.5 else "a" for rate in rates])
        patients = table(self.folder / "s.sweep.h5", "scenarios")["patients"]
        self.assertEqual(patients, [250 * 2 ** (one["looks"] - 1) for one in found])
        self.assertEqual(patients[0], 250)  # what is clear at once costs nothing
        self.assertGreater(max(patients), 250)
        self.assertEqual({one["not_told"] for one in found}, {""})

    def test_small_differences_are_equal(self):
        self.rates([0.5, 0.501, 0.499], within=0.2, most=64000)
        self.resolved()
        for one in rows(self.folder / "s.sweep.h5", "resolution"):
            self.assertEqual((one["status"], one["not_told"]), ("equal", one["nearest"]))
            self.assertLess(one["looks"], 9)

    def test_where_the_lowest_is_best(self):
        self.write("two.yaml", MODEL.format(more='  ill: {incidence: "not well", at: [2 years]}\n'))
        for best, names in ((", best: highest", ["a", "b"]), ("", ["b", "a"])):
            self.rates([0.2, 2], within=0.01, more=best)
            text = (self.folder / "s.yaml").read_text().replace("outcome: free, measure: restricted_mean", "outcome: ill")
            self.write("s.yaml", text.replace("0.01 years", "1 %"))
            self.resolved(f"{len(best)}.sweep")
            found = rows(self.folder / f"{len(best)}.sweep.h5", "resolution")
            self.assertEqual([one["best"] for one in found], names)
            self.assertTrue(all(one["difference"] > 0 and one["lower"] > 0 for one in found))

    def test_scenarios_are_runs_with_as_many_patients(self):
        """Patients of several looks add up to those of one sweep of that size."""
        self.rates([0.3, 0.49, 0.5])
        self.resolved()
        found = {one["scenario"]: one for one in rows(self.folder / "s.sweep.h5", "scenarios")}
        self.assertGreater(len({one["patients"] for one in found.values()}), 1)
        for number, one in found.items():
            self.write("plain.yaml", "sweep: 1\nmodel: two.yaml\npatients: %d\naxes: {rate: {parameter: rate_b, values: "
                       "[%g per year]}}\n" % (one["patients"], one["rate"]))
            self.whole(sweep="plain.yaml", folder=f"plain{number}.sweep")
            for name in ("long", "wide"):
                expected = [row for row in rows(self.folder / "s.sweep.h5", name) if row["scenario"] == number]
                plain = rows(self.folder / f"plain{number}.sweep.h5", name)
                for row in expected + plain:
                    row["scenario"] = 0
                self.assertEqual(str(plain), str(expected))

    def test_one_scenario_has_the_patients_that_it_was_given(self):
        """Of shards of several scenarios, and of scenarios in several shards."""
        for folder, options in (("few.sweep", {"lives": 1000}), ("cut.sweep", {"patients": 4000, "lives": 2048, "most": 64000})):
            self.rates([0.3, 0.45, 0.49, 0.495, 0.5, 0.505, 0.6], **options)
            self.resolved(folder)
            found = rows(self.folder / (folder + ".h5"), "scenarios")
            self.assertGreater(len({one["patients"] for one in found}), 2)
            for one in found:
                name = f"{folder}.{one['scenario']}.h5"
                self.good("run", folder, "--scenario", one["id"], "--out", name, "--no-trajectories", "--quiet")
                with h5py.File(self.folder / name) as file:
                    self.assertEqual(file.attrs["patients"], one["patients"], one)

    def test_comparisons_have_the_intervals_that_decide(self):
        self.rates([0.3, 0.49, 0.5])
        self.resolved()
        file = self.folder / "s.sweep.h5"
        pairs, found = rows(file, "pairs"), rows(file, "resolution")
        for row in rows(file, "comparisons"):
            one, pair = found[row["scenario"] - 1], pairs[row["pair"] - 1]
            if pair["measure"] != "restricted_mean":
                continue
            ends = (row["simultaneous_lower"], row["simultaneous_upper"])
            if one["best"] == pair["against"]:
                ends = (-ends[1], -ends[0])
            self.assertEqual(ends, (one["lower"], one["upper"]))

    def test_the_same_bytes_for_any_threads_shards_and_order(self):
        rates = [0.2, 0.4, 0.45, 0.48, 0.49, 0.495, 0.5, 0.505, 0.51, 0.52, 0.55, 0.8]
        self.rates(rates, lives=3000)
        expected = self.resolved("one.sweep", "--threads", 1)
        self.assertEqual(self.resolved("seven.sweep", "--threads", 7), expected)
        shares = [f"{i}/3" for i in range(1, 4)]
        random.Random(3).shuffle(shares)
        for share in shares:
            self.good("sweep", "run", "s.yaml", "--out", "shares.sweep", "--shard", share, "--resolve", "--quiet")
        self.assertEqual(self.collected("shares.sweep"), expected)
        self.good("sweep", "run", "s.yaml", "--out", "later.sweep", "--quiet")
        self.bad(4, "sweep", "collect", "later.sweep", "--out", "y.h5", says="--resolve")
        self.good("sweep", "resume", "later.sweep", "--resolve", "--quiet")
        self.assertEqual(self.collected("later.sweep"), expected)
        done = self.good("sweep", "resume", "later.sweep", "--resolve")
        self.assertIn(", 0 lives", done.stdout)
        self.assertEqual(self.leftovers("shares.sweep"), [])

    def test_a_scenario_cut_over_its_patients_is_resolved_by_whoever_is_last(self):
        self.rates([0.49, 0.5, 0.52], patients=4000, lives=2048, most=64000, within=0.001)
        expected = self.resolved("one.sweep")
        for share in ("2/3", "3/3", "1/3"):
            self.good("sweep", "run", "s.yaml", "--out", "x.sweep", "--shard", share, "--resolve", "--no-wait", "--quiet")
        self.assertEqual(self.collected("x.sweep"), expected)

    def test_two_processes_at_once(self):
        self.rates([0.45 + i / 200 for i in range(20)], lives=3000, most=32000, within=0.01)
        expected = self.resolved("one.sweep")
        both = [subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--resolve", "--threads", "1", "--out", "both.sweep",
                                  "--quiet"], cwd=self.folder) for _ in range(2)]
        self.assertEqual([process.wait() for process in both], [0, 0])
        self.assertEqual(self.collected("both.sweep"), expected)

    def test_killed_again_and_again(self):
        self.rates([0.45 + i / 200 for i in range(20)], patients=2000, lives=20000, most=128000, within=0.005)
        expected = self.resolved("one.sweep")
        self.good("sweep", "run", "s.yaml", "--out", "x.sweep", "--shard", "1/5", "--quiet")
        chance = random.Random(8)
        killed = 0
        for _ in range(12):
            process = subprocess.Popen([PROGRAM, "sweep", "resume", "x.sweep", "--resolve", "--quiet"], cwd=self.folder)
            time.sleep(chance.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
        self.assertGreater(killed, 0)
        self.good("sweep", "resume", "x.sweep", "--resolve", "--quiet")
        self.assertEqual(self.collected("x.sweep"), expected)
        self.assertEqual(self.leftovers("x.sweep"), [])

    def test_it_grows(self):
        """By values of its axes, and by the most patients: the bytes of one made so from the start."""
        self.rates([0.4, 0.49, 0.5], most=4000, within=0.02)
        self.resolved()
        for rates, most in (([0.4, 0.49, 0.5], 16000), ([0.4, 0.45, 0.49, 0.5, 0.52], 16000)):
            self.rates(rates, most=most, within=0.02)
            before = set(self.sums())
            self.good("sweep", "expand", "s.yaml", "--resolve", "--quiet")
            self.assertTrue(before < set(self.sums()))
            self.assertEqual(self.collected("s.sweep"), self.resolved(f"new{len(rates)}{most}.sweep"))

    def sums(self):
        return {path.relative_to(self.folder / "s.sweep"): path.read_bytes() for path in (self.folder / "s.sweep").rglob("*.sums")}.items()

    def test_a_sweep_that_had_no_rule_gets_one(self):
        text = self.rates([0.4, 0.49, 0.5]).read_text()
        self.write("s.yaml", "".join(line for line in text.splitlines(True) if not line.startswith("resolve")))
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.bad(3, "sweep", "resume", "s.sweep", "--resolve", says=["does not say what to resolve", "resolve: {outcome"])
        self.write("s.yaml", text)
        self.good("sweep", "expand", "s.yaml", "--resolve", "--quiet")
        self.assertEqual(self.collected("s.sweep"), self.resolved("new.sweep"))

    def test_status_tells_of_looks(self):
        self.rates([0.2, 0.499, 0.8], within=0.001, most=1000)
        self.good("sweep", "run", "s.yaml", "--quiet")
        done = self.sojourn("sweep", "status", "s.sweep")
        self.assertEqual(done.returncode, 4)
        self.assertIn("resolved      2", done.stdout)
        self.assertIn("unfinished    1", done.stdout)
        self.good("sweep", "resume", "s.sweep", "--resolve", "--quiet")
        done = self.good("sweep", "status", "s.sweep")
        self.assertIn("not resolved  1", done.stdout)
        self.assertNotIn("unfinished", done.stdout)

    def test_damaged_and_missing_looks(self):
        self.rates([0.49, 0.5, 0.52], within=0.001, lives=1500)
        expected = self.resolved()
        looks = sorted((self.folder / "s.sweep/looks").rglob("*.sums"))
        self.assertGreater(len(looks), 5)
        looks[0].write_bytes(looks[0].read_bytes()[:-1])
        looks[4].unlink()
        self.bad(4, "sweep", "collect", "s.sweep", "--out", "y.h5", says=[looks[0].name, "missing"])
        self.good("sweep", "collect", "s.sweep", "--out", "y.h5", "--partial", "--quiet")
        self.assertIn("unfinished", table(self.folder / "y.h5", "resolution")["status"])
        self.good("sweep", "resume", "s.sweep", "--resolve", "--quiet")
        self.assertEqual(self.collected("s.sweep"), expected)

    def test_plan_tells_the_looks(self):
        self.rates([0.4, 0.5], most=2000)
        done = self.good("sweep", "plan", "s.yaml")
        self.assertIn("looks at 250, 500, 1,000, 2,000 patients", done.stdout)

    def test_a_copied_folder_resolves(self):
        self.rates([0.4, 0.49, 0.5])
        expected = self.resolved("one.sweep")
        self.good("sweep", "run", "s.yaml", "--quiet")
        (self.folder / "s.yaml").unlink()
        (self.folder / "away").mkdir()
        shutil.move(self.folder / "s.sweep", self.folder / "away/moved")
        self.good("sweep", "resume", "away/moved", "--resolve", "--quiet")
        self.assertEqual(self.collected("away/moved"), expected)


main()
