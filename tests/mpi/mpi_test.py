"""Sweeps and single runs by several processes under a real Open MPI on this machine: the bytes are those of one process without MPI,
whatever happens to the processes. Arguments: the program with MPI, the repository."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, name) for name in ("command", "sweep", "slurm")]
import h5py  # noqa: E402
from cluster import Cluster  # noqa: E402
from sweeps import PROGRAM, SOURCE, SweepCase, main  # noqa: E402

FLAGSHIP = SOURCE / "configs/ball_cd19_cd22.yaml"
# More processes than processors: those that wait shall not spin. Root in containers is as good as anybody.
ENVIRONMENT = {**os.environ, "OMPI_MCA_mpi_yield_when_idle": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


class Mpi(SweepCase):
    def setUp(self):
        super().setUp()
        self.assertIn("MPI: Open MPI", self.good("--version").stdout)

    def mpirun(self, processes, *arguments, program=PROGRAM, cwd=None):
        return subprocess.run(["mpirun", "--oversubscribe", "-n", str(processes), program, *map(str, arguments)], env=ENVIRONMENT,
                              cwd=cwd or self.folder, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def all_good(self, processes, *arguments, **options):
        done = self.mpirun(processes, *arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stdout}{done.stderr}")
        return done

    def start(self, processes, *arguments):
        return subprocess.Popen(["mpirun", "--oversubscribe", "-n", str(processes), PROGRAM, *map(str, arguments)], env=ENVIRONMENT,
                                cwd=self.folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ranks(self, mpirun):
        """Process ids by rank."""
        found = {}
        for pid in subprocess.run(["pgrep", "-P", str(mpirun.pid)], text=True, capture_output=True).stdout.split():
            try:
                with open(f"/proc/{pid}/environ", "rb") as file:
                    rank = re.search(rb"OMPI_COMM_WORLD_RANK=(\d+)", file.read())
            except FileNotFoundError:
                continue
            if rank:
                found[int(rank[1])] = int(pid)
        return found

    def wait(self, holds, process, seconds=60):
        until = time.monotonic() + seconds
        while not holds():
            self.assertIsNone(process.poll(), "it has ended")
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)

    def told_once(self, done, code, text):
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stderr.count(text), 1, done.stderr)

    # Sweeps

    def test_a_sweep_resolves(self):
        """The first process finds who goes on, all work on it."""
        text = self.sweep(patients=500, lives=6000).read_text()
        self.write("s.yaml", text + "resolve: {outcome: alive, measure: restricted_mean, within: 0.02 years, most_patients: 16000}\n")
        self.good("sweep", "run", "s.yaml", "--out", "one.sweep", "--resolve", "--quiet", "--threads", 1)
        expected = self.collected("one.sweep", "one.h5")
        self.assertTrue(list((self.folder / "one.sweep/looks").rglob("*.sums")))
        done = self.all_good(3, "sweep", "run", "s.yaml", "--out", "three.sweep", "--resolve", "--threads", 1)
        self.assertEqual(done.stdout.count("resolved "), 2)  # "resolved", "not resolved": told by one
        self.assertEqual(self.collected("three.sweep", "three.h5"), expected)
        self.sweep(patients=500, name="no.yaml")
        done = self.mpirun(3, "sweep", "run", "no.yaml", "--resolve")
        self.assertEqual(done.stderr.count("does not say what to resolve"), 1, done.stderr)

    def test_a_sweep_is_shared_and_has_the_same_bytes(self):
        self.sweep()
        expected = self.whole()
        for processes in (1, 4):
            done = self.all_good(processes, "sweep", "run", "s.yaml", "--out", f"{processes}.sweep")
            self.assertEqual(done.stdout.count("shards"), 1, "one of them speaks")
            self.assertEqual(self.collected(f"{processes}.sweep", f"{processes}.h5"), expected)
            self.assertEqual(self.leftovers(f"{processes}.sweep"), [])
        self.assertIn("by 4 processes", done.stdout)

    def long_sweep(self):
        """Some 10 s of one core in a hundred shards."""
        self.sweep(patients=200_000, lives=100_000)
        return self.whole("--threads", 2)

    def test_a_killed_process_costs_what_was_in_flight(self):
        expected = self.long_sweep()
        run = self.start(4, "sweep", "run", "s.yaml")
        self.wait(lambda: len(self.shards("s.sweep")) >= 6, run)
        os.kill(self.ranks(run)[2], signal.SIGKILL)
        run.communicate(timeout=60)
        self.assertNotEqual(run.returncode, 0)
        kept = {path: path.stat().st_mtime_ns for path in self.shards("s.sweep")}
        done = self.all_good(4, "sweep", "resume", "s.sweep")
        made, of = map(int, re.search(r"(\d+) shards? of (\d+) made", done.stdout).groups())
        self.assertEqual(made, of - len(kept))
        self.assertEqual({path: path.stat().st_mtime_ns for path in kept}, kept, "what was finished is made again")
        self.assertEqual(self.collected("s.sweep"), expected)
        self.assertEqual(self.leftovers("s.sweep"), [])

    def test_a_slow_process_holds_nobody_up(self):
        expected = self.long_sweep()
        run = self.start(4, "sweep", "run", "s.yaml", "--threads", 1)
        self.wait(lambda: len(self.shards("s.sweep")) >= 4, run)
        slow = self.ranks(run)[3]
        os.kill(slow, signal.SIGSTOP)
        total = self.planned("s.sweep")
        self.wait(lambda: len(self.shards("s.sweep")) >= total - 1, run)  # all but the one that it has
        os.kill(slow, signal.SIGCONT)
        self.assertEqual(run.communicate(timeout=60)[1], "")
        self.assertEqual(run.returncode, 0)
        self.assertEqual(self.collected("s.sweep"), expected)

    def planned(self, folder):
        return int(re.search(r"of (\d+) shards", self.sojourn("sweep", "status", folder).stdout)[1])

    def test_a_sweep_grows_and_beside_a_process_of_its_own(self):
        self.sweep(patients=20_000, hr="0.4, 0.8")
        run = self.start(2, "sweep", "run", "s.yaml")
        self.wait(lambda: (self.folder / "s.sweep").exists(), run)
        self.good("sweep", "resume", "s.sweep", "--quiet")
        self.assertEqual(run.wait(60), 0)
        run.communicate()
        self.sweep(patients=20_000)
        self.all_good(3, "sweep", "expand", "s.yaml")
        self.assertEqual(self.collected("s.sweep"), self.whole())

    def test_scenarios_that_fail_are_told_once(self):
        self.failing_sweep()
        alone = self.bad(4, "sweep", "run", "s.yaml", "--out", "alone.sweep", "--quiet", says="scenarios that failed")
        done = self.mpirun(4, "sweep", "run", "s.yaml", "--quiet")
        self.assertEqual(done.returncode, 4)
        self.assertTrue(done.stderr.startswith(alone.stderr), done.stderr)  # then what mpirun says about the exit code
        self.assertEqual(done.stderr.count("scenarios that failed"), 1)

    def test_what_is_wrong_is_told_once(self):
        self.sweep()
        self.told_once(self.mpirun(4, "sweep", "run", "other.yaml"), 3, "other.yaml")
        self.told_once(self.mpirun(4, "sweep", "resume", "no.sweep"), 3, "is no folder of a sweep")
        self.all_good(2, "sweep", "run", "s.yaml", "--quiet")
        model = self.folder / "maintenance.yaml"
        model.write_text(model.read_text().replace("0.4", "0.5", 1))
        self.told_once(self.mpirun(4, "sweep", "run", "s.yaml"), 3, "the model has changed since")
        self.told_once(self.mpirun(3, "run", "other.yaml"), 3, "other.yaml")
        self.told_once(self.mpirun(3, "run", "maintenance.yaml", "--out", "nowhere/x.h5"), 1, "nowhere/x.h5")
        self.told_once(self.mpirun(3, "run", "maintenance.yaml", "--until", "rmst(alive, 3 years) se < 1 year"), 3, "--until")
        self.told_once(self.mpirun(3, "run", FLAGSHIP, "--samples", 2), 3, "--samples")
        self.assertEqual([name for name in self.files() if "h5" in name or "shards" in name], [])

    def test_processes_with_different_arguments(self):
        command = ["mpirun", "--oversubscribe", *"-n 1".split(), PROGRAM, "run", "maintenance.yaml", ":", *"-n 2".split(), PROGRAM, "run",
                   "maintenance.yaml", "--seed", "2"]
        done = subprocess.run(command, env=ENVIRONMENT, cwd=self.folder, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        self.told_once(done, 3, "with different arguments")

    def test_commands_of_one_process_do_not_start_mpi(self):
        """Which takes some tenths of a second, and would print where the libraries of a fabric do not find it."""
        done = subprocess.run(["strace", "-f", "-e", "trace=openat", PROGRAM, "check", "maintenance.yaml"], cwd=self.folder, text=True,
                              capture_output=True) if os.path.exists("/usr/bin/strace") else None
        if done is None:
            begun = time.monotonic()
            self.good("check", "maintenance.yaml")
            self.assertLess(time.monotonic() - begun, 0.3)
        else:
            self.assertNotIn("openmpi/mca", done.stderr)

    # One large scenario

    def result(self, name):
        """All there is of a result, by file."""
        paths = [self.folder / name / "x.h5", *sorted((self.folder / name / "x.h5.shards").iterdir())]
        return {path.name: path.read_bytes() for path in paths}

    def test_a_run_has_the_same_bytes_and_the_digest_of_one_file(self):
        for name in ("plain", "alone", "1", "2", "4"):
            (self.folder / name).mkdir()
        run = ["run", FLAGSHIP, "--patients", 40_000, "--out", "x.h5", "--quiet", "--csv", "x.csv"]
        self.good(*run, cwd=self.folder / "plain")
        self.good(*run, "--shards", cwd=self.folder / "alone")
        expected = self.result("alone")
        self.assertGreater(len(expected), 4)
        for processes in (1, 2, 4):
            self.all_good(processes, *run, cwd=self.folder / str(processes))
            self.assertEqual(self.result(str(processes)).keys(), expected.keys())
            self.assertTrue(self.result(str(processes)) == expected, f"{processes} processes: other bytes")
            self.assertEqual(self.bytes(f"{processes}/x.csv"), self.bytes("plain/x.csv"))
        digests = []
        for name in ("plain", "4"):
            with h5py.File(self.folder / name / "x.h5") as file:
                digests.append(file.attrs["digest"])
        self.assertEqual(*digests)
        self.assertIn("recomputed: equal", self.good("inspect", "4/x.h5", "--verify").stdout)
        self.assertEqual(self.good("outcomes", "4/x.h5").stdout, self.good("outcomes", "plain/x.h5").stdout)

    def test_a_patient_who_shows_that_the_model_is_wrong(self):
        """The first one, whoever comes to one."""
        self.failing_sweep()
        run = ["run", "maintenance.yaml", "--set", "slope=-0.01335", "--patients", 200_000, "--quiet"]
        said = self.bad(3, *run).stderr
        for processes in (2, 3):
            done = self.mpirun(processes, *run, "--out", "x.h5")
            self.assertEqual(done.returncode, 3)
            self.assertTrue(done.stderr.startswith(said), done.stderr)
        self.assertFalse([name for name in self.files() if "x." in name])

    def test_a_run_until_precise(self):
        until = ["run", "maintenance.yaml", "--until", "rmst(alive, 10 years) se < 0.014 years", "--quiet"]
        self.good(*until, "--out", "plain.h5")
        self.all_good(3, *until, "--out", "x.h5")
        self.good(*until, "--out", "none.h5", "--no-trajectories")
        self.all_good(3, *until, "--out", "none_3.h5", "--no-trajectories")
        self.assertEqual(self.bytes("none.h5"), self.bytes("none_3.h5"))
        with h5py.File(self.folder / "plain.h5") as one, h5py.File(self.folder / "x.h5") as other:
            self.assertEqual(one.attrs["digest"], other.attrs["digest"])

    def test_a_killed_run_leaves_nothing_under_its_name(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            run = self.start(3, "run", "maintenance.yaml", "--patients", 20_000_000, "--out", "x.h5")
            self.wait(lambda: len(list(self.folder.glob("x.h5.shards/0*.h5"))) >= 2, run)
            os.kill(self.ranks(run)[1], number)
            said = run.communicate(timeout=60)[1]
            self.assertNotEqual(run.returncode, 0)
            self.assertNotIn("x.h5", self.files())
            if number == signal.SIGTERM:
                self.assertIn("sojourn: stopped; nothing was written", said)
                self.assertNotIn("x.h5.shards", self.files())
        self.all_good(2, "run", "maintenance.yaml", "--patients", 50_000, "--out", "x.h5", "--quiet")
        self.good("outcomes", "x.h5")


class UnderSlurm(SweepCase):
    """Two nodes, both on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cluster = cls.enterClassContext(Cluster(pathlib.Path(tempfile.mkdtemp(prefix="sojourn-mpi-")) / "cluster"))

    def slurm(self, *words):
        return subprocess.run(list(map(str, words)), env={**ENVIRONMENT, "SLURM_CONF": self.cluster.environment["SLURM_CONF"]},
                              cwd=self.folder, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def test_srun(self):
        """With PMIx they are one team; without, each takes part by itself."""
        self.sweep()
        expected = self.whole()
        done = self.slurm("srun", "--mpi=pmix", "-N2", "-n2", PROGRAM, "sweep", "run", "s.yaml", "--out", "pmix.sweep")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("by 2 processes", done.stdout)
        self.assertEqual(self.collected("pmix.sweep"), expected)
        done = self.slurm("srun", "--mpi=none", "-N2", "-n2", PROGRAM, "sweep", "run", "s.yaml", "--out", "none.sweep")
        self.assertEqual((done.returncode, done.stdout.count(" made, ")), (0, 2), done.stderr)
        self.assertEqual(self.collected("none.sweep", "y.h5"), expected)
        done = self.slurm("srun", "--mpi=pmix", "-N2", "-n2", PROGRAM, "sweep", "run", "other.yaml")
        self.assertEqual((done.returncode, done.stderr.count("other.yaml")), (3, 1), done.stderr)

    def test_mpirun_in_a_job(self):
        run = ["run", "maintenance.yaml", "--patients", "60000", "--quiet", "--out", "x.h5"]
        (self.folder / "alone").mkdir()
        self.good(*run[:-1], "alone/x.h5", "--shards")
        done = self.slurm("sbatch", "--wait", "-N2", "-n2", "--output=job.log", "--wrap", f"mpirun '{PROGRAM}' {' '.join(run)}")
        self.assertEqual(done.returncode, 0, done.stderr + (self.folder / "job.log").read_text())
        self.assertEqual(self.bytes("x.h5"), self.bytes("alone/x.h5"))


main()
