"""The scripts that `sweep submit` writes, run by bash as Slurm would: each task its share, told of its time limit it queues itself
again and keeps what it has finished. sbatch and scontrol are stand-ins that note what they are told."""
import os
import signal
import subprocess
import time

from sweeps import SweepCase, main

STAND_INS = {
    "sbatch": '#!/bin/bash\necho "sbatch $*" >> said.txt\necho $((100 + $(grep -c sbatch said.txt)))\n',
    "scontrol": '#!/bin/bash\n[[ $1 = show ]] && echo "MaxArraySize            = 1001" || echo "scontrol $*" >> said.txt\n',
}


class Slurm(SweepCase):
    def setUp(self):
        super().setUp()
        (self.folder / "bin").mkdir()
        for name, text in STAND_INS.items():
            self.write(f"bin/{name}", text).chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "SLURM_JOB_ID": "7"}

    def task(self, number):
        return subprocess.Popen(["bash", "s.sweep/slurm/array.sh"], cwd=self.folder, text=True, stderr=subprocess.PIPE,
                                stdout=subprocess.PIPE, env={**self.environment, "SLURM_ARRAY_TASK_ID": str(number)})

    def said(self):
        return (self.folder / "said.txt").read_text().splitlines()

    def test_submitted_run_and_collected(self):
        self.sweep()
        expected = self.whole()
        done = self.good("sweep", "submit", "s.yaml", "--tasks", 3, "--sbatch=--partition=long", "--sbatch=--time=10",
                         env=self.environment)
        self.assertIn("3 shards in an array of 3 tasks, job 101; collected by job 102", done.stdout)
        self.assertEqual(len(self.said()), 2)
        self.assertIn("--dependency=afterany:101", self.said()[1])
        text = (self.folder / "s.sweep/slurm/array.sh").read_text()
        for line in ("#SBATCH --array=1-3", "#SBATCH --partition=long", "#SBATCH --time=10", "#SBATCH --requeue"):
            self.assertIn(line + "\n", text)
        for number in (3, 1, 2):
            task = self.task(number)
            self.assertEqual(task.communicate()[1], "")
            self.assertEqual(task.returncode, 0)
        collected = subprocess.run(["bash", "s.sweep/slurm/collect.sh"], cwd=self.folder, env=self.environment)
        self.assertEqual(collected.returncode, 0)
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_a_lost_task_is_told_by_the_collecting_job(self):
        self.sweep()
        self.good("sweep", "submit", "s.yaml", "--tasks", 3, env=self.environment)
        self.task(1).communicate()
        collected = subprocess.run(["bash", "s.sweep/slurm/collect.sh"], cwd=self.folder, env=self.environment, text=True,
                                   capture_output=True)
        self.assertEqual(collected.returncode, 4)
        self.assertIn("are missing", collected.stderr)
        self.assertNotIn("s.h5", self.files())

    def test_before_the_time_limit(self):
        self.sweep(patients=20000, lives=6000)
        self.good("sweep", "submit", "s.yaml", "--tasks", 1, env=self.environment)
        task = self.task(1)
        while len(self.shards("s.sweep")) < 3:
            time.sleep(0.01)
        task.send_signal(signal.SIGUSR1)
        task.communicate()
        self.assertEqual(task.returncode, 0)
        self.assertEqual(self.said()[-1], "scontrol requeue 7")
        finished = {path: path.stat().st_mtime_ns for path in self.shards("s.sweep")}
        self.assertGreaterEqual(len(finished), 3)
        self.assertEqual(self.leftovers("s.sweep"), [])
        task = self.task(1)
        task.communicate()
        self.assertEqual(task.returncode, 0)
        self.assertEqual({path: path.stat().st_mtime_ns for path in finished}, finished)
        self.assertEqual(self.collected("s.sweep"), self.whole())

    def test_preempted(self):
        """Slurm itself queues the task again: it only has to stop."""
        self.sweep(patients=20000, lives=6000)
        self.good("sweep", "submit", "s.yaml", "--tasks", 1, env=self.environment)
        before = self.said()
        task = self.task(1)
        while len(self.shards("s.sweep")) < 2:
            time.sleep(0.01)
        task.send_signal(signal.SIGTERM)
        task.communicate()
        self.assertEqual(task.returncode, 128 + signal.SIGTERM)
        self.assertEqual(self.said(), before)
        self.assertEqual(self.leftovers("s.sweep"), [])

    def test_print_submits_nothing(self):
        self.sweep()
        (self.folder / "it's a folder").mkdir()
        done = self.good("sweep", "submit", "s.yaml", "--print", "--folder", "it's a folder/x.sweep", env=self.environment)
        self.assertIn("sbatch --dependency=afterany:$job", done.stdout)
        self.assertFalse((self.folder / "said.txt").exists())
        for name in ("array.sh", "collect.sh"):
            script = self.folder / "it's a folder/x.sweep/slurm" / name
            subprocess.run(["bash", "-n", script], check=True)
            self.assertIn(script.read_text().strip(), done.stdout)
        task = subprocess.run(["bash", "it's a folder/x.sweep/slurm/array.sh"], cwd=self.folder,
                              env={**self.environment, "SLURM_ARRAY_TASK_ID": "1"})
        self.assertEqual(task.returncode, 0)
        self.good("sweep", "status", "it's a folder/x.sweep")

    def test_claims_of_jobs_that_are_over(self):
        """On another host, as many as there are shards: one question tells that they are nobody's, also without waiting for others."""
        self.sweep()
        expected = self.whole()
        for name, options in (("waits", ()), ("does_not", ("--no-wait",))):
            folder = f"{name}.sweep"
            self.good("sweep", "run", "s.yaml", "--out", folder, "--quiet", "--shard", "1000/1000")  # only makes the folder
            claims = [self.folder / folder / path.relative_to(self.folder / "whole.sweep").with_suffix(".sums.claim")
                      for path in self.shards("whole.sweep")]
            self.assertGreater(len(claims), 2)
            for number, claim in enumerate(claims):
                claim.parent.mkdir(parents=True, exist_ok=True)
                claim.write_text(f"elsewhere 1 1 here {number + 100} 0\n")
                os.utime(claim, (time.time() - 100, time.time() - 100))
            self.write("bin/scontrol", '#!/bin/bash\necho "$*" >> asked.txt\n'
                       '[[ "$*" = "show config" ]] && echo "ClusterName = here" || echo "JobId=7 JobState=RUNNING Restarts=0 x"\n')
            self.good("sweep", "resume", folder, "--quiet", "--threads", 2, *options, env=self.environment)
            self.assertEqual((self.folder / "asked.txt").read_text().splitlines(), ["show config", "-a -o show job"])
            (self.folder / "asked.txt").unlink()
            self.assertEqual(self.leftovers(folder), [])
            self.assertEqual(self.collected(folder, name + ".h5"), expected)

    def test_without_slurm(self):
        self.sweep()
        (self.folder / "bin/sbatch").write_text("#!/bin/bash\nexit 1\n")
        self.bad(1, "sweep", "submit", "s.yaml", env=self.environment, says=["sbatch", "--print"])


main()
