"""What is wrong with a model is said in terms of the user's file: place, problem, hint; all at once; exit code 3."""
from support import EXAMPLE, Case, main


class Models(Case):
    def test_a_right_model(self):
        self.assertIn("no problems", self.good("check", EXAMPLE).stdout)
        explained = self.good("check", "--explain", EXAMPLE).stdout
        # Weibull(1.1, 6 years): k/b (t/b)^(k-1)
        self.assertIn("relapse: 0.153 at 12 months, 0.18 at 5 years, 0.207 at 20 years", explained)
        self.assertRegex(explained, r"remission: 100% of patients, (4\.[89]\d?|5|5\.\d+) years a stay")  # 5.00 by quadrature

    def test_files_that_are_no_model(self):
        self.bad(3, "check", "absent.yaml", says="absent.yaml")
        self.bad(3, "check", self.folder)
        self.bad(3, "check", self.write("empty.yaml", ""), says="empty.yaml")
        (self.folder / "binary.yaml").write_bytes(bytes(range(256)))
        self.bad(3, "check", "binary.yaml", says="binary.yaml")
        (self.folder / "damaged.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
        self.assertIn(self.sojourn("run", "damaged.h5").returncode, (1, 3))

    def test_a_typo_in_a_key(self):
        self.example(("horizon: 20 years", "horizont: 20 years"))
        done = self.bad(3, "check", "model.yaml", says=["horizont", "did you mean", "horizon"])
        self.assertRegex(done.stderr, r"(?m)^model\.yaml:6:1: ")

    def test_a_wrong_unit(self):
        self.example(("scale: 25 years", "scale: 25 per year"))
        self.assertRegex(self.bad(3, "check", "model.yaml").stderr, r"(?m)^model\.yaml:\d+:\d+: .*time")
        self.example(("scale: 25 years", "scale: 25"))
        self.bad(3, "check", "model.yaml", says="scale")
        self.example(("scale: 25 years", "scale: 25 apples"))
        self.bad(3, "check", "model.yaml", says="apples")

    def test_everything_at_once_in_order(self):
        self.example(("horizon: 20 years", "horizont: 20 years"), ("to: relapsed", "to: relapsd"), ("shape: 1.3", "shape: -1.3"))
        lines = self.bad(3, "check", "model.yaml").stderr.splitlines()
        places = [int(line.split(":")[1]) for line in lines if line.startswith("model.yaml:")]
        self.assertGreaterEqual(len(set(places)), 3, lines)
        self.assertEqual(places, sorted(places))

    def test_duplicate_keys_and_yaml_surprises(self):
        self.example(("horizon: 20 years", "horizon: 20 years\nhorizon: 10 years"))
        self.bad(3, "check", "model.yaml", says="horizon")
        self.example(("size: 100000", "size: 0100"))
        self.bad(3, "check", "model.yaml")
        self.example(("shape: 1.3", "shape: &a 1.3"))
        self.bad(3, "check", "model.yaml")

    def test_run_and_trace_say_the_same_as_check(self):
        self.example(("horizon: 20 years", "horizont: 20 years"))
        said = self.bad(3, "check", "model.yaml").stderr
        self.assertEqual(self.bad(3, "run", "model.yaml").stderr, said)
        self.assertEqual(self.bad(3, "trace", "model.yaml").stderr, said)
        self.assertEqual(self.files(), ["model.yaml"])


class Names(Case):
    def test_unknown_names_on_the_command_line(self):
        for arguments, says in [(["--set", "relapse_scal=3 years"], ["relapse_scal", "did you mean", "relapse_scale"]),
                                (["--strategies", "nothing"], ["nothing"]),
                                (["--keep-states", "remision"], ["remision", "did you mean", "remission"]),
                                (["--parameters", "absent.yaml"], ["absent.yaml"])]:
            with self.subTest(arguments):
                self.bad(3, "run", EXAMPLE, "--patients", "10", *arguments, says=says)
        self.assertEqual(self.files(), [])

    def test_values_on_the_command_line(self):
        for value in ["relapse_shape=100", "relapse_shape=3 years", "relapse_shape=abc", "relapse_scale=3",
                      "relapse_shape=", "relapse_scale=-1 years"]:
            with self.subTest(value):
                self.bad(3, "run", EXAMPLE, "--patients", "10", "--set", value)

    def test_parameter_files(self):
        self.bad(3, "check", EXAMPLE, "--parameters", self.write("p.yaml", "parameters: {relapse_scal: 3 years}\n"),
                 says=["relapse_scal", "relapse_scale"])
        self.bad(3, "check", EXAMPLE, "--parameters", self.write("q.yaml", "parameter: {relapse_scale: 3 years}\n"))
        self.good("check", EXAMPLE, "--parameters", self.write("r.yaml", "parameters: {relapse_scale: 3 years}\n"))
        self.bad(3, "check", EXAMPLE, "--parameters", self.write("e.yaml", ""), says="it begins with `parameters:`")

    def test_units_in_parameter_files(self):
        few = ["run", EXAMPLE, "--patients", "300", "--no-trajectories", "--quiet", "--csv"]
        wanted = self.good(*few, "-", "--set", "relapse_scale=40 months").stdout
        for text in ["value: 40, unit: months", "value: 40 months, unit: months", "value: 40 months"]:
            file = self.write("p.yaml", f"parameters: {{relapse_scale: {{{text}}}}}\n")
            self.assertEqual(self.good(*few, "-", "--parameters", file).stdout, wanted)
        for text, says in [("value: 40 months, unit: years", "`unit` is that of a plain number (the value is `40 months`)"),
                           ("value: 40, unit: moons", "`moons` is no unit of a parameter"), ("unit: years", "`value` is missing")]:
            self.bad(3, "check", EXAMPLE, "--parameters",
                     self.write("p.yaml", f"parameters: {{relapse_scale: {{{text}}}}}\n"), says=says)

    def test_an_unknown_strategy_of_trace(self):
        flagship_like = self.example(("outcomes:", "strategies: {watch: {}, wait: {}}\n\noutcomes:"))
        self.bad(3, "trace", flagship_like, "--strategy", "wach", says=["wach", "watch"])
        self.bad(3, "run", flagship_like, "--strategies", "watch,watch", says="twice")


class Lives(Case):
    def test_an_impossible_hazard_names_patient_state_and_transition(self):
        model = self.example(("time: {weibull: {shape: 1.3, scale: 25 years}}",
                              'time: {weibull: {shape: 1.3, scale: 25 years}}, hazard_ratio: "1 - 2 * ill"'),
                             ("  size: 100000", "  size: 100\n  attributes:\n    ill: {probability: 0.1}"))
        text = model.read_text().replace("1 - 2 * ill", "ill ? -1 : 1")
        model.write_text(text)
        for threads in (1, 2):
            done = self.bad(3, "run", model, "--threads", threads)
            self.assertRegex(done.stderr, r"patient \d+, strategy \w+, state remission, transition death_in_remission")
            first = done.stderr if threads == 1 else first
            self.assertEqual(done.stderr, first)
        self.assertEqual(self.files(), ["model.yaml"])

    def test_a_loop_that_takes_no_time(self):
        """One that only the values of the parameters make endless, so that it shows when a patient comes to it."""
        text = EXAMPLE.read_text().replace("outcomes:", """branches:
  back: {on_entry: relapsed, probabilities: {again: 1, stay: rest}, options: {again: {to: remission}}}
  forth: {on_entry: remission, probabilities: {again: 1, stay: rest}, options: {again: {to: relapsed}}}

outcomes:""")
        done = self.bad(3, "run", self.write("loop.yaml", text), "--patients", "10", timeout=30)
        self.assertRegex(done.stderr, "patient 1, strategy .*loop that takes no time")


if __name__ == "__main__":
    main()
