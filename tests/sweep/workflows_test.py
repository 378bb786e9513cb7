"""Sweeps run by other programs: Snakemake, GNU parallel. The bytes are those of a sweep that was run in one go."""
import os
import shutil
import subprocess

from sweeps import PROGRAM, SOURCE, SweepCase, main

RULE = "resolve: {outcome: alive, measure: restricted_mean, within: 0.05 years, most_patients: 8000}\n"
STAND_INS = {
    "ssh": """#!/bin/bash
while [[ $1 = -* ]]; do shift; done
shift
[[ $1 != -- ]] || shift
cd / && exec env -i HOME="$HOME" SHELL=/bin/sh PATH=/usr/bin:/bin sh -c "$*"
""",
    "qsub": """#!/bin/bash
[[ "$*" = "-t 1-16 -cwd -V -S /bin/sh" ]] || exit 1
script=$(cat)
for task in $(seq 16); do SGE_TASK_ID=$task /bin/sh -c "$script" || exit; done
""",
}


class Workflows(SweepCase):
    def snakemake(self, *config, code=0):
        self.assertTrue(shutil.which("snakemake"), "snakemake is missing; scripts/install-packages installs it")
        done = subprocess.run(["snakemake", "--snakefile", SOURCE / "scripts/sweep.smk", "--cores", "2", "--config",
                               f"program={PROGRAM}", *config], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def test_snakemake(self):
        self.sweep(lives=6000)
        expected = self.whole()
        done = self.snakemake("sweep=s.yaml", "jobs=3")
        self.assertEqual(self.bytes("s.h5"), expected)
        self.assertIn(b"<!doctype html>", self.bytes("s.html")[:200].lower())
        self.assertEqual(done.stderr.count("rule share:"), 3)
        self.assertIn("Nothing to be done", self.snakemake("sweep=s.yaml", "jobs=3").stderr)

    def test_snakemake_resolves(self):
        self.sweep(patients=500, lives=6000, more=RULE)
        self.good("sweep", "run", "s.yaml", "--out", "whole.sweep", "--resolve", "--quiet")
        expected = self.collected("whole.sweep")
        self.snakemake("sweep=s.yaml", "jobs=3", "resolve=yes")
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_what_is_wrong_is_told(self):
        self.assertIn("which sweep?", self.snakemake(code=1).stderr)
        self.sweep(hr="0.4, 5")
        self.assertIn("above the range", self.snakemake("sweep=s.yaml", code=1).stderr)
        model = (self.folder / "maintenance.yaml").read_text()
        self.write("maintenance.yaml", model.replace('"on_maintenance ? hr_maintenance : 1"]',
                                                     '"on_maintenance ? hr_maintenance : 1", "1 + slope * (age / 1 year)"]')
                   .replace("parameters:\n", "parameters:\n  slope: {value: 0}\n"))
        self.write("f.yaml", "sweep: 1\nmodel: maintenance.yaml\npatients: 1000\n"
                   "axes: {s: {parameter: slope, values: [0, -0.0139]}}\n")
        done = self.snakemake("sweep=f.yaml", "jobs=2", code=1)
        self.assertIn("nothing was collected: 1 of 2 scenarios failed", done.stderr)
        self.assertNotIn("Error in rule share", done.stderr)

    def test_the_lines_of_the_documents(self):
        """Those for GNU parallel, ssh and Grid Engine, as they stand in docs/sweeps.md. The stand-in for ssh has a shell that starts
        elsewhere and knows no `sojourn`, as that of sshd."""
        self.assertTrue(shutil.which("parallel"), "parallel is missing; scripts/install-packages installs it")
        lines = [line.strip() for line in (SOURCE / "docs/sweeps.md").read_text().splitlines()
                 if "my_sweep.yaml --shard" in line and line.startswith("    ")]
        self.assertEqual(len(lines), 4)
        (self.folder / "bin").mkdir()
        (self.folder / "bin/sojourn").symlink_to(PROGRAM)
        for name, text in STAND_INS.items():
            self.write(f"bin/{name}", text).chmod(0o755)
        environment = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        self.sweep(lives=6000, name="my_sweep.yaml")
        expected = self.whole(sweep="my_sweep.yaml")
        for line in lines:
            done = subprocess.run(["bash", "-c", line], cwd=self.folder, env=environment, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""), line)
            self.assertEqual(self.collected("my_sweep.sweep"), expected, line)
            self.assertEqual(self.leftovers("my_sweep.sweep"), [])
            shutil.rmtree(self.folder / "my_sweep.sweep")


main()
