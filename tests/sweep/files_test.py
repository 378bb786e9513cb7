"""Disks that are full, folders that cannot be written, shards that are damaged or gone, models that change."""
import os
import shutil
import subprocess

from sweeps import MODEL, SweepCase, main, rows
from support import limit_file_size, small_disk


class Trouble(SweepCase):
    def test_damaged_shards_are_named_and_made_again(self):
        self.sweep(lives=6000)
        expected = self.whole()
        shards = self.shards("whole.sweep")
        self.assertGreaterEqual(len(shards), 6)
        spoilt = {shards[0]: lambda b: b[:len(b) // 2], shards[2]: lambda b: b[:-1], shards[3]: lambda b: b"",
                  shards[4]: lambda b: b[:50] + bytes([b[50] ^ 1]) + b[51:], shards[5]: lambda b: shards[1].read_bytes()}
        for path, change in spoilt.items():
            path.write_bytes(change(path.read_bytes()))
        done = self.bad(4, "sweep", "collect", "whole.sweep", "--out", "y.h5", says=[p.name for p in spoilt])
        self.assertIn("sweep resume", done.stderr)
        self.assertFalse((self.folder / "y.h5").exists())
        done = self.sojourn("sweep", "status", "whole.sweep")
        self.assertEqual(done.returncode, 4)
        self.assertIn("damaged  5", done.stdout)
        done = self.good("sweep", "resume", "whole.sweep")
        for path in spoilt:
            self.assertIn(path.name, done.stderr)
        self.assertIn("5 shards of", done.stdout)
        self.assertEqual(self.collected("whole.sweep"), expected)

    def test_missing_shards(self):
        self.sweep(lives=6000)
        expected = self.whole()
        shards = self.shards("whole.sweep")
        shards[1].unlink()
        done = self.bad(4, "sweep", "collect", "whole.sweep", "--out", "y.h5",
                        says=["scenarios that are missing", "3 (", "4 (", "--partial"])
        self.assertNotIn("5 (", done.stderr)
        self.good("sweep", "collect", "whole.sweep", "--out", "y.h5", "--partial")
        scenarios = rows(self.folder / "y.h5", "scenarios")
        self.assertEqual([s["scenario"] for s in scenarios if s["status"] != "done"], [3, 4])
        self.assertEqual({r["scenario"] for r in rows(self.folder / "y.h5", "long")}, set(range(1, 15)) - {3, 4})
        done = self.good("sweep", "resume", "whole.sweep")
        self.assertIn("1 shard of 7 made", done.stdout)
        self.assertEqual(self.collected("whole.sweep"), expected)

    def test_a_part_of_a_scenarios_patients(self):
        self.sweep(patients=6000, lives=3072, hr="0.5")
        expected = self.whole()
        self.shards("whole.sweep")[-1].unlink()
        self.good("sweep", "collect", "whole.sweep", "--out", "y.h5", "--partial", "--quiet")
        last = rows(self.folder / "y.h5", "scenarios")[-1]
        self.assertEqual(last["status"], "partial")
        self.assertLess(last["patients"], 6000)
        n = {r["n"] for r in rows(self.folder / "y.h5", "long") if r["scenario"] == 4 and r["quantity"] == 1}
        self.assertEqual(n, {last["patients"]})
        self.good("sweep", "resume", "whole.sweep", "--quiet")
        self.assertEqual(self.collected("whole.sweep"), expected)

    def test_a_limit_on_file_sizes(self):
        self.sweep(lives=10**6, hr=", ".join(f"{0.3 + i / 100:.2f}" for i in range(40)))
        expected = self.whole()
        size = self.shards("whole.sweep")[0].stat().st_size
        self.good("sweep", "run", "s.yaml", "--out", "x.sweep", "--shard", "2/2", "--quiet")  # makes the folder
        self.bad(1, "sweep", "resume", "x.sweep", preexec_fn=limit_file_size(size // 2), says=["0000.sums", "File too large"])
        self.assertEqual(self.shards("x.sweep"), [])
        self.assertEqual(self.leftovers("x.sweep"), [])
        self.good("sweep", "resume", "x.sweep", "--quiet")
        self.assertEqual(self.collected("x.sweep"), expected)
        self.bad(1, "sweep", "collect", "x.sweep", "--out", "z.h5", preexec_fn=limit_file_size(20000), says="z.h5")
        self.assertNotIn("z.h5", self.files())

    def test_a_full_disk(self):
        self.sweep(lives=6000, patients=3000)
        expected = self.whole()
        with small_disk(self.folder / "disk", 32768) as disk:
            if not disk:
                return
            done = self.bad(1, "sweep", "run", "s.yaml", "--out", disk / "x.sweep", says="No space left on device")
            self.assertNotIn("Traceback", done.stderr)
            subprocess.run(["mount", "-o", "remount,size=10M", disk], check=True)
            self.good("sweep", "run", "s.yaml", "--out", disk / "x.sweep", "--quiet")
            self.assertEqual(self.collected(disk / "x.sweep"), expected)

    def test_a_folder_that_cannot_be_written(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/2", "--quiet")
        os.chown(self.folder, 65534, 65534)
        for path in self.folder.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", os.fspath(self.program()),
                               "sweep", "resume", "s.sweep"], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("Permission denied", done.stderr)
        self.assertIn("s.sweep", done.stderr)

    def program(self):
        """A copy that others may run."""
        from support import PROGRAM
        copy = self.folder / "sojourn"
        shutil.copy(PROGRAM, copy)
        copy.chmod(0o755)
        return copy

    def test_the_model_changed(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/2", "--quiet")
        self.write("maintenance.yaml", MODEL.replace("median: 18 months", "median: 17 months"))
        for command in ("run", "expand"):
            self.bad(3, "sweep", command, "s.yaml", says=[
                "the model has changed", "maintenance.yaml, line 33", "18 months", "17 months"])
        self.good("sweep", "resume", "s.sweep", "--quiet")  # of its own copy
        before = self.collected("s.sweep")
        self.write("maintenance.yaml", MODEL)
        self.assertEqual(self.whole(), before)

    def test_the_sweep_file_changed(self):
        self.sweep()
        self.good("sweep", "run", "s.yaml", "--shard", "1/2", "--quiet")
        self.sweep(patients=1100)
        self.bad(3, "sweep", "run", "s.yaml", says=["the sweep file has changed", "line 4", "sweep expand"])

    def test_a_scenario_that_fails(self):
        """At a patient. The others go on; each time the same is said."""
        self.failing_sweep()
        said = {self.bad(4, "sweep", "run", "s.yaml", "--out", f"{i}.sweep", "--threads", i, "--quiet",
                         says=["scenarios that failed", "in scenario", "relapse"]).stderr for i in (1, 3)}
        self.assertEqual(len(said), 1)
        self.bad(4, "sweep", "resume", "1.sweep", "--quiet", says="in scenario")
        self.assertIn("failed   1 scenario", self.sojourn("sweep", "status", "1.sweep").stdout)
        self.bad(4, "sweep", "collect", "1.sweep", says=["scenarios that failed", "3 (", "s -0.0139"])
        self.good("sweep", "collect", "1.sweep", "--out", "x.h5", "--partial", "--quiet")
        self.assertEqual([s["status"] for s in rows(self.folder / "x.h5", "scenarios")], ["done", "done", "failed", "done"])
        self.assertIn("relapse", rows(self.folder / "x.h5", "scenarios")[2]["message"])
        self.good("sweep", "collect", "3.sweep", "--out", "y.h5", "--partial", "--quiet")
        self.assertEqual(self.bytes("x.h5"), self.bytes("y.h5"))

    def test_folders_that_are_none(self):
        self.sweep()
        (self.folder / "empty").mkdir()
        for command in ("resume", "status", "collect"):
            self.bad(3, "sweep", command, "empty", says="is no folder of a sweep")
            self.bad(3, "sweep", command, "nowhere", says="is no folder of a sweep")
        self.bad(3, "sweep", "run", "s.yaml", "--out", "empty", says="is no folder of a sweep")
        self.bad(1, "sweep", "run", "s.yaml", "--out", "no/such/x.sweep", says="does not exist")
        self.bad(3, "sweep", "run", "s.yaml", "--shard", "3/2", says="--shard 3/2")
        self.bad(3, "sweep", "run", "absent.yaml", says="absent.yaml")
        self.bad(2, "sweep", "collect")
        self.good("sweep", "run", "s.yaml", "--quiet")
        (self.folder / "s.sweep/plans/000001/stages.txt").write_text("stage 1 x\n")
        self.bad(3, "sweep", "resume", "s.sweep", says=["stages.txt", "damaged"])
        (self.folder / "s.sweep/model/maintenance.yaml").unlink()
        self.bad(3, "sweep", "resume", "s.sweep", says="is missing")


main()
