"""A sweep that grows, by patients and by values of its axes, has the bytes of one that was made that size from the start."""
from sweeps import SweepCase, main, rows


class Growing(SweepCase):
    def lived(self, done):
        return int(done.stdout.split(", ")[1].split(" lives")[0].replace(",", ""))

    def test_more_patients_and_more_values(self):
        self.sweep(patients=1000, hr="0.4, 0.6")
        self.good("sweep", "run", "s.yaml", "--quiet")
        for patients, hr in [(1700, "0.4, 0.6"), (1700, "0.5, 0.6, 0.4"), (2600, "0.7, 0.5, 0.6, 0.4")]:
            before = sum(1 for _ in self.shards("s.sweep"))
            self.sweep(patients=patients, hr=hr)
            self.good("sweep", "expand", "s.yaml", "--quiet")
            self.assertGreater(len(self.shards("s.sweep")), before)
            self.assertEqual(self.collected("s.sweep"), self.whole(folder=f"{patients}{len(hr)}.sweep"))

    def test_only_what_is_missing_is_run(self):
        self.sweep(patients=1000, hr="0.4, 0.6")
        self.assertEqual(self.lived(self.good("sweep", "run", "s.yaml")), 8 * 1000 * 3)
        self.assertEqual(self.lived(self.good("sweep", "run", "s.yaml")), 0)
        self.sweep(patients=1500, hr="0.4, 0.5, 0.6")
        self.assertEqual(self.lived(self.good("sweep", "expand", "s.yaml")), (8 * 500 + 4 * 1500) * 3)
        self.assertEqual(self.lived(self.good("sweep", "expand", "s.yaml")), 0)

    def test_a_new_axis_through_the_models_own_value(self):
        text = self.sweep(patients=1000, hr="0.6, 0.8").read_text()
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.write("s.yaml", text.replace("axes:\n", "axes:\n  risk: {path: cohort.attributes.high_risk.probability, "
                                                     "values: [0.3, 0.5]}\n"))
        self.bad(3, "sweep", "expand", "s.yaml", says="are not in the sweep as it is now")
        model = (self.folder / "maintenance.yaml").read_text()
        self.write("maintenance.yaml", model.replace("probability: 0.3", "probability: p_high").replace(
            "parameters:\n", "parameters:\n  p_high: {value: 0.3}\n"))
        self.write("s.yaml", text)
        self.good("sweep", "run", "s.yaml", "--out", "p.sweep", "--quiet")
        self.write("s.yaml", text.replace("axes:\n", "axes:\n  risk: {parameter: p_high, values: [0.3, 0.5]}\n"))
        done = self.good("sweep", "expand", "s.yaml", "--out", "p.sweep")
        self.assertEqual(self.lived(done), 8 * 1000 * 3)
        self.assertEqual(self.collected("p.sweep"), self.whole())

    def test_it_cannot_shrink(self):
        self.sweep(patients=1000)
        self.good("sweep", "run", "s.yaml", "--quiet")
        self.sweep(patients=900)
        self.bad(3, "sweep", "expand", "s.yaml", says="it can only grow")
        self.sweep(patients=1000, hr="0.4, 0.6")
        self.bad(3, "sweep", "expand", "s.yaml", says=["6 of the 14 scenarios", "it can only grow"])
        self.sweep(patients=1000, more="seed: 5\n")
        self.bad(3, "sweep", "expand", "s.yaml", says="stay as they are")

    def test_grown_while_it_was_not_finished(self):
        self.sweep(patients=3000, lives=9000)
        self.good("sweep", "run", "s.yaml", "--shard", "1/3", "--quiet")
        self.sweep(patients=4000, lives=9000)
        self.good("sweep", "expand", "s.yaml", "--quiet")
        self.assertEqual(self.collected("s.sweep"), self.whole())
        self.assertEqual({row["patients"] for row in rows(self.folder / "x.h5", "scenarios")}, {4000})


main()
