"""Patients from the rows of a file: the result carries the file and gives the same bytes again, wherever it is run."""
import shutil

import h5py

from support import Case, main

MODEL = """sojourn: 1
title: Rows
horizon: 5 years
seed: 3
parameters: {r: 0.5}
cohort:
  size: 3000
  rows:
    file: data/patients.csv
    weight: w
    columns: {age: years, sex: {levels: [female, male]}}
  attributes:
    burden: {beta: {mean: 0.3, sd: 0.2, max: 0.9}}
    dose: {lognormal: {median: 3, sdlog: 0.4, min: 1}}
  correlation: [[burden, dose, r]]
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions: [{name: death, from: alive, to: dead, time: {exponential: {rate: 0.1 per year}}, hazard_ratio: "sex == male ? 2 : 1"}]
strategies: {one: {}, two: {parameters: {r: -0.5}}}
"""


class Rows(Case):
    def setUp(self):
        super().setUp()
        self.write("model.yaml", MODEL)
        (self.folder / "data").mkdir()
        rows = [f"{i},{1 + i % 19},{'male' if i % 3 else 'female'},{i % 4}" for i in range(2000)]
        self.write("data/patients.csv", "id,age,sex,w\n" + "\n".join(rows) + "\n")

    def test_the_result_carries_the_file(self):
        self.good("run", "model.yaml", "--out", "a.h5", "--threads", "1", "--quiet")
        self.good("run", "model.yaml", "--out", "b.h5", "--threads", "4", "--quiet")
        self.assertEqual(self.bytes("a.h5"), self.bytes("b.h5"))
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        shutil.copy(self.folder / "a.h5", elsewhere)
        shutil.rmtree(self.folder / "data")
        self.good("run", "a.h5", "--out", "c.h5", "--threads", "2", "--quiet", cwd=elsewhere)
        self.assertEqual((elsewhere / "c.h5").read_bytes(), self.bytes("a.h5"))
        self.bad(3, "run", "model.yaml", says="data/patients.csv")

    def test_the_cohort_in_the_result(self):
        self.good("run", "model.yaml", "--out", "a.h5", "--quiet")
        with h5py.File(self.folder / "a.h5") as file:
            names = list(file["dictionary/attributes/name"].asstr())
            self.assertEqual(names, ["age", "sex", "burden", "dose"])
            self.assertEqual(list(file["dictionary/attributes/drawn"]), [1, 1, 1, 1])

    def test_trace_and_explain(self):
        told = self.good("trace", "model.yaml", "--patient", "7", "--strategy", "two").stdout
        self.assertRegex(told, r"  row \d+ of 2000 in data/patients\.csv \(u = 0\.\d+\)\n  age = \d+ \(of this row\)\n  sex = ")
        self.assertRegex(told, r"  burden = 0\.\d+ \(u = 0\.\d+\)\n  dose = \d\.\d+ \(u = 0\.\d+, correlated\)")
        told = self.good("check", "--explain", "model.yaml").stdout
        self.assertIn("age, sex from 2000 rows of data/patients.csv, a row at random for each patient, by the weight w", told)
        self.assertIn("Rank correlations: burden with dose 0.5.", told)


if __name__ == "__main__":
    main()
