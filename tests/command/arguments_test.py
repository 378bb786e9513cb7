"""Help, versions, options that make no sense."""
from support import EXAMPLE, Case, main


class Help(Case):
    def test_names_every_command_and_exit_code(self):
        done = self.good("--help")
        for text in ["check", "run", "trace", "inspect", "report", "export", "Exit codes", "130"]:
            self.assertIn(text, done.stdout)

    def test_every_command_has_its_own(self):
        options = {"run": ["--patients", "--seed", "--strategies", "--threads", "--out", "--set", "--parameters",
                           "--no-trajectories", "--keep", "--keep-states", "--compress", "--json", "--csv", "--quiet"],
                   "check": ["--set", "--parameters"], "trace": ["--patient", "--strategy", "--seed"],
                   "inspect": ["--verify", "--input"], "report": ["--out", "--with"],
                   "export": ["--format", "--strategies", "--patients", "--table", "--out", "--ids", "--covariates",
                              "--no-covariates", "--group", "--step", "--effects", "--costs", "--thresholds"]}
        for command, names in options.items():
            done = self.good(command, "--help")
            for name in names:
                self.assertIn(name, done.stdout)

    def test_lines_fit_a_terminal(self):
        for arguments in [["--help"], ["run", "--help"], ["trace", "--help"], ["export", "--help"]]:
            longest = max(self.good(*arguments).stdout.splitlines(), key=len)
            self.assertLessEqual(len(longest), 140, longest)

    def test_version(self):
        self.assertRegex(self.good("--version").stdout, r"^sojourn \d+\.\d+\.\d+")


class Mistakes(Case):
    def test_exit_code_is_2(self):
        for arguments in [[], ["simulate", EXAMPLE], ["run"], ["run", EXAMPLE, "--patiens", "3"],
                          ["run", EXAMPLE, "--patients", "0"], ["run", EXAMPLE, "--patients", "many"],
                          ["run", EXAMPLE, "--patients", "-5"], ["run", EXAMPLE, "--seed", "4294967296"],
                          ["run", EXAMPLE, "--seed", "-1"], ["run", EXAMPLE, "--threads", "0"],
                          ["run", EXAMPLE, "--set", "relapse_shape"], ["run", EXAMPLE, "--set", "=1"],
                          ["run", EXAMPLE, "--keep", "10", "--no-trajectories"], ["run", EXAMPLE, EXAMPLE],
                          ["trace", EXAMPLE, "--patient", "0"], ["inspect"]]:
            with self.subTest(arguments):
                done = self.sojourn(*arguments)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertNotEqual(done.stderr, "")
        self.assertEqual(self.files(), [])

    def test_says_what_is_wrong_and_what_may_have_been_meant(self):
        for arguments, words in [
                (["rnu", EXAMPLE], "`rnu` is no subcommand of sojourn; did you mean `run`?"),
                (["frobnicate"], "they are run, check, trace,"), ([], "say which subcommand of sojourn: run, check,"),
                (["sweep"], "say which subcommand of sojourn sweep: plan, run,"),
                (["sweep", "plam", "x.yaml"], "`plam` is no subcommand of sojourn sweep; did you mean `plan`?"),
                (["run", EXAMPLE, "--patient", "5"], "`--patient` is no option of sojourn run; did you mean `--patients`?"),
                (["run", EXAMPLE, "--patiens=5"], "did you mean `--patients`?"),
                (["run", EXAMPLE, EXAMPLE], "is one argument more than sojourn run takes"),
                (["run", EXAMPLE, "--patients", "1.5"], "--patients: 1.5 is not a whole number"),
                (["run", EXAMPLE, "--patients", "many"], "--patients: `many` is not a number"),
                (["run", EXAMPLE, "--patients", "2e12"], "2e12 is not from 1 to 1099511627776"),
                (["run", EXAMPLE, "--seed", "nan"], "`nan` is not a number"),
                (["run", EXAMPLE, "--patients", "010"], "(a leading zero, which some programs read as octal)"),
                (["run", EXAMPLE, "--threads", "1e400"], "`1e400` is not a number")]:
            with self.subTest(arguments):
                self.bad(2, *arguments, says=words)

    def test_whole_numbers_may_be_written_shorter(self):
        self.good("run", "--patients", "2e1", "--seed", "7", "--quiet", EXAMPLE, "--json", "short.json")
        self.good("run", "--patients", "20", "--seed", "7", "--quiet", EXAMPLE, "--json", "long.json")
        self.assertEqual(self.bytes("short.json"), self.bytes("long.json"))

    def test_options_may_come_before_the_model(self):
        few = ["--patients", "10", "--quiet", "--no-trajectories"]
        self.good("run", *few, "--set", "relapse_shape=1.2", EXAMPLE)
        self.good("run", *few, "--set", "relapse_shape=1.2", "--set", "relapse_scale=3 years", EXAMPLE)
        parameters = self.write("p.yaml", "parameters: {relapse_shape: 1.3}\n")
        self.good("run", *few, "--parameters", parameters, EXAMPLE)
        self.good("run", "--patients", "10", "--quiet", "--keep-states", "remission,dead", EXAMPLE)


if __name__ == "__main__":
    main()
