"""What run, trace and inspect print and write."""
import csv
import io
import json
import math
import random
import re

from support import EXAMPLE, FLAGSHIP, Case, main, numbers, uniform


class Outputs(Case):
    def test_the_default_is_a_file_named_after_the_model_and_a_table(self):
        done = self.good("run", EXAMPLE, "--patients", "500")
        self.assertEqual(self.files(), ["illness_death.h5", "illness_death.run.json"])
        for text in ["Alive", "Relapsed, before death", "Time in remission", "500 patients", "illness_death.h5"]:
            self.assertIn(text, done.stdout)

    def test_quiet(self):
        done = self.good("run", EXAMPLE, "--patients", "500", "--quiet")
        self.assertEqual(done.stdout + done.stderr, "")

    def test_tables_as_files_and_on_standard_output(self):
        few = ["run", EXAMPLE, "--patients", "500", "--no-trajectories"]
        self.good(*few, "--csv", "t.csv", "--json", "t.json")
        self.assertEqual(self.files(), ["t.csv", "t.json"])
        rows = list(csv.DictReader(io.StringIO((self.folder / "t.csv").read_text())))
        self.assertGreaterEqual(len(rows), 9)
        json.loads((self.folder / "t.json").read_text())
        self.assertEqual(self.good(*few, "--csv", "-").stdout, (self.folder / "t.csv").read_text())
        self.assertEqual(self.good(*few, "--json", "-").stdout, (self.folder / "t.json").read_text())

    def test_trials_are_told_wherever_outcomes_are(self):
        done = self.good("run", FLAGSHIP, "--patients", "3000", "--out", "x.h5", "--json", "t.json")
        rows = json.loads((self.folder / "t.json").read_text())["trials"]
        self.assertEqual({row["trial"]: row["replicates"] for row in rows if row["measure"] == "events"},
                         {"once_more": 8, "hsct_for_all": 4})
        self.assertIn("The single-arm trial once more", done.stdout)
        self.assertIn("/outcomes/trials/coverage", self.good("inspect", "x.h5").stdout)
        one = self.good("run", FLAGSHIP, "--patients", "3000", "--no-trajectories", "--strategies", "observe")
        self.assertIn("was not simulated", one.stdout)

    def test_devices_stay_devices(self):
        import os
        import stat
        self.good("run", EXAMPLE, "--patients", "50", "--no-trajectories", "--csv", "/dev/null", "--quiet")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))

    def test_the_record_beside_the_result(self):
        self.good("run", EXAMPLE, "--patients", "500", "--threads", "1", "--out", "x.h5")
        record = json.loads((self.folder / "x.run.json").read_text())
        for key in ["finished", "host", "sojourn", "threads", "seconds", "draws", "moves", "digest"]:
            self.assertIn(key, record)
        self.assertGreater(record["draws"], 1000)

    def test_strategies_patients_and_seed(self):
        self.good("run", FLAGSHIP, "--strategies", "hsct_all,observe", "--patients", "200", "--out", "x.h5", "--csv", "x.csv")
        rows = list(csv.DictReader(io.StringIO((self.folder / "x.csv").read_text())))
        strategies = list(dict.fromkeys(row["strategy"] for row in rows))
        self.assertEqual(sorted(strategies), ["hsct_all", "observe"])
        self.good("run", FLAGSHIP, "--strategies", "observe", "--patients", "200", "--seed", "7", "--out", "y.h5")
        self.assertNotEqual(self.bytes("x.h5"), self.bytes("y.h5"))

    def test_a_set_value_and_a_parameter_file_are_the_same(self):
        few = ["run", EXAMPLE, "--patients", "500", "--no-trajectories", "--quiet"]
        parameters = self.write("p.yaml", "parameters:\n  relapse_scale: {value: 3 years}\n")
        self.good(*few, "--csv", "base.csv")
        self.good(*few, "--csv", "set.csv", "--set", "relapse_scale=3 years")
        self.good(*few, "--csv", "file.csv", "--parameters", parameters)
        self.good(*few, "--csv", "both.csv", "--parameters", parameters, "--set", "relapse_scale=6 years")
        self.assertEqual(self.bytes("set.csv"), self.bytes("file.csv"))
        self.assertNotEqual(self.bytes("set.csv"), self.bytes("base.csv"))
        self.assertEqual(self.bytes("both.csv"), self.bytes("base.csv"))

    def test_every_example_runs(self):
        for model in sorted(EXAMPLE.parent.glob("*.yaml")):
            table = self.good("run", model, "--patients", "1000", "--no-trajectories").stdout
            self.assertIn("1,000 patients", table)

    def test_progress_in_a_log_is_plain_lines(self):
        self.assertNotIn("\r", self.good("run", EXAMPLE, "--patients", "2000").stderr)


class Trajectories(Case):
    def test_keep(self):
        for name, options in [("all", []), ("few", ["--keep", "100"]), ("states", ["--keep-states", "relapsed"]),
                              ("none", ["--no-trajectories"])]:
            self.good("run", EXAMPLE, "--patients", "1000", "--quiet", "--out", f"{name}.h5", "--csv", f"{name}.csv", *options)
        for name in ["few", "states", "none"]:
            self.assertEqual(self.bytes(f"{name}.csv"), self.bytes("all.csv"), "outcomes are over all patients")
            self.assertLess(len(self.bytes(f"{name}.h5")), len(self.bytes("all.h5")))
        self.assertIn("100", self.good("inspect", "few.h5").stdout)

    def test_the_states_that_were_kept(self):
        self.good("run", EXAMPLE, "--patients", "300", "--quiet", "--keep-states", "relapsed", "--out", "x.h5")
        self.good("inspect", "x.h5", "--verify")

    def test_inspect(self):
        self.good("run", EXAMPLE, "--patients", "300", "--quiet", "--out", "x.h5")
        digest = json.loads((self.folder / "x.run.json").read_text())["digest"]
        self.assertIn(digest, self.good("inspect", "x.h5").stdout)
        self.good("inspect", "x.h5", "--verify")
        self.assertEqual(self.good("inspect", "x.h5", "--input").stdout, EXAMPLE.read_text())
        self.assertIn(self.sojourn("inspect", "absent.h5").returncode, (1, 3))
        self.assertIn(self.sojourn("inspect", EXAMPLE).returncode, (1, 3))

    def test_damage_is_noticed(self):
        import h5py
        self.good("run", EXAMPLE, "--patients", "3000", "--quiet", "--out", "x.h5")
        whole = self.bytes("x.h5")
        with h5py.File(self.folder / "x.h5", "r+") as file:
            stop = file["strategies/base/sojourns/time_stop"]
            stop[0] = stop[0] + 1e-9
        done = self.sojourn("inspect", "x.h5", "--verify")
        self.assertEqual(done.returncode, 1)
        self.assertIn("damaged", done.stderr)
        for cut in (10, 2000, len(whole) // 2, len(whole) - 1):
            (self.folder / "y.h5").write_bytes(whole[:cut])
            self.bad(3, "inspect", "y.h5", says="y.h5")
            self.assertIn(self.sojourn("run", "y.h5", "--out", "z.h5").returncode, (1, 3))
        chance = random.Random(1)
        for _ in range(60):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            (self.folder / "y.h5").write_bytes(damaged)
            self.assertIn(self.sojourn("inspect", "y.h5", "--verify").returncode, (0, 1, 3))


class Trace(Case):
    def test_every_draw_is_where_the_methods_say(self):
        """Uniforms, budgets and the first time are computed again here, from docs/methods.md alone."""
        for patient in (1, 2, 3, 77):
            told = self.good("trace", EXAMPLE, "--patient", patient, "--seed", "5").stdout
            draws = re.findall(r"(\w+) comes at risk \(episode (\d+)\): u = ([\d.]+), budget ([\d.]+)", told)
            self.assertGreaterEqual(len(draws), 2)
            for name, visit, u, budget in draws:
                expected = uniform(5, patient, name, int(visit))
                self.assertAlmostEqual(float(u), expected, delta=6e-7)
                self.assertAlmostEqual(float(budget), -math.log(expected), delta=6e-7)
            relapse = 6 * (-math.log(uniform(5, patient, "relapse", 0))) ** (1 / 1.1)
            death = 25 * (-math.log(uniform(5, patient, "death_in_remission", 0))) ** (1 / 1.3)
            first = min(relapse, death)
            happens = re.search(r"(?m)^(day|year) ([\d.]+): (\w+) happens$", told)
            if first > 20:
                self.assertIn("the horizon", told)
                continue
            time = float(happens[2]) / (365.25 if happens[1] == "day" else 1)
            self.assertAlmostEqual(time, first, delta=6e-5)
            self.assertEqual(happens[3], "relapse" if relapse < death else "death_in_remission")

    def test_the_clocks_that_lost_are_told(self):
        told = self.good("trace", EXAMPLE, "--patient", "1").stdout
        self.assertRegex(told, r"still running: \w+, due")

    def test_every_strategy_of_the_flagship(self):
        text = FLAGSHIP.read_text()
        section = re.search(r"(?ms)^strategies:\n(.*?)^\w", text).group(1)
        strategies = re.findall(r"(?m)^  (\w+):", section)
        self.assertEqual(len(strategies), 5)
        for strategy in strategies:
            told = self.good("trace", FLAGSHIP, "--patient", "12", "--strategy", strategy).stdout
            self.assertIn(f"strategy {strategy}", told)
            self.assertIn("enters infused", told)
            # The same child under every strategy: attributes are drawn before anybody decides.
            drawn = told.splitlines()[1:10]
            first = drawn if strategy == strategies[0] else first
            self.assertEqual(drawn, first)

    def test_counts_the_draws_that_run_counts(self):
        self.good("run", EXAMPLE, "--patients", "1", "--quiet", "--out", "x.h5")
        record = json.loads((self.folder / "x.run.json").read_text())
        told = self.good("trace", EXAMPLE, "--patient", "1").stdout
        self.assertEqual(told.count("u = "), record["draws"])

    def test_patients_far_out(self):
        self.good("trace", EXAMPLE, "--patient", str(2**40))
        self.assertTrue(numbers(self.good("trace", EXAMPLE, "--patient", str(2**33 + 1)).stdout))


if __name__ == "__main__":
    main()
