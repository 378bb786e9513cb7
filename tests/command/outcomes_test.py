"""sojourn outcomes: outcomes of lives that are already in a file."""
import json

import h5py

from support import FLAGSHIP, Case, main

MORE = """outcomes:
  early: {share: "visited(dead)", by: 1 year}
  deaths: {count_of: dead}
  time_to_death: {time_to: dead, quantiles: [0.25, 0.5]}
"""


class Outcomes(Case):
    def run_example(self, *more):
        self.good("run", self.example(), "--patients", "3000", "--out", "a.h5", "--csv", "a.csv", "--json", "a.json", "--quiet", *more)

    def test_have_the_same_bytes_as_while_simulating(self):
        self.run_example("--threads", "2")
        self.good("outcomes", "a.h5", "--csv", "b.csv", "--json", "b.json", "--quiet")
        self.assertEqual(self.bytes("a.csv"), self.bytes("b.csv"))
        self.assertEqual(self.bytes("a.json"), self.bytes("b.json"))

    def test_of_the_flagship_too(self):
        self.good("run", FLAGSHIP, "--patients", "2000", "--out", "a.h5", "--json", "a.json", "--quiet")
        self.good("outcomes", "a.h5", "--json", "b.json", "--quiet")
        self.assertEqual(self.bytes("a.json"), self.bytes("b.json"))

    def test_trials_may_be_others_too(self):
        self.good("run", FLAGSHIP, "--patients", "1000", "--out", "a.h5", "--quiet")
        self.write("small.yaml", "trials: {small: {endpoint: os, arms: [observe, hsct_all], patients_per_arm: 50, follow_up: 1 year}}\n")
        self.good("outcomes", "a.h5", "--outcomes", "small.yaml", "--json", "b.json", "--quiet")
        self.assertEqual({row["trial"] for row in json.loads(self.bytes("b.json"))["trials"]}, {"small"})
        self.write("early.yaml", "outcomes: {early: {share: visited(dead), by: 1 year}}\n")
        self.good("outcomes", "a.h5", "--outcomes", "early.yaml", "--json", "c.json", "--quiet")
        self.assertNotIn("trials", json.loads(self.bytes("c.json")))  # they are about the model's own outcomes

    def test_of_another_file_are_those_of_a_model_with_these_outcomes(self):
        self.run_example()
        self.write("more.yaml", MORE)
        self.good("outcomes", "a.h5", "--outcomes", "more.yaml", "--json", "b.json", "--quiet")
        text = (self.folder / "model.yaml").read_text()
        self.write("model.yaml", text[: text.index("\noutcomes:") + 1] + MORE)
        self.good("run", "model.yaml", "--patients", "3000", "--no-trajectories", "--json", "c.json", "--quiet")
        self.assertEqual(self.bytes("b.json"), self.bytes("c.json"))
        self.assertEqual(len(json.loads(self.bytes("b.json"))["rows"]) % 4, 0)

    def test_over_the_patients_that_are_kept(self):
        self.run_example("--keep", "1000")
        said = self.good("outcomes", "a.h5", "--json", "b.json").stdout
        self.assertIn("Only the first 1,000 of 3,000 patients", said)
        self.assertEqual(json.loads(self.bytes("b.json"))["patients"], 1000)

    def test_mistakes_are_told(self):
        self.run_example()
        self.write("wrong.yaml", "outcomes: {o: {time_to: daed, at: [1 year]}}\n")
        self.bad(3, "outcomes", "a.h5", "--outcomes", "wrong.yaml", says="wrong.yaml:1:25: outcomes.o.time_to: `daed` is not a state or a tag")
        self.write("wrong.yaml", "horizon: 3 years\n")
        self.bad(3, "outcomes", "a.h5", "--outcomes", "wrong.yaml", says="`horizon` cannot be changed for lives already lived")
        self.write("wrong.yaml", "- a\n")
        self.bad(3, "outcomes", "a.h5", "--outcomes", "wrong.yaml", says="a file of outcomes is a mapping, found a list")
        self.bad(3, "outcomes", "a.h5", "--outcomes", "none.yaml", says="none.yaml")
        self.bad(3, "outcomes", "model.yaml", says="not a result file")
        self.bad(3, "outcomes", "a.h5", "--csv", "a.h5", says="a.h5")

    def test_need_whole_lives(self):
        self.good("run", self.example(), "--patients", "100", "--no-trajectories", "--out", "n.h5", "--quiet")
        self.bad(3, "outcomes", "n.h5", says="holds no trajectories")
        with h5py.File(self.folder / "n.h5") as file:
            state = file["/dictionary/states/name"][0].decode()
        self.good("run", "model.yaml", "--patients", "100", "--keep-states", state, "--out", "s.h5", "--quiet")
        self.bad(3, "outcomes", "s.h5", says="stays in some states only")


if __name__ == "__main__":
    main()
