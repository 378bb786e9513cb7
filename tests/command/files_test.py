"""Disks that are full, folders that cannot be written, two runs to one name: a clear message, exit code 1, and what was
there before is untouched."""
import os
import pathlib
import shutil
import subprocess
import time

from support import EXAMPLE, PROGRAM, Case, limit_file_size, main, small_disk


class Trouble(Case):
    def untouched(self, folder, *arguments, says, **options):
        """Fails and leaves the earlier x.h5 of the folder as it is, and nothing else."""
        self.good("run", EXAMPLE, "--patients", "100", "--quiet", "--out", folder / "x.h5")
        before, names = (folder / "x.h5").read_bytes(), self.files(folder)
        self.bad(1, "run", EXAMPLE, "--patients", "200000", "--quiet", "--out", folder / "x.h5", *arguments, says=says, **options)
        self.assertEqual((folder / "x.h5").read_bytes(), before)
        self.assertEqual(self.files(folder), names)

    def test_a_limit_on_file_sizes(self):
        self.untouched(self.folder, says=["x.h5", "File too large"], preexec_fn=limit_file_size(300_000))

    def test_a_limit_met_at_the_very_end(self):
        self.good("run", EXAMPLE, "--patients", "20000", "--quiet", "--out", "whole.h5")
        size = len(self.bytes("whole.h5"))
        for short in (1, 1000, 30000):
            self.bad(1, "run", EXAMPLE, "--patients", "20000", "--quiet", "--out", "x.h5",
                     preexec_fn=limit_file_size(size - short), says="x.h5")
            self.assertNotIn("x.h5", self.files())
            self.assertNotIn(".x.h5.part", self.files())

    def test_a_full_disk(self):
        with small_disk(self.folder / "disk", 1_000_000) as disk:
            if disk:
                self.untouched(disk, says=["x.h5", "No space left on device"])

    def test_a_disk_too_full_for_a_table(self):
        self.bad(1, "run", EXAMPLE, "--patients", "100", "--quiet", "--no-trajectories", "--json", "t.json",
                 preexec_fn=limit_file_size(500), says="t.json")
        self.assertEqual(self.files(), [])

    def test_nothing_is_replaced_that_the_run_is_made_from(self):
        model = shutil.copy(EXAMPLE, self.folder / "m.yaml")
        self.write("p.yaml", "parameters: {}\n")
        (self.folder / "link.yaml").symlink_to("m.yaml")
        for given in [["--out", "m.yaml"], ["--csv", "./m.yaml"], ["--json", "link.yaml"],
                      ["--parameters", "p.yaml", "--csv", "p.yaml"]]:
            with self.subTest(given):
                self.bad(3, "run", model, "--patients", "10", "--quiet", *given, says="replace what it is made from")
        for given in [["--out", "x", "--json", "x"], ["--json", "y", "--csv", "./y"], ["--json", "-", "--csv", "-"],
                      ["--out", "x.h5", "--csv", "x.run.json"]]:
            with self.subTest(given):
                self.bad(3, "run", model, "--patients", "10", "--quiet", *given, says="two results")
        self.assertEqual(self.bytes("m.yaml"), pathlib.Path(EXAMPLE).read_bytes())
        self.assertEqual(self.files(), ["link.yaml", "m.yaml", "p.yaml"])

    def test_a_terminal_that_takes_nothing(self):
        for words in [["run", EXAMPLE, "--patients", "10", "--no-trajectories"], ["check", EXAMPLE], ["--help"],
                      ["trace", EXAMPLE]]:
            with self.subTest(words), open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn("standard output", done.stderr)

    def test_places_where_nothing_can_be_written(self):
        self.write("file", "")
        (self.folder / "folder.h5").mkdir()
        for out in ["absent/x.h5", "file/x.h5", "folder.h5"]:
            with self.subTest(out):
                self.bad(1, "run", EXAMPLE, "--patients", "10", "--quiet", "--out", out, says=out)
        self.bad(1, "run", EXAMPLE, "--patients", "10", "--quiet", "--no-trajectories", "--csv", "absent/t.csv", says="absent")
        self.assertEqual(self.files(), ["file", "folder.h5"])

    def test_a_folder_that_may_not_be_written(self):
        closed = self.folder / "closed"
        closed.mkdir(mode=0o555)
        model = shutil.copy(EXAMPLE, self.folder)
        program = shutil.copy(PROGRAM, self.folder)
        as_nobody = (lambda: (os.setgid(65534), os.setuid(65534))) if os.geteuid() == 0 else None
        self.bad(1, "run", model, "--patients", "10", "--quiet", "--out", closed / "x.h5", program=program, preexec_fn=as_nobody,
                 says=["x.h5", "Permission denied"])
        self.assertEqual(self.files(closed), [])

    def test_trouble_is_told_before_the_work(self):
        begun = time.monotonic()
        self.bad(1, "run", EXAMPLE, "--patients", "1000000000", "--quiet", "--out", "absent/x.h5")
        self.assertLess(time.monotonic() - begun, 10)

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "run", EXAMPLE, "--patients", "10", "--no-trajectories", "--csv", "-", "--quiet"],
                                  stdout=full, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("standard output", done.stderr)


class TwoRuns(Case):
    def test_the_second_is_refused_and_the_first_goes_on(self):
        first = subprocess.Popen([PROGRAM, "run", EXAMPLE, "--patients", "1000000000", "--quiet", "--out", "x.h5"],
                                 cwd=self.folder, stderr=subprocess.PIPE)
        try:
            while ".x.h5.part" not in self.files():
                self.assertIsNone(first.poll())
                time.sleep(0.02)
            time.sleep(0.2)
            self.bad(1, "run", EXAMPLE, "--patients", "10", "--quiet", "--out", "x.h5", says="x.h5")
            self.assertIsNone(first.poll())
            self.assertIn(".x.h5.part", self.files())
        finally:
            first.terminate()
            first.communicate(timeout=20)
        self.assertEqual(first.returncode, 143)
        self.good("run", EXAMPLE, "--patients", "10", "--quiet", "--out", "x.h5")


if __name__ == "__main__":
    main()
