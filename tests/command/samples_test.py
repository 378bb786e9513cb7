"""run --samples: what comes of uncertain parameters. Statistical bounds: 5 standard errors a number (6e-7 each, below 1e-4 in all);
seeds are fixed."""
import csv
import json
import math
import re
import statistics
import subprocess

import h5py

from support import SOURCE, Case, main, philox4x32_10, fnv1a32

W3 = SOURCE / "tests/data/models/w3.yaml"
EBMT = SOURCE / "configs/examples/ebmt_uncertain.yaml"
FLAGSHIP = SOURCE / "configs/ball_cd19_cd22.yaml"

# Survival is exponential, its rate lambda gamma with shape 4 and rate 20 years: E exp(-a lambda) = (20 / (20 + a))^4, so that
# over the parameter survival is Lomax. The treatment halves the rate.
LOMAX = """
sojourn: 1
title: Exponential survival with an uncertain rate
horizon: 10 years
parameters:
  rate: {value: 0.2 per year, uncertainty: {gamma: {mean: 0.2 per year, sd: 0.1 per year}}}
  effect: 1
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions: [{name: death, from: alive, to: dead, time: {exponential: {rate: rate}}, hazard_ratio: effect}]
strategies: {none: {reference: true}, treated: {parameters: {effect: 0.5}}}
outcomes: {alive: {time_to: dead, at: [1 year, 5 years], restricted_mean: 10 years}}
"""


def transform(years):
    """E exp(-years lambda)"""
    return (20 / (20 + years)) ** 4


def uniform(seed, sample, patient, name):
    words = philox4x32_10([patient, 0, fnv1a32(name), 0], [seed, sample])
    return ((words[1] << 32 | words[0]) >> 12) * 2.0**-52 + 2.0**-53


def columns(path, table):
    with h5py.File(path, "r") as file:
        group = file["outcomes"][table]
        names = [name.decode().rstrip("\0") for name in group["columns"][:]]
        found = {}
        for name in names:
            values = group[name][:]
            found[name] = [v.decode().rstrip("\0") for v in values] if values.dtype.kind == "S" else values.tolist()
        return found


def number(text):
    return float(text) if text else math.nan


class Lomax(Case):
    SAMPLES, PATIENTS = 4000, 20

    def rows(self, *more):
        self.good("run", self.write("lomax.yaml", LOMAX), "--samples", self.SAMPLES, "--patients", self.PATIENTS, "--quiet",
                  "--csv", "x.csv", *more)
        with open(self.folder / "x.csv", newline="") as file:
            return {(row["measure"], float(row["time"]), row["strategy"]): row for row in csv.DictReader(file)}

    def test_means_and_corrected_spread(self):
        rows = self.rows()
        for years in 1, 5:
            for strategy, scale in ("none", 1), ("treated", 0.5):
                row = rows["survival", years, strategy]
                mean, square = transform(scale * years), transform(2 * scale * years)
                sd, noise = math.sqrt(square - mean**2), math.sqrt((mean - square) / self.PATIENTS)
                self.close(row, "", mean, sd, noise)
            row = rows["survival", years, "treated"]
            mean = transform(0.5 * years) - transform(years)
            square = transform(years) - 2 * transform(1.5 * years) + transform(2 * years)
            # One budget a patient: S_treated - S_none of them live on with the treatment only.
            self.close(row, "difference_", mean, math.sqrt(square - mean**2), math.sqrt((mean - square) / self.PATIENTS))

    def close(self, row, prefix, mean, sd, noise):
        se = number(row[prefix + "sample_mean_se"])
        self.assertLess(abs(number(row[prefix + "sample_mean"]) - mean), 5 * se)
        self.assertAlmostEqual(se, math.sqrt((sd**2 + noise**2) / self.SAMPLES), delta=0.1 * se)
        sd_se = number(row[prefix + "parameter_sd_se"])
        self.assertLess(sd_se, 0.1 * sd)
        self.assertLess(abs(number(row[prefix + "parameter_sd"]) - sd), 5 * sd_se)
        self.assertAlmostEqual(number(row[prefix + "noise_sd"]), noise, delta=0.05 * noise)
        # Without the correction it would be found wrong.
        self.assertGreater(number(row[prefix + "sample_sd"]) - sd, 5 * sd_se)
        self.assertLess(number(row[prefix + "sample_q025"]), number(row[prefix + "sample_q500"]))
        self.assertLess(number(row[prefix + "sample_q500"]), number(row[prefix + "sample_q975"]))

    def test_restricted_mean(self):
        row = self.rows()["restricted_mean", 10, "none"]
        mean = 20 / 3 * (1 - (20 / 30) ** 3)  # the integral of (20 / (20 + t))^4
        self.assertLess(abs(number(row["sample_mean"]) - mean), 5 * number(row["sample_mean_se"]))

    def test_every_patient_of_every_sample_is_its_own(self):
        self.good("run", self.write("lomax.yaml", LOMAX), "--samples", 5, "--patients", 30, "--seed", 8, "--quiet", "--out", "x.h5")
        drawn, found = columns(self.folder / "x.h5", "parameters"), columns(self.folder / "x.h5", "samples")
        self.assertEqual(drawn["sample"], list(range(6)))
        self.assertEqual(drawn["value"][0], 0.2)
        self.assertEqual(set(drawn["unit"]), {"per year"})
        for i, sample in enumerate(found["sample"]):
            if found["measure"][i] != "survival" or found["strategy"][i] != "none":
                continue
            times = [-math.log(uniform(8, sample, patient, "death")) / drawn["value"][sample] for patient in range(1, 31)]
            self.assertEqual(found["estimate"][i], statistics.fmean(t > found["time"][i] for t in times))


class Sharing(Case):
    """With hardly any uncertainty all that differs between samples is noise."""

    def spread(self, *more):
        model = self.write("m.yaml", LOMAX.replace("sd: 0.1 per year", "sd: 0.0001 per year"))
        self.good("run", model, "--samples", "200", "--patients", "200", "--quiet", "--json", "x.json", "--csv", "x.csv", *more)
        with open(self.folder / "x.csv", newline="") as file:
            row = [r for r in csv.DictReader(file) if r["strategy"] == "treated" and r["measure"] == "restricted_mean"][0]
        return row, json.loads((self.folder / "x.json").read_text())

    def test_sharing_patients_takes_the_noise_out_of_differences(self):
        apart, made = self.spread()
        self.assertEqual((made["samples"], made["patients_shared"]), (200, False))
        shared, made = self.spread("--share-patients")
        self.assertEqual((made["samples"], made["patients_shared"]), (200, True))
        self.assertLess(number(shared["difference_sample_sd"]), 0.02 * number(apart["difference_sample_sd"]))
        self.assertIn("upper bound", shared["difference_sample_note"])
        self.assertEqual(shared["difference_parameter_sd"], shared["difference_sample_sd"])
        # The noise that all samples share stays in the mean.
        self.assertGreater(number(shared["difference_sample_mean_se"]), 0.9 * number(shared["difference_noise_sd"]))

    def test_below_the_noise(self):
        rows = [self.spread("--seed", str(seed))[0] for seed in range(6)]
        below = [row for row in rows if "smaller than the noise: use more patients a sample" in row["sample_note"]]
        self.assertGreater(len(below), 0)  # each with probability 1/2
        for row in below:
            self.assertEqual(row["parameter_sd"], "")
            self.assertLess(number(row["sample_sd"]), number(row["noise_sd"]))


class Files(Case):
    def test_rows_are_used_as_they_are(self):
        self.good("run", W3, "--samples", 1000, "--patients", 5, "--quiet", "--out", "x.h5")
        drawn = columns(self.folder / "x.h5", "parameters")
        with open(SOURCE / "tests/data/models/w3_parameters.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        found = {(s, p): v for s, p, v in zip(drawn["sample"], drawn["parameter"], drawn["value"])}
        self.assertEqual(len(found), 1001 * 7)
        for sample, row in enumerate(rows, 1):
            for name, value in row.items():
                self.assertEqual(found[sample, name], float(value))

    def test_a_covariance_of_r_is_recovered(self):
        samples = 2000
        self.good("run", EBMT, "--samples", samples, "--patients", 2, "--quiet", "--out", "x.h5")
        drawn = columns(self.folder / "x.h5", "parameters")
        logs = {}
        for sample, name, value in zip(drawn["sample"], drawn["parameter"], drawn["value"]):
            logs.setdefault(name, []).append(math.log(value))
        with open(SOURCE / "configs/examples/ebmt_covariance.csv", newline="") as file:
            matrix = {row.pop(""): row for row in csv.DictReader(file)}
        self.assertEqual(set(logs), set(matrix))
        for a, ours in logs.items():
            base, first = ours[0], ours[1:]
            variance = float(matrix[a][a])
            self.assertLess(abs(statistics.fmean(first) - base), 5 * math.sqrt(variance / samples))
            for b, others in logs.items():
                expected, other = float(matrix[a][b]), float(matrix[b][b])
                found = statistics.fmean((x - base) * (y - others[0]) for x, y in zip(first, others[1:]))
                self.assertLess(abs(found - expected), 5 * math.sqrt((variance * other + expected**2) / samples), (a, b))

    def test_occupancy_of_the_base_case_is_that_of_r(self):
        self.good("run", EBMT, "--samples", 2, "--patients", 20000, "--quiet", "--csv", "x.csv")
        with open(self.folder / "x.csv", newline="") as file:
            rows = {(r["outcome"], float(r["time"])): r for r in csv.DictReader(file)}
        with open(SOURCE / "tests/data/engine/ebmt4_occupancy.csv", newline="") as file:
            reference = {(r["state"], float(r["t"])): r for r in csv.DictReader(file) if r["model"] == "weibull_reset"}
        for outcome, state in ("relapse", "Rel"), ("death", "Death"), ("transplanted", "Tx"):
            row, exact = rows[outcome, 1.0], reference[state, 1.0]
            allowed = 5 * math.hypot(float(row["se"]), float(exact["mcse"]))
            self.assertLess(abs(float(row["estimate"]) - float(exact["p"])), allowed)


class Bytes(Case):
    def test_threads(self):
        for model, samples, patients in (FLAGSHIP, 7, 100), (W3, 3, 3000), (EBMT, 40, 60):
            reference = None
            for threads in 1, 2, 7:
                self.good("run", model, "--samples", samples, "--patients", patients, "--quiet", "--out", "x.h5", "--csv", "x.csv",
                          "--json", "x.json", "--threads", threads)
                made = [self.bytes(file) for file in ("x.h5", "x.csv", "x.json")]
                reference = reference or made
                self.assertEqual(made, reference, f"{model.name} differs with {threads} threads")

    def test_a_result_runs_again(self):
        for more in [], ["--share-patients"], ["--keep", "3"]:
            self.good("run", EBMT, "--samples", 5, "--patients", 40, "--quiet", "--out", "x.h5", *more)
            self.good("run", "x.h5", "--quiet", "--out", "again.h5", "--threads", 1)
            self.assertEqual(self.bytes("x.h5"), self.bytes("again.h5"))
        self.good("run", "x.h5", "--quiet", "--out", "other.h5", "--samples", 6)
        self.assertEqual(len(set(columns(self.folder / "other.h5", "samples")["sample"])), 6)

    def test_a_run_without_samples_has_nothing_of_them(self):
        self.good("run", EBMT, "--patients", 40, "--quiet", "--out", "x.h5")
        with h5py.File(self.folder / "x.h5", "r") as file:
            self.assertNotIn("samples", file["input"])
            self.assertTrue({"samples", "parameters"}.isdisjoint(file["outcomes"]))
            self.assertNotIn("sample_mean", file["outcomes/outcomes"])
            self.assertNotIn("samples", file.attrs)

    def test_more_samples_keep_the_first(self):
        for samples in 4, 9:
            self.good("run", EBMT, "--samples", samples, "--patients", 40, "--quiet", "--out", f"{samples}.h5")
        few, more = (columns(self.folder / f"{n}.h5", "samples")["estimate"] for n in (4, 9))
        self.assertEqual(more[:len(few)], few)


class Readers(Case):
    """scripts/read_results.py and .R give what the file holds."""

    def test_samples_and_parameters(self):
        self.good("run", self.write("m.yaml", LOMAX), "--samples", 4, "--patients", 30, "--quiet", "--out", "x.h5")
        for reader in ["/usr/bin/python3", "-B", SOURCE / "scripts/read_results.py"], ["Rscript", SOURCE / "scripts/read_results.R"]:
            for table in "samples", "parameters":
                more = ["--csv", "-"] if "python" in reader[0] else []
                done = subprocess.run([*map(str, reader), "x.h5", table, *more], cwd=self.folder, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stderr)
                rows, wanted = list(csv.DictReader(done.stdout.splitlines())), columns(self.folder / "x.h5", table)
                self.assertEqual(list(rows[0]), list(wanted))
                for name, values in wanted.items():
                    for row, value in zip(rows, values, strict=True):
                        if isinstance(value, str):
                            self.assertEqual(row[name], value)
                        elif row[name] in ("", "NA", "NaN"):
                            self.assertTrue(math.isnan(value))
                        else:
                            self.assertAlmostEqual(float(row[name]), value, delta=1e-12)
        self.good("run", self.write("m.yaml", LOMAX), "--patients", 30, "--quiet", "--out", "y.h5")
        done = subprocess.run(["/usr/bin/python3", "-B", SOURCE / "scripts/read_results.py", "y.h5", "samples"], cwd=self.folder,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no table 'samples'", done.stderr)


class Output(Case):
    def test_trajectories_are_the_base_cases_and_only_where_asked_for(self):
        self.good("run", EBMT, "--samples", 3, "--patients", 40)
        self.assertIn("ebmt_uncertain.h5", self.files())
        with h5py.File(self.folder / "ebmt_uncertain.h5", "r") as file:
            self.assertEqual((file.attrs["patients_stored"], file.attrs["samples"]), (0, 3))
        self.good("run", EBMT, "--samples", 3, "--patients", 40, "--keep", 40, "--out", "x.h5", "--quiet")
        self.good("run", EBMT, "--patients", 40, "--out", "base.h5", "--quiet")
        with h5py.File(self.folder / "x.h5", "r") as file, h5py.File(self.folder / "base.h5", "r") as base:
            path = "strategies/base/sojourns/time_stop"
            self.assertEqual(file[path][:].tolist(), base[path][:].tolist())
            self.assertEqual(file["outcomes/outcomes/estimate"][:].tolist(), base["outcomes/outcomes/estimate"][:].tolist())
        self.good("run", EBMT, "--samples", 3, "--patients", 40, "--no-trajectories", "--quiet", "--set", "tx_rec_shape=0.4")
        self.assertNotIn("none.h5", self.files())

    def test_table_and_inspect(self):
        said = self.good("run", self.write("m.yaml", LOMAX), "--samples", 50, "--patients", 40).stdout
        for text in ("Base case", "50 samples of 40 patients each", ", sd ", "parameter uncertainty", "95% of the samples, noise included"):
            self.assertIn(text, said)
        self.assertNotIn("published", said)
        self.assertIn("samples       50 of the uncertain parameters, each with patients of its own", self.good("inspect", "m.h5").stdout)
        self.assertIn("equal", self.good("inspect", "--verify", "m.h5").stdout)

    def test_the_fit_to_the_trial_is_said_to_be_broken(self):
        said = self.good("run", FLAGSHIP, "--samples", 2, "--patients", 50, "--no-trajectories").stdout
        self.assertIn("Nothing is fitted anew in a sample", re.sub(r"\s+", " ", said))

    def test_explain_lists_what_is_uncertain(self):
        said = self.good("check", "--explain", FLAGSHIP).stdout
        self.assertIn("Uncertain parameters, drawn by run --samples:", said)
        self.assertIn("hr_relapse_mrd: lognormal, 95% from 2.1", said)
        self.assertIn("fits, together, normal: tx_rec_shape, tx_rec_scale", self.good("check", "--explain", EBMT).stdout)
        self.assertIn("9 parameters, 9 without a source, 7 uncertain", self.good("check", W3).stdout)
        fixed = self.good("check", "--explain", FLAGSHIP, "--set", "hr_relapse_mrd=3").stdout
        self.assertIn("(not drawn: its value is given on the command line)", fixed)


class Refused(Case):
    def test_options(self):
        self.bad(3, "run", SOURCE / "configs/examples/illness_death.yaml", "--samples", 10,
                 says="--samples: no parameter of the model is uncertain; give some an `uncertainty`")
        self.bad(3, "run", EBMT, "--share-patients", says="--share-patients: there are no samples; say --samples S")
        self.bad(3, "run", EBMT, "--samples", 10, "--patients", 1, says="cannot be told from one patient")
        self.bad(3, "run", W3, "--samples", 1001, says=["has 1000 rows, one a sample", "pick: resample", "uncertainty.sets"])
        for wrong in "1", "0", "x", "10000000":
            self.assertEqual(self.sojourn("run", EBMT, "--samples", wrong).returncode, 2)
        self.assertEqual(self.files(), [])

    def test_a_draw_outside_the_range(self):
        model = self.write("m.yaml", LOMAX.replace("{value: 0.2 per year,", "{value: 0.2 per year, range: [0 per year, 0.78 per year],"))
        said = {self.bad(3, "run", model, "--samples", 20000, "--patients", 2, "--quiet", "--threads", threads).stderr for threads in (1, 3)}
        self.assertEqual(len(said), 1)  # the same sample for any number of threads
        self.assertRegex(said.pop(), r"m.yaml:6:3: parameters.rate: the value .* is above the range, whose highest is 0.78 per year "
                                     r"\(in sample \d+\); truncate its distribution")

    def test_a_value_that_no_life_can_be_lived_with(self):
        model = self.write("m.yaml", LOMAX.replace("hazard_ratio: effect", 'hazard_ratio: "effect * bad"').replace(
            "  effect: 1", "  effect: 1\n  bad: {value: 1, uncertainty: {normal: {mean: 1, sd: 0.5}}}"))
        self.bad(3, "run", model, "--samples", 500, "--patients", 2, "--quiet", says="(in sample ")

    def test_a_file_of_values_says_no_uncertainty(self):
        self.write("p.yaml", "parameters: {tx_rec_shape: {value: 0.4, uncertainty: {uniform: {min: 0.3, max: 0.5}}}}\n")
        self.bad(3, "run", EBMT, "--parameters", "p.yaml", says="does not say how uncertain they are")


if __name__ == "__main__":
    main()
