"""The calendar and life tables by calendar year, as a user meets them: words, the file that carries its table, mistakes."""
import math
import unittest

from support import Case, main, uniform

MODEL = """sojourn: 1
title: Calendar
horizon: 12 years
cohort:
  attributes:
    age: {uniform: {min: 60 years, max: 95 years}}
    sex: {categorical: {female: 1, male: 1}}
    calendar_year: {uniform: {min: 2009, max: 2013}}
states: {ill: {initial: true}, treated: {}, dead: {absorbing: true}}
transitions:
  - {name: death, from: any, to: dead, clock: age, time: {life_table: {file: life.csv, by: sex, beyond: hold, other_years: hold}}}
  - {name: treatment, from: ill, to: treated, clock: calendar, time: {piecewise_exponential: {time: [2011 years], rate: [0.5 per year]}}}
events:
  approval: {in: any, clock: calendar, time: {fixed: {time: 2012 years, if_past: never}}}
outcomes:
  os: {time_to: dead, at: [1 year, 5 years]}
"""


def rate(year, age, sex):
    return 0.0001 * math.exp(0.08 * age) * (2 if sex == "male" else 1) * (1 - 0.05 * (year - 2010))


def table():
    rows = [f"{year},{age},{sex},{rate(year, age, sex)!r}" for sex in ("female", "male") for age in range(101) for year in range(2010, 2020)]
    return "year,age,sex,rate\n" + "\n".join(rows) + "\n"


class Calendar(Case):
    def setUp(self):
        super().setUp()
        self.write("life.csv", table())
        self.write("model.yaml", MODEL)

    def test_the_result_carries_the_table(self):
        self.good("run", "model.yaml", "--patients", "3000", "--threads", "1", "--out", "one.h5", "--quiet")
        self.good("run", "model.yaml", "--patients", "3000", "--threads", "7", "--out", "seven.h5", "--quiet")
        (self.folder / "life.csv").unlink()
        self.good("run", "one.h5", "--out", "again.h5", "--quiet")
        self.assertEqual(self.bytes("one.h5"), self.bytes("seven.h5"))
        self.assertEqual(self.bytes("one.h5"), self.bytes("again.h5"))

    def test_words(self):
        told = self.good("check", "--explain", "model.yaml").stdout
        self.assertIn("death: ill, treated -> dead, life_table by age and calendar year, 2010 to 2019, their rates going on", told)
        self.assertIn("treatment: ill -> treated, piecewise_exponential by calendar year\n", told)
        self.assertIn("approval: in 2012\n", told)
        start = int(2009 + 4 * uniform(1, 1, "calendar_year", 0))
        self.assertIn(f"at age 80 in {start}", told)
        self.assertRegex(told, r"treatment: (0|0\.5) in 20\d\d, 0\.5 in 20\d\d, 0\.5 in 20\d\d|treatment: 0\.5 always")

    def test_a_trace_agrees_with_the_model_by_hand(self):
        """Treatment: nothing before 2011, then 0.5 a year."""
        for patient in range(1, 6):
            told = self.good("trace", "model.yaml", "--patient", patient).stdout
            start = 2009 + 4 * uniform(1, patient, "calendar_year", 0)
            due = max(0, 2011 - start) - math.log(uniform(1, patient, "treatment", 0)) / 0.5
            self.assertRegex(told, rf"treatment would happen on (year {due:.4f}|day {due * 365.25:.2f})")

    def test_mistakes(self):
        self.write("model.yaml", MODEL.replace("min: 2009, max: 2013", "min: 9, max: 13"))
        self.bad(3, "run", "model.yaml", "--patients", "9", says=["patient 1", "calendar_year", "decimal year"])
        self.write("model.yaml", MODEL.replace("other_years: hold", "other_years: error"))
        self.bad(3, "run", "model.yaml", "--patients", "9", says=["patient 1", "death", "from 2010 to the end of 2019", "other_years: hold"])
        self.write("model.yaml", MODEL.replace(", other_years: hold", ""))
        self.bad(3, "check", "model.yaml", says="needs `other_years`")
        self.write("model.yaml", MODEL.replace("    calendar_year: {uniform: {min: 2009, max: 2013}}\n", ""))
        self.bad(3, "check", "model.yaml", says="needs an attribute `calendar_year`")


if __name__ == "__main__":
    main()
