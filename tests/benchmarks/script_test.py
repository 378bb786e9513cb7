"""scripts/benchmark --quick runs all of its parts and leaves no row out. No time that it measures can fail this test.

    script_test.py SOURCE_FOLDER BUILD_FOLDER
"""
import copy
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

SOURCE, BUILD = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.insert(0, str(SOURCE / "scripts/lib"))
from benchmarks import compared, peers  # noqa: E402
from benchmarks.table import Table  # noqa: E402

PARTS = ("simulation", "with_outcomes", "outcomes")
WORKLOADS = ("w1", "w2", "ebmt_reset", "ebmt_forward", "flagship")


def families():
    """As their headers name them; `lexis` and `compiled` have no name in the language."""
    headers = (SOURCE / "sim/distributions").glob("*.hpp")
    found = {name for header in headers for name in re.findall(r'FamilyInfo info\{\s*\.name = "(\w+)"', header.read_text())}
    return found - {"lexis", "compiled"}


class Quick(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(dir=BUILD)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.done = subprocess.run([SOURCE / "scripts/benchmark", "--quick", "--json", cls.folder / "figures.json", "--charts",
                                   cls.folder / "charts"], capture_output=True, text=True)
        figures = cls.folder / "figures.json"
        cls.figures = json.loads(figures.read_text()) if figures.exists() else {"rows": [], "left_out": []}
        cls.rows = {row["key"]: row for row in cls.figures["rows"]}

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def has(self, *keys):
        self.assertEqual([], [key for key in keys if key not in self.rows], self.done.stdout + self.done.stderr)

    def test_it_runs(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr)
        self.assertEqual(len(self.rows), len(self.figures["rows"]), "two rows with one key")
        self.assertEqual([], [key for key, row in self.rows.items() if not row["value"] > 0])

    def test_every_family_is_drawn_from(self):
        self.assertGreaterEqual(len(families()), 18)
        self.has("draws.random_number", *(f"{how}.{family}" for family in families()
                                          for how in ("draws", "draws_from_a_running_clock")))

    def test_every_workload_has_its_parts(self):
        self.has(*(f"events.{workload}.{part}" for workload in WORKLOADS for part in PARTS))

    def test_every_workload_has_both_engines(self):
        instructions = re.search(r"^engine: batched in (\w+)", subprocess.run(
            [BUILD / "sojourn", "--version"], check=True, capture_output=True, text=True).stdout, re.MULTILINE)[1]
        self.has(*(f"engines.{workload}.{instructions}" for workload in WORKLOADS))

    def test_what_a_scenario_costs_before_its_lives(self):
        self.has("preparing.lower", "preparing.engine")

    def test_every_way_to_compress(self):
        self.has(*(f"storing.{how}.{what}" for how in ("none", "fast", "small") for what in ("speed", "size")))

    def test_threads_start_up_memory_and_the_plain_program(self):
        self.has(*(f"threads.{what}.{count}" for what in ("outcomes", "written") for count in {1, os.cpu_count()}))
        self.has("check", "run_1000", "run_ebmt", "w1_memory.ratio", *(f"memory.{what}.{patients}" for what in ("outcomes", "written")
                                        for patients in (100_000, 1_000_000)))
        self.has("plain.draw", "w2.to_plain", "bare.to_w2", "bare.to_plain", "two.to_one", "written.one", "written.two")
        self.has(*(f"beside.{workload}.{what}" for workload in ("w1", "w2", "w2_paths", "w3") for what in ("plain", "speed", "ratio")))

    def test_each_package_is_compared_or_said_to_be_missing(self):
        left_out = {row["key"] for row in self.figures["left_out"]}
        for workload in peers.WORKLOADS:
            self.has(f"peers.{workload.name}.sojourn.speed")
            for peer in workload.peers:
                if f"peers.{peer}" not in left_out:
                    self.has(f"peers.{workload.name}.{peer}.ratio")
        self.assertNotIn("peers.base", left_out, "R is there for the tests")

    def test_the_machine_is_described(self):
        for key in ("processor", "processors", "memory_GB", "system", "compiler", "sojourn"):
            self.assertTrue(self.figures["machine"][key], key)

    def test_the_charts_can_be_read(self):
        charts = sorted(path.name for path in (self.folder / "charts").glob("*.svg"))
        self.assertEqual(charts, ["draws.svg", "events.svg", "memory.svg", "peers.svg", "storing_size.svg",
                                  "storing_speed.svg", "threads.svg"])
        for name in charts:
            root = xml.etree.ElementTree.parse(self.folder / "charts" / name).getroot()
            self.assertGreater(len(root.findall("{http://www.w3.org/2000/svg}rect")), 1, name)


class Comparing(unittest.TestCase):
    def table(self, plain, draw):
        table = Table(judge=False)
        table.rows = [{"key": key, "what": key, "unit": unit, "value": value} for key, unit, value in
                      (("plain.draw", "ns", plain), ("draws.gamma", "ns", draw), ("threads.outcomes.1", "/s", 1e6 / draw))]
        return table

    def lines(self, then, now):
        machine = {key: "x" for key in ("processor", "processors", "system", "compiler")} | {"instruction_sets": [],
                                                                                             "memory_GB": 1}
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "0.9.0.json"
            path.write_text(json.dumps({"machine": machine, "rows": then.rows}))
            return "\n".join(compared.compare(now, copy.copy(machine), path))

    def test_a_machine_twice_as_slow_is_no_change(self):
        self.assertIn("  none", self.lines(self.table(40, 300), self.table(80, 600)))

    def test_a_draw_that_takes_longer_is_named(self):
        lines = self.lines(self.table(40, 300), self.table(40, 390))
        self.assertRegex(lines, r"draws\.gamma .*\+30%")
        self.assertRegex(lines, r"threads\.outcomes\.1 .*-23%")

    def test_a_row_that_is_gone_is_named(self):
        now = self.table(40, 300)
        del now.rows[1]
        self.assertIn("not now: draws.gamma", self.lines(self.table(40, 300), now))

    def test_versions_are_ordered_as_numbers(self):
        self.assertLess(compared.version(pathlib.Path("0.9.0.json")), compared.version(pathlib.Path("0.10.0.json")))


class Agreeing(unittest.TestCase):
    """Error of a difference of two shares of 0.3 over 10,000 patients each: 0.00648."""

    def found(self, share):
        return peers.disagreements({(1.0, 2): share}, {(1.0, 2): 0.3, (1.5, 2): 0.9}, 10_000, 10_000)

    def test_what_noise_explains_is_no_disagreement(self):
        self.assertEqual(self.found(0.3 + 4 * 0.00648), (1, []))

    def test_what_noise_does_not_explain_is_one(self):
        compared_figures, disagreeing = self.found(0.3 + 6 * 0.00648)
        self.assertEqual((compared_figures, len(disagreeing)), (1, 1))

    def test_models_become_the_same_numbers(self):
        states, rows = peers.transitions_of(SOURCE / "tests/data/models/w2.yaml")
        self.assertEqual(len(rows), 14)
        relapse = next(row for row in rows if row["from"] == states["CR"] and row["to"] == states["REL"])
        self.assertEqual((relapse["dist"], relapse["p1"], relapse["p2"]), ("weibull", 0.8, 2.0))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
