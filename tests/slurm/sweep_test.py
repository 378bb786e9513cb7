"""Sweeps on a real Slurm of two nodes on this machine: whatever happens to the job array, the collected file has the bytes of a run
without Slurm. Arguments: the program, the repository."""
import contextlib
import os
import pathlib
import signal
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, name) for name in ("command", "sweep")]
from cluster import Cluster  # noqa: E402
from sweeps import PROGRAM, SweepCase, main  # noqa: E402


class Slurm(SweepCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cluster = cls.enterClassContext(Cluster(pathlib.Path(tempfile.mkdtemp(prefix="sojourn-slurm-")) / "cluster"))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.quiet)

    def quiet(self):
        """No jobs, all nodes up."""
        self.cluster.say("scancel", "--user=" + self.cluster.say("id", "-un"), check=False)
        self.cluster.wait("an empty queue", lambda: self.cluster.say("squeue", "-h") == "")
        for node in self.cluster.nodes:
            if "idle" not in self.cluster.say("sinfo", "-h", "-n", node, "-p", "main", "-o", "%T"):
                self.cluster.say("scontrol", "update", f"nodename={node}", "state=resume", check=False)
        self.cluster.wait("idle nodes", lambda: set(self.cluster.say("sinfo", "-h", "-N", "-p", "main", "-o", "%T").split()) == {"idle"})

    def submit(self, *options, tasks=4):
        said = self.good("sweep", "submit", "s.yaml", "--tasks", tasks, *options, env=self.cluster.environment).stdout
        return said.split("job ")[1].split(";")[0]

    def running(self, job):
        return self.cluster.say("squeue", "-h", "-r", "-j", job, "-t", "R", "-o", "%K", check=False).split()

    def ended(self):
        self.cluster.wait("the end of all jobs", lambda: self.cluster.say("squeue", "-h") == "", 300)

    def working(self, job):
        """Some tasks run and have finished something, and there is more to do."""
        self.cluster.wait("tasks at work", lambda: self.running(job) and len(self.shards("s.sweep")) >= 2)

    def long_sweep(self, patients=400_000):
        """Some 20 s of one core, in shards of a second at most."""
        self.sweep(patients=patients, lives=300_000)
        return self.whole("--threads", 2)

    def restarts(self, job):
        text = self.cluster.say("scontrol", "show", "job", job)
        return [int(part.split("=")[1]) for part in text.split() if part.startswith("Restarts=")]

    def kill_claimers(self, folder):
        """Of all claims that are there; whether there was one."""
        found = False
        for claim in (self.folder / folder).rglob("*.claim"):
            with contextlib.suppress(FileNotFoundError, IndexError):  # given back, or still to be written
                os.kill(int(claim.read_text().split()[1]), signal.SIGKILL)
                found = True
        return found

    def test_submitted_and_collected(self):
        self.sweep()
        expected = self.whole()
        self.submit()
        self.ended()
        self.assertEqual(self.bytes("s.h5"), expected)
        self.assertEqual(self.leftovers("s.sweep"), [])

    def test_preempted_by_an_urgent_job(self):
        expected = self.long_sweep()
        job = self.submit()
        self.working(job)
        urgent = self.cluster.say("sbatch", "--parsable", "--partition=urgent", "--nodes=2", "--output=/dev/null", "--wrap=sleep 3")
        self.cluster.wait("the urgent job", lambda: self.running(urgent) or not self.cluster.say("squeue", "-h", "-j", urgent, check=False))
        self.ended()
        self.assertGreater(max(self.restarts(job)), 0, "nothing was preempted")
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_a_node_goes_down(self):
        expected = self.long_sweep()
        job = self.submit()
        self.working(job)
        self.cluster.say("scontrol", "update", "nodename=n1", "state=down", "reason=test")
        self.ended()
        self.assertGreater(max(self.restarts(job)), 0, "no task was on the node")
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_queued_again(self):
        expected = self.long_sweep()
        job = self.submit()
        self.working(job)
        for task in self.running(job):
            self.cluster.say("scontrol", "requeue", f"{job}_{task}")
        self.ended()
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_what_a_job_on_another_host_held_is_taken_before_its_lease_ends(self):
        """Within two and a half minutes, not ten: Slurm is asked. The job's host is another by its name, in a
        namespace of its own: processes cannot be looked up."""
        expected = self.long_sweep()
        self.good("sweep", "run", "s.yaml", "--quiet", "--shard", "1000/1000")  # only makes the folder
        worker = f"hostname elsewhere; exec {PROGRAM} sweep resume s.sweep --threads 1 --quiet"
        job = self.cluster.say("sbatch", "--parsable", "--no-requeue", f"--chdir={self.folder}", "--output=/dev/null",
                               f"--wrap=exec unshare {'' if os.getuid() == 0 else '-r '}--uts sh -c '{worker}'")
        self.working(job)
        self.cluster.wait("a claim", lambda: self.kill_claimers("s.sweep"))
        self.ended()
        claims = list((self.folder / "s.sweep").rglob("*.claim"))
        self.assertEqual([claim.read_text().split()[0] for claim in claims], ["elsewhere"])
        self.assertEqual(claims[0].read_text().split()[4:], [job, "0"])
        begin = time.monotonic()
        self.good("sweep", "resume", "s.sweep", "--quiet", env=self.cluster.environment, timeout=500)
        self.assertLess(time.monotonic() - begin, 300)
        self.assertEqual(self.collected("s.sweep"), expected)

    def test_before_the_time_limit(self):
        """Limits are in minutes and looked at every half minute; the warning, 60 s before, comes at the first look."""
        expected = self.long_sweep(9_000_000)
        job = self.submit("--sbatch=--time=1", tasks=2)
        self.ended()
        self.assertGreater(max(self.restarts(job)), 0, "no task was told of its time limit")
        self.assertEqual(self.bytes("s.h5"), expected)

    def test_cancelled_and_submitted_again(self):
        expected = self.long_sweep()
        job = self.submit()
        self.working(job)
        self.cluster.say("scancel", job)
        self.ended()
        self.assertNotIn("s.h5", self.files())
        self.assertIn("are missing", (self.folder / "s.sweep/slurm/collect.log").read_text())
        kept = {path: path.stat().st_mtime_ns for path in self.shards("s.sweep")}
        self.assertEqual(self.sojourn("sweep", "status", "s.sweep").returncode, 4)
        self.submit()
        self.ended()
        self.assertEqual({path: path.stat().st_mtime_ns for path in kept}, kept)
        self.assertEqual(self.bytes("s.h5"), expected)


main()
