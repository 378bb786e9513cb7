"""Times of 32 bits: rounded before anything is computed from them, so that a file's outcomes are those of its run."""
import h5py
import numpy

from support import FLAGSHIP, Case, main

PRICE = """
sojourn: 1
title: A price that is uncertain, and lives that are not
horizon: 16 years
parameters:
  price: {value: 100 per year, uncertainty: {gamma: {mean: 100 per year, sd: 20 per year}}}
states: {alive: {initial: true}, dead: {absorbing: true}}
transitions: [{name: death, from: alive, to: dead, time: {exponential: {rate: 0.2 per year}}}]
currency: EUR
costs: {drug: {in: alive, rate: price}}
outcomes: {lived: {time_to: dead, restricted_mean: 16 years}, spent: {cost: drug}}
"""


class Times(Case):
    def run_with(self, name, *words, model=FLAGSHIP, patients=3000):
        self.good("run", model, "--patients", patients, "--quiet", "--out", f"{name}.h5", "--json", f"{name}.json", *words)
        return self.bytes(f"{name}.h5"), self.bytes(f"{name}.json")

    def columns(self, name):
        """Of all strategies, by path: what a run is free to round, and everything else"""
        with h5py.File(self.folder / f"{name}.h5") as file:
            found = {}
            file["strategies"].visititems(lambda path, at: found.update({path: at[()]}) if isinstance(at, h5py.Dataset) else None)
            return found

    def test_each_is_the_nearest(self):
        self.run_with("wide")
        self.run_with("narrow", "--times", "float32")
        wide, narrow = self.columns("wide"), self.columns("narrow")
        self.assertEqual(wide.keys(), narrow.keys())
        times = 0
        for path, values in wide.items():
            if path.split("/")[-1] in ("time_start", "time_stop", "time") and "baseline" not in path:
                self.assertEqual(narrow[path].dtype, numpy.dtype("<f4"), path)
                self.assertTrue(numpy.array_equal(values.astype("<f4"), narrow[path]), path)
                times += 1
            else:
                self.assertEqual(values.dtype, narrow[path].dtype, path)
                self.assertTrue(numpy.array_equal(values, narrow[path], equal_nan=values.dtype.kind == "f"), path)
        self.assertEqual(times, 5 * 4)

    def test_outcomes_of_the_file_are_those_of_the_run(self):
        _, streamed = self.run_with("x", "--times", "float32")
        self.good("outcomes", "x.h5", "--json", "stored.json")
        self.assertEqual(self.bytes("stored.json"), streamed)
        self.run_with("none", "--times", "float32", "--no-trajectories")
        self.assertEqual(self.bytes("none.json"), streamed, "they do not depend on what is stored")
        _, wide = self.run_with("wide")
        self.assertNotEqual(wide, streamed)

    def test_the_same_bytes_however_it_is_computed(self):
        first = self.run_with("x", "--times", "float32")
        for words in (["--threads", 1], ["--threads", 7], ["--engine", "reference"], ["--isa", "sse2"]):
            self.assertEqual(self.run_with("y", "--times", "float32", *words), first, words)
        self.good("run", "x.h5", "--quiet", "--out", "again.h5")
        self.assertEqual(self.bytes("again.h5"), first[0])
        self.assertIn("recomputed: equal", self.good("inspect", "--verify", "x.h5").stdout)
        self.run_with("wide")
        self.good("run", "x.h5", "--quiet", "--times", "float64", "--out", "widened.h5")
        self.assertEqual(self.bytes("widened.h5"), self.bytes("wide.h5"))

    def test_in_several_files_and_compressed(self):
        _, streamed = self.run_with("x", "--times", "float32")
        self.run_with("shards", "--times", "float32", "--shards")
        self.run_with("small", "--times", "float32", "--compress", "small")
        digests = {self.good("inspect", "--verify", f"{name}.h5").stdout.split("digest")[1].split("\n")[0]
                   for name in ("x", "shards", "small")}
        self.assertEqual(len(digests), 1)
        self.assertIn("recomputed: equal", digests.pop())
        self.good("outcomes", "shards.h5", "--json", "of_shards.json")
        self.assertEqual(self.bytes("of_shards.json"), streamed)

    def test_samples_round_as_the_base_case_does(self):
        """With the same patients in all samples and nothing uncertain but a price, all live the same lives."""
        def survival(*words):
            self.good("run", model, "--samples", 2, "--share-patients", "--patients", 1000, "--quiet", "--out", "s.h5", *words)
            with h5py.File(self.folder / "s.h5") as file:
                tables = file["outcomes"]
                base, samples = (table["estimate"][()][table["outcome"][()] == b"lived"].tolist()
                                 for table in (tables["outcomes"], tables["samples"]))
                return base, samples

        model = self.write("model.yaml", PRICE)
        base, samples = survival("--times", "float32")
        self.assertEqual(samples, base * 2)
        self.assertNotEqual(survival()[0], base)

    def test_a_horizon_that_rounding_would_pass_is_refused(self):
        model = self.example(("horizon: 20 years", "horizon: 2001 weeks"))
        self.bad(3, "run", model, "--times", "float32", says=("--times float32", "38.34907597535934", "--times float64"))
        self.good("run", model, "--patients", 100, "--quiet")

    def test_other_types_are_refused(self):
        self.bad(2, "run", FLAGSHIP, "--times", "float16", says="float32")


if __name__ == "__main__":
    main()
