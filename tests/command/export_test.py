"""`sojourn export`: what is exported is what is stored, what cannot be is refused, and the documents' lines read it."""
import contextlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys

import h5py
import numpy
import pandas

from support import EXAMPLE, SOURCE, Case, limit_file_size, main

sys.path.insert(0, str(SOURCE / "scripts"))
import read_results as results  # noqa: E402

MAINTENANCE = SOURCE / "configs/examples/maintenance.yaml"
RSCRIPT = shutil.which("Rscript")

# Half of the patients leave `enrolled` at once for `treated`, the others for `watched`; on relapse everybody passes
# through `judged` at once: a third goes back to where she may relapse again at once, the rest are treated or die.
AT_ONCE = """
sojourn: 1
title: Decisions that take no time
horizon: 4 years
cohort: {size: 2000, attributes: {time: {uniform: {min: 0, max: 1}}, kind: {categorical: {x: 1, y: 3}}, high: {probability: 0.3}}}
states:
  enrolled: {initial: true}
  watched: {}
  treated: {}
  judged: {}
  dead: {absorbing: true}
branches:
  choice:
    on_entry: enrolled
    probabilities: {direct: 0.5, later: rest}
    options: {direct: {to: treated}, later: {to: watched}}
  judgement:
    on_entry: judged
    probabilities: {back: 0.3, treat: 0.5, die: rest}
    options: {back: {to: watched}, treat: {to: treated}, die: {to: dead}}
transitions:
  - {name: relapse, from: watched, to: judged, time: {exponential: {mean: 1 year}}}
  - {name: relapse_again, from: treated, to: judged, time: {weibull: {shape: 1.5, scale: 2 years}}}
  - {name: death, from: [watched, treated], to: dead, time: {exponential: {mean: 5 years}}}
  - {name: toxic_death, from: treated, to: dead, time: {exponential: {mean: 9 years}}, hazard_ratio: "high ? 2 : 1"}
outcomes:
  alive: {time_to: dead, at: [1 year, 2 years]}
"""


def read(path):
    return pandas.read_csv(path, float_precision="round_trip", keep_default_na=False)


class Export(Case):
    def run_model(self, model, *options, name="x.h5"):
        self.good("run", model, "--quiet", "--out", name, *options)
        return self.folder / name

    def exported(self, path, kind, *options, table=None):
        self.good("export", path, "--format", kind, "-o", "out", *options)
        return self.folder / "out" if table is None else read(self.folder / "out" / f"{table}.csv")


class Csv(Export):
    def test_every_table_is_what_the_reader_of_result_files_reads(self):
        path = self.run_model(MAINTENANCE, "--patients", "20000")  # more than a block
        out = self.exported(path, "csv")
        self.assertEqual(self.files(out), [name + ".csv" for name in ["baseline", "changes", "comparisons", "curves", "events"]]
                         + ["export.json", "flows.csv", "outcomes.csv", "sojourns.csv"])
        for table in ["sojourns", "events", "changes"]:
            wanted = getattr(results, table)(path)
            for column in wanted.select_dtypes("category"):
                wanted[column] = wanted[column].astype(str)
            pandas.testing.assert_frame_equal(read(out / f"{table}.csv"), wanted, check_dtype=False, check_exact=True)
        baseline = read(out / "baseline.csv")
        for strategy, rows in baseline.groupby("strategy"):
            wanted = results.baseline(path, strategy)
            pandas.testing.assert_frame_equal(rows.drop(columns="strategy").reset_index(drop=True), wanted,
                                              check_dtype=False, check_exact=True)
        self.good("run", path, "--no-trajectories", "--quiet", "--csv", "wanted.csv")
        self.assertEqual((out / "outcomes.csv").read_bytes(), self.bytes("wanted.csv"))

    def test_numbers_in_place_of_names(self):
        path = self.run_model(self.write("m.yaml", AT_ONCE), "--patients", "300")
        out = self.exported(path, "csv", "--ids")
        stays = read(out / "sojourns.csv")
        with h5py.File(path) as file:
            group = file["strategies/base/sojourns"]
            for column in ["patient_id", "state_id", "transition_id", "time_start", "time_stop"]:
                self.assertTrue((stays[column] == group[column][()]).all(), column)
        self.assertEqual(set(read(out / "baseline.csv")["kind"]), {1, 2})

    def test_patients_strategies_and_one_table(self):
        path = self.run_model(MAINTENANCE, "--patients", "500")
        names = list(results.dictionary(path, "strategies").name)
        done = self.good("export", path, "--format", "csv", "--table", "sojourns", "--patients", "7-9", "--strategies", names[1])
        stays = pandas.read_csv(io.StringIO(done.stdout))
        self.assertEqual(set(stays.strategy), {names[1]})
        self.assertEqual(sorted(set(stays.patient_id)), [7, 8, 9])
        self.assertIn("patients 7 to 9", done.stderr)
        both = self.good("export", path, "--format", "csv", "--table", "baseline", "--strategies", ",".join(reversed(names))).stdout
        self.assertEqual(list(dict.fromkeys(pandas.read_csv(io.StringIO(both)).strategy)), names[::-1])
        self.assertEqual(self.files(), ["x.h5", "x.run.json"], "nothing but standard output")

    def test_the_default_folder_and_what_it_says_of_itself(self):
        path = self.run_model(EXAMPLE, "--patients", "500", "--keep", "100")
        done = self.good("export", path, "--format", "csv")
        about = json.loads((self.folder / "x_csv/export.json").read_text())
        self.assertEqual(about["digest"], results.attributes(path)["digest"])
        self.assertEqual(about["patients"], {"simulated": 500, "first": 1, "last": 100})
        self.assertEqual(about["trajectories"], "patients 1 to 100 of 500, all states")
        self.assertIn("patients 1 to 100 of 500", done.stdout)
        first = {name: (self.folder / "x_csv" / name).read_bytes() for name in self.files(self.folder / "x_csv")}
        self.good("export", path, "--format", "csv")
        self.assertEqual(first, {name: (self.folder / "x_csv" / name).read_bytes() for name in first})

    def test_names_with_commas_are_quoted(self):
        text = AT_ONCE.replace("name: death, ", "")
        path = self.run_model(self.write("m.yaml", text), "--patients", "300")
        self.assertIn("transition:watched,treated>dead", set(self.exported(path, "csv", table="sojourns").transition))


class Mstate(Export):
    def check(self, path, table, tmat):
        """Rebuilds every row from the stays, by rules written here anew."""
        states = list(tmat.columns)
        absorbing = dict(zip(results.dictionary(path, "states").name, results.dictionary(path, "states").absorbing))
        transitions = {(i, j): int(tmat.iloc[i, j]) for i, j in itertools.product(range(len(states)), repeat=2)
                       if tmat.iloc[i, j] != "NA"}
        self.assertEqual(list(transitions.values()), list(range(1, len(transitions) + 1)))
        wanted = []
        for (strategy, patient), stays in results.sojourns(path).groupby(["strategy", "patient_id"], observed=True, sort=False):
            rows = [(states.index(s), a, b) for s, a, b in zip(stays.state, stays.time_start, stays.time_stop)]
            kept = [row for i, row in enumerate(rows) if row[1] < row[2] or i == len(rows) - 1]
            for i, (state, start, stop) in enumerate(kept):
                to = kept[i + 1][0] if i + 1 < len(kept) else state
                if start == stop:
                    continue
                wanted += [(patient, state + 1, j + 1, number, start, stop, int(j == to), strategy)
                           for (k, j), number in transitions.items() if k == state]
                self.assertTrue(to == state or (state, to) in transitions)
            self.assertFalse(absorbing[states[kept[0][0]]] and len(kept) > 1)
        got = list(table[["id", "from", "to", "trans", "Tstart", "Tstop", "status", "strategy"]].itertuples(index=False, name=None))
        self.assertEqual(got, wanted)
        self.assertTrue((table.time == table.Tstop - table.Tstart).all())
        self.assertTrue((table.time > 0).all())

    def tables(self, path, *options):
        out = self.exported(path, "mstate", *options)
        return read(out / "long.csv"), pandas.read_csv(out / "tmat.csv", index_col=0, dtype=str, keep_default_na=False)

    def test_rows_of_a_plain_model(self):
        path = self.run_model(EXAMPLE, "--patients", "400")
        table, tmat = self.tables(path)
        self.assertEqual([list(row) for row in tmat.values], [["NA", "1", "2"], ["NA", "NA", "3"], ["NA"] * 3])
        self.check(path, table, tmat)
        self.assertEqual(set(table.transition), {"", "relapse", "death_in_remission", "death_after_relapse"})

    def test_rows_of_two_strategies_with_covariates(self):
        path = self.run_model(MAINTENANCE, "--patients", "300")
        table, tmat = self.tables(path)
        self.check(path, table, tmat)
        self.assertEqual(list(table.columns[10:]), ["age", "high_risk"])
        first = table.drop_duplicates(["strategy", "id"]).set_index("id")
        self.assertTrue((first[first.strategy == "all"].age == results.baseline(path).set_index("patient_id").age).all())

    def test_stays_without_length_are_passed_through(self):
        path = self.run_model(self.write("m.yaml", AT_ONCE))
        table, tmat = self.tables(path)
        self.check(path, table, tmat)
        # watched to watched is no move; `enrolled` and `judged` have no part
        wanted = pandas.DataFrame("NA", tmat.index, tmat.columns)
        for number, (a, b) in enumerate([("watched", "treated"), ("watched", "dead"), ("treated", "watched"), ("treated", "dead")], 1):
            wanted.loc[a, b] = str(number)
        self.assertTrue((tmat == wanted).all().all(), tmat)
        self.assertEqual(list(table.columns[10:]), ["baseline_time", "kind", "high"])
        # several transitions between two states, and those through `judged`, are one number
        self.assertEqual(set(table[(table.trans == 4) & (table.status == 1)].transition), {"death", "toxic_death", "relapse_again"})
        self.assertEqual(len(table.drop_duplicates(["id"])), 2000)

    def test_numbers_do_not_depend_on_what_is_exported(self):
        path = self.run_model(self.write("m.yaml", AT_ONCE))
        whole, tmat = self.tables(path, "--no-covariates")
        few, same = self.tables(path, "--no-covariates", "--patients", "5-20")
        self.assertTrue((tmat == same).all().all())
        pandas.testing.assert_frame_equal(few, whole[whole.id.between(5, 20)].reset_index(drop=True))
        chosen, _ = self.tables(path, "--covariates", "high,time", "--patients", "1-2")
        self.assertEqual(list(chosen.columns[10:]), ["high", "baseline_time"])

    def test_lives_without_a_row_are_counted(self):
        text = AT_ONCE.replace("probabilities: {direct: 0.5, later: rest}", "probabilities: {direct: 0.5, dies: 0.1, later: rest}").replace(
            "{direct: {to: treated}, later", "{direct: {to: treated}, dies: {to: dead}, later")
        path = self.run_model(self.write("m.yaml", text))
        lives = results.sojourns(path)
        dead = (lives[lives.time_start < lives.time_stop].groupby("patient_id").first().state == "dead").sum()
        self.assertGreater(dead, 100)
        done = self.good("export", path, "--format", "mstate")
        self.assertIn(f"{dead} lives have no row", done.stdout)
        self.assertEqual(read(self.folder / "x_mstate/long.csv").id.nunique(), 2000 - dead)


class Hesim(Export):
    def test_a_row_a_stay(self):
        path = self.run_model(MAINTENANCE, "--patients", "400")
        table = self.exported(path, "hesim", table="disprog")
        self.assertEqual(list(table.columns), "sample strategy_id patient_id grp_id from to final time_start time_stop".split())
        names, states = results.dictionary(path, "strategies"), results.dictionary(path, "states")
        numbers = dict(zip(states.name, states.state_id))
        wanted = []
        for strategy, stays in results.sojourns(path).groupby("strategy", observed=True, sort=False):
            for patient, life in stays.groupby("patient_id"):
                to = [numbers[s] for s in life.state][1:] + [numbers[life.state.iloc[-1]]]
                rows = [(1, names[names.name == strategy].strategy_id.item(), patient, 1, numbers[s], t, 0, a, b)
                        for s, t, a, b in zip(life.state, to, life.time_start, life.time_stop) if s != "dead"]
                rows[-1] = rows[-1][:6] + (1,) + rows[-1][7:]
                wanted += rows
        self.assertEqual(list(table.itertuples(index=False, name=None)), wanted)

    def test_probabilities_are_shares_of_the_patients(self):
        path = self.run_model(MAINTENANCE, "--patients", "3000")
        table = self.exported(path, "hesim", "--group", "high_risk", "--step", "6 months", table="stateprobs")
        self.assertEqual(list(table.columns), "sample strategy_id grp_id state_id t prob".split())
        times = numpy.arange(21) * 6 / 12
        self.assertEqual(sorted(set(table.t)), list(times))
        high = results.baseline(path).high_risk.to_numpy()
        names, states = results.dictionary(path, "strategies"), results.dictionary(path, "states")
        for (strategy, group, state), rows in table.groupby(["strategy_id", "grp_id", "state_id"]):
            stays = results.sojourns(path, names[names.strategy_id == strategy].name.item())
            stays = stays[high[stays.patient_id - 1] == (group == 2)]
            stays = stays[stays.state == states[states.state_id == state].name.item()]
            inside = [((stays.time_start <= t) & ((t < stays.time_stop) | (stays.time_stop == 10))).sum() for t in times]
            self.assertTrue((rows.prob.to_numpy() == numpy.array(inside) / (high == (group == 2)).sum()).all())
        self.assertTrue(numpy.allclose(table.groupby(["strategy_id", "grp_id", "t"]).prob.sum(), 1, atol=1e-12))

    def test_probabilities_are_the_outcomes(self):
        path = self.run_model(EXAMPLE, "--patients", "5000")
        table = self.exported(path, "hesim", table="stateprobs")
        outcomes = results.outcomes(path)
        for t in [1, 5, 10, 20]:
            row = outcomes[(outcomes.measure == "survival") & (outcomes.time == t)]
            self.assertAlmostEqual(table[(table.t == t) & (table.state_id < 3)].prob.sum(), row.estimate.item(), delta=1e-12)


class Refusals(Export):
    def refuse(self, path, says, *options):
        before = self.files()
        self.bad(3, "export", path, *options, says=says)
        self.assertEqual(self.files(), before, "nothing is left behind")

    def test_results_that_do_not_hold_it(self):
        none = self.run_model(EXAMPLE, "--patients", "50", "--no-trajectories", name="none.h5")
        for kind in ["csv", "mstate", "hesim"]:
            self.refuse(none, "no trajectories were kept", "--format", kind)
        self.good("export", none, "--format", "csv", "--table", "outcomes", "-o", "o.csv")
        some = self.run_model(EXAMPLE, "--patients", "50", "--keep-states", "relapsed", name="some.h5")
        for kind in ["mstate", "hesim"]:
            self.refuse(some, ["stays in some states were left out", "--keep-states"], "--format", kind)
        self.assertIn("sojourns only in relapsed", self.good("export", some, "--format", "csv").stdout)
        self.refuse(some, "--samples", "--format", "bcea")
        few = self.run_model(EXAMPLE, "--patients", "50", "--keep", "10", name="few.h5")
        self.refuse(few, "patients 1 to 10 ", "--format", "mstate", "--patients", "5-11")

    def test_what_is_no_result(self):
        self.refuse(EXAMPLE, "", "--format", "csv")
        self.refuse("absent.h5", "absent.h5", "--format", "csv")

    def test_options(self):
        path = self.run_model(MAINTENANCE, "--patients", "50")
        for says, options in [("there is no format 'stata' (csv, mstate, hesim, bcea)", ["--format", "stata"]),
                              ("no table 'sojourn' (sojourns, events, changes, baseline, comparisons, curves, flows, outcomes); did you mean `sojourns`?",
                               ["--format", "csv", "--table", "sojourn"]),
                              ("has no strategy 'al'", ["--format", "csv", "--strategies", "al"]),
                              ("'all' is given twice", ["--format", "csv", "--strategies", "all,all"]),
                              ("1-10 for the first 10, 10-10 for one alone", ["--format", "csv", "--patients", "10"]),
                              ("'9-3' is in the wrong order", ["--format", "csv", "--patients", "9-3"]),
                              ("'0' is no patient", ["--format", "csv", "--patients", "0-3"]),
                              ("'1.5' is no patient", ["--format", "csv", "--patients", "1-1.5"]),
                              ("there is no attribute 'agee'; did you mean `age`?", ["--format", "mstate", "--covariates", "agee"]),
                              ("'age' is a number", ["--format", "hesim", "--group", "age"]),
                              ("'1 fortnight' is no time", ["--format", "hesim", "--step", "1 fortnight"]),
                              ("'0 days' is no time", ["--format", "hesim", "--step", "0 days"]),
                              ("too many times", ["--format", "hesim", "--step", "0.000001 days"]),
                              ("choose one with --table", ["--format", "csv", "-o", "-"]),
                              ("'10:20' is not FROM:TO:STEP", ["--format", "bcea", "--thresholds", "10:20"])]:
            self.refuse(path, says, *options)
        self.bad(2, "export", path)
        self.bad(2, "export", path, "--format", "mstate", "--covariates", "age", "--no-covariates")

    def test_places(self):
        path = self.run_model(EXAMPLE, "--patients", "50")
        self.write("file", "mine")
        self.bad(1, "export", path, "--format", "csv", "-o", "file", says="it is a file")
        self.assertEqual((self.folder / "file").read_text(), "mine")
        self.bad(1, "export", path, "--format", "csv", "-o", "absent/out", says="absent/out")
        self.bad(3, "export", path, "--format", "csv", "--table", "sojourns", "-o", path, says="x.h5")
        results.sojourns(path)

    def test_a_full_disk_leaves_what_was_there(self):
        path = self.run_model(MAINTENANCE, "--patients", "20000")
        self.good("export", path, "--format", "csv", "--patients", "1-5", "-o", "out")
        before = (self.folder / "out/sojourns.csv").read_bytes()
        self.bad(1, "export", path, "--format", "csv", "-o", "out", says="limit on the size of files",
                 preexec_fn=limit_file_size(400000))
        self.assertEqual((self.folder / "out/sojourns.csv").read_bytes(), before)
        self.bad(1, "export", path, "--format", "csv", "-o", "new", preexec_fn=limit_file_size(400000))
        self.assertEqual(self.files(), ["out", "x.h5", "x.run.json"])
        self.assertEqual([name for name in os.listdir(self.folder / "out") if ".part" in name], [])


class Memory(Export):
    def peak(self, path, kind):
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        from support import PROGRAM
        done = subprocess.run([sys.executable, "-c", script, PROGRAM, "export", path, "--format", kind, "-o", "out"],
                              cwd=self.folder, check=True, capture_output=True, text=True)
        return int(done.stdout) / 1024

    def test_it_does_not_grow_with_the_patients(self):
        few = self.run_model(EXAMPLE, "--patients", "30000", name="few.h5")
        many = self.run_model(EXAMPLE, "--patients", "300000", name="many.h5")
        for kind in ["csv", "mstate", "hesim"]:
            self.assertLess(self.peak(many, kind), self.peak(few, kind) + 12, f"{kind} [MB]")


class Documented(Export):
    """The lines of docs/exports.md, on the exports that it names."""
    TEXT = (SOURCE / "docs/exports.md").read_text()

    def setUp(self):
        super().setUp()
        path = self.run_model(EXAMPLE, "--patients", "8000", name="illness_death.h5")
        for kind in ["csv", "mstate", "hesim"]:
            self.good("export", path, "--format", kind)
        path = self.run_model(MAINTENANCE, "--patients", "500", "--no-trajectories", name="maintenance.h5")
        self.add_samples(path)
        self.good("export", path, "--format", "bcea", "--effects", "life", "--costs", "money")

    def add_samples(self, path):
        """Twenty samples under every strategy, as `run --samples` would store them."""
        strategies = list(results.dictionary(path, "strategies").name)
        rows = [(sample, outcome, strategy, 10 * sample + place + (100 if outcome == "money" else 0))
                for sample in range(1, 21) for outcome in ["life", "money"] for place, strategy in enumerate(strategies)]
        columns = {"sample": numpy.array([row[0] for row in rows]), "outcome": [row[1] for row in rows],
                   "strategy": [row[2] for row in rows], "estimate": numpy.array([float(row[3]) for row in rows])}
        with h5py.File(path, "a") as file:
            group = file.create_group("outcomes/samples")
            group.attrs["description"] = numpy.bytes_("samples")
            for name, values in {**columns, "columns": list(columns)}.items():
                if isinstance(values, list):
                    size = max(map(len, values)) + 1
                    values = numpy.array([value.encode() for value in values], h5py.string_dtype("utf-8", size))
                group[name] = values

    def blocks(self, language):
        found = re.findall(rf"^```{language}\n(.*?)^```", self.TEXT, re.MULTILINE | re.DOTALL)
        self.assertEqual(len(found), 4, "one a format")
        return found

    def test_python(self):
        scope = {"pandas": pandas}
        with contextlib.chdir(self.folder):
            for block in self.blocks("python"):
                exec(block, scope)
        self.assertEqual(list(scope["sojourns"].columns), "strategy patient_id state transition time_start time_stop".split())
        self.assertEqual(list(scope["rates"].index), [1, 2, 3])
        self.assertTrue(numpy.allclose(scope["occupancy"].sum(axis=1), 1))
        self.assertEqual(scope["e"].shape, (20, 3))
        self.assertTrue((scope["c"].index == scope["e"].index).all() and (scope["c"] - scope["e"] == 100).all().all())

    def test_r(self):
        """The lines, then what survival makes of them: tests/command/exports.R."""
        self.assertIsNotNone(RSCRIPT)
        checks = (SOURCE / "tests/command/exports.R").read_text()
        script = self.write("all.R", "\n".join([*self.blocks("r"), checks]))
        done = subprocess.run([RSCRIPT, "--vanilla", script], cwd=self.folder, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("all checks done", done.stdout)


if __name__ == "__main__":
    main()
