"""Sweeps that are wrong are refused with exactly the words of bad/NAME.expected; the schema knows what reading knows."""
import json
import subprocess

import jsonschema
import yaml

from sweeps import PROGRAM, SOURCE, SweepCase, main

BAD = SOURCE / "tests/sweep/bad"
GOOD = SOURCE / "tests/sweep/good"


def schema():
    return json.loads(subprocess.run([PROGRAM, "schema", "--sweep"], check=True, capture_output=True, text=True).stdout)


def good_sweeps():
    return sorted(GOOD.glob("*.yaml")) + sorted((SOURCE / "configs/sweeps").glob("*.yaml"))


def keys_in(value):
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys_in(below)


class Refused(SweepCase):
    def test_each_bad_sweep_says_what_is_expected(self):
        sweeps = [path for path in sorted(BAD.glob("*.yaml")) if not path.name.endswith("model.yaml")]
        self.assertGreaterEqual(len(sweeps), 18)
        for path in sweeps:
            with self.subTest(path.name):
                done = self.bad(3, "sweep", "plan", path.name, cwd=BAD)
                self.assertEqual(done.stderr, path.with_suffix(".expected").read_text())

    def test_run_refuses_what_plan_refuses_and_makes_no_folder(self):
        self.sweep(hr="0.4, 5")
        self.bad(3, "sweep", "run", "s.yaml", says="above the range")
        self.assertEqual(self.files(), ["maintenance.yaml", "s.yaml"])

    def test_good_sweeps_are_planned(self):
        self.assertGreaterEqual(len(good_sweeps()), 2)
        for path in good_sweeps():
            self.good("sweep", "plan", path)

    def test_the_example_of_the_documents_is_good(self):
        text = (SOURCE / "docs/sweeps.md").read_text().split("```yaml\n")[1].split("```")[0]
        (self.folder / "examples").mkdir()
        (self.folder / "sweeps").mkdir()
        (self.folder / "maintenance.yaml").rename(self.folder / "examples/maintenance.yaml")
        self.write("sweeps/s.yaml", text)
        self.assertIn("15 scenarios", self.good("sweep", "plan", "sweeps/s.yaml").stdout)

    def test_the_schema_takes_good_sweeps(self):
        validator = jsonschema.Draft7Validator(schema())
        for path in good_sweeps():
            self.assertEqual([error.message for error in validator.iter_errors(yaml.safe_load(path.read_text()))], [], path)
        for name in ("unknown_keys", "no_sweep"):
            self.assertTrue(list(validator.iter_errors(yaml.safe_load((BAD / f"{name}.yaml").read_text()))), name)

    def test_every_key_is_in_a_good_sweep(self):
        used = {key for path in good_sweeps() for key in keys_in(yaml.safe_load(path.read_text()))}
        declared = {key for definition in [schema(), *schema()["definitions"].values()]
                    for key in definition.get("properties", {})}
        self.assertGreater(len(declared), 25)
        self.assertEqual(declared - used, set())


main()
