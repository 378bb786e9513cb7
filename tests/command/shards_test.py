"""Results in several files, `run --shards`: they are the result in one file, for us and for other readers; what happens to the files.
And a program without MPI that is started several times."""
import os
import shutil
import signal
import subprocess
import time

import h5py
import numpy as np

from support import FLAGSHIP, PROGRAM, Case, main

PATIENTS = 150_000  # under one strategy: five files


def datasets(path, under):
    with h5py.File(path) as file:
        found = {}
        file[under].visititems(lambda name, one: found.update({name: one[()]}) if isinstance(one, h5py.Dataset) else None)
        return found


class Shards(Case):
    def setUp(self):
        super().setUp()
        self.example()

    def sharded(self, *options, out="x.h5", patients=PATIENTS):
        return self.good("run", "model.yaml", "--patients", patients, "--out", out, "--quiet", "--shards", *options)

    def one_file(self, *options, out="one.h5", patients=PATIENTS):
        return self.good("run", "model.yaml", "--patients", patients, "--out", out, "--quiet", *options)

    def shards(self, out="x.h5"):
        return sorted((self.folder / f"{out}.shards").iterdir())

    def digest(self, name):
        with h5py.File(self.folder / name) as file:
            return file.attrs["digest"]

    def groups(self, name):
        """With those that are linked."""
        with h5py.File(self.folder / name) as file:
            found, left = set(), [("", file)]
            while left:
                path, group = left.pop()
                for key, one in group.items():
                    if isinstance(one, h5py.Group):
                        found.add(path + key)
                        left.append((f"{path}{key}/", one))
            return found

    def equal(self, a, b, under):
        a, b = datasets(self.folder / a, under), datasets(self.folder / b, under)
        self.assertEqual(a.keys(), b.keys())
        for name in a:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)

    def test_are_the_result_in_one_file(self):
        self.one_file()
        self.sharded()
        self.assertEqual(len(self.shards()), 5)
        self.assertEqual(self.digest("x.h5"), self.digest("one.h5"))
        self.assertEqual(self.groups("x.h5") - {"shards"}, self.groups("one.h5"))
        for under in ("outcomes", "strategies", "dictionary", "input"):  # by h5py, through the virtual datasets
            self.equal("one.h5", "x.h5", under)
        self.assertIn("recomputed: equal", self.good("inspect", "x.h5", "--verify").stdout)

    def test_of_the_flagship_with_costs_and_trials(self):
        for name, more in (("one.h5", []), ("x.h5", ["--shards"])):
            self.good("run", FLAGSHIP, "--patients", 20_000, "--out", name, "--quiet", *more)
        self.assertEqual(self.digest("x.h5"), self.digest("one.h5"))
        self.equal("one.h5", "x.h5", "outcomes")
        for command in (["outcomes"], ["outcomes", "--exact"]):
            tables = [self.good(*command, name).stdout for name in ("one.h5", "x.h5")]
            self.assertEqual(*tables)
        for name in ("one", "x"):
            self.good("export", name + ".h5", "--format", "csv", "--patients", "6000-20000", "--out", name + ".csv")
        for path in (self.folder / "one.csv").iterdir():
            self.assertEqual((self.folder / "x.csv" / path.name).read_bytes(), path.read_bytes(), path.name)

    def test_with_what_is_kept(self):
        for options in (["--keep", "70000"], ["--keep", "1"], ["--keep-states", "relapsed"], ["--no-trajectories"],
                        ["--until", "rmst(survival, 20 years) se < 0.02 years"]):
            with self.subTest(options):
                self.one_file(*options)
                self.sharded(*options)
                self.assertEqual(self.digest("x.h5"), self.digest("one.h5"))
        self.one_file("--no-trajectories", out="y.h5")
        self.sharded("--no-trajectories")
        self.assertEqual(self.bytes("x.h5"), self.bytes("y.h5"))  # nothing to put into shards
        self.assertFalse((self.folder / "x.h5.shards").exists())

    def test_the_same_bytes_with_any_threads(self):
        for threads in (1, 3):
            (self.folder / str(threads)).mkdir()
            self.sharded("--threads", threads, out=f"{threads}/x.h5")
        names = self.files(self.folder / "1/x.h5.shards")
        self.assertEqual(self.files(self.folder / "3/x.h5.shards"), names)
        for name in ["x.h5", *("x.h5.shards/" + name for name in names)]:
            self.assertEqual(self.bytes("1/" + name), self.bytes("3/" + name), name)

    def test_moved_with_their_folder(self):
        self.sharded()
        (self.folder / "there").mkdir()
        shutil.move(self.folder / "x.h5", self.folder / "there/renamed.h5")
        shutil.move(self.folder / "x.h5.shards", self.folder / "there/x.h5.shards")
        self.good("outcomes", "there/renamed.h5")
        with h5py.File(self.folder / "there/renamed.h5") as file:
            ids = file["strategies"][list(file["strategies"])[0]]["sojourns/patient_id"][:]
        self.assertEqual((ids[0], ids[-1]), (1, PATIENTS))
        os.symlink("there/renamed.h5", self.folder / "link.h5")
        self.good("outcomes", "link.h5")

    def test_put_into_one_file(self):
        """As docs/results.md says."""
        self.sharded()
        subprocess.run(["h5repack", "-l", "CONTI", "x.h5", "one.h5"], cwd=self.folder, check=True)
        shutil.move(self.folder / "x.h5.shards", self.folder / "aside")
        self.assertIn("recomputed: equal", self.good("inspect", "one.h5", "--verify").stdout)
        self.good("outcomes", "one.h5")

    def test_missing_and_damaged(self):
        self.sharded()
        second = self.shards()[1]
        aside = second.rename(self.folder / "aside")
        for command in (["outcomes", "x.h5"], ["inspect", "x.h5"], ["export", "x.h5", "--format", "csv"]):
            self.bad(3, *command, says=[f"x.h5.shards/{second.name} is missing", "sojourn run x.h5 --shards"])
        self.good("run", "x.h5", "--shards", "--out", "again.h5", "--quiet")
        self.assertEqual(self.digest("again.h5"), self.digest("x.h5"))
        shutil.copy(self.shards()[0], second)
        self.bad(3, "outcomes", "x.h5", says=f"x.h5.shards/{second.name} is of another result")
        content = bytearray(aside.read_bytes())
        with h5py.File(aside) as file:
            times = file["strategies"][list(file["strategies"])[0]]["sojourns/time_stop"]
            content[times.id.get_chunk_info(0).byte_offset + 800] ^= 1  # the last bit of a time
        second.write_bytes(content)
        done = self.sojourn("inspect", "x.h5", "--verify")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"x.h5.shards/{second.name} is damaged", done.stdout)

    def test_damage_that_cannot_be_decompressed(self):
        self.sharded("--compress", "fast")
        for number, shard in enumerate(self.shards()[1:3]):
            content = bytearray(shard.read_bytes())
            with h5py.File(shard) as file:
                column = file["strategies"][list(file["strategies"])[0]]["sojourns/state_id"]
                self.assertEqual(column.compression, "gzip")
                place = column.id.get_chunk_info(0)
            for byte in range(place.size // 3, place.size // 3 + 64):
                content[place.byte_offset + byte] ^= 0x5A
            shard.write_bytes(content)
            done = self.sojourn("inspect", "x.h5", "--verify")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertEqual(done.stdout.count("is damaged"), number + 1)
            self.assertIn(f"x.h5.shards/{shard.name} is damaged", done.stdout)
            self.assertIn("cannot be recomputed", done.stdout)

    def test_a_killed_run_leaves_the_earlier_result(self):
        self.sharded()
        before = {path: path.read_bytes() for path in [self.folder / "x.h5", *self.shards()]}
        for number in (signal.SIGTERM, signal.SIGKILL):
            run = self.begun("x.h5")
            run.send_signal(number)
            run.communicate()
            self.assertEqual(run.returncode, 143 if number == signal.SIGTERM else -9)
            for path, content in before.items():
                self.assertEqual(path.read_bytes(), content, path)
            self.good("inspect", "x.h5", "--verify")
            if number == signal.SIGTERM:
                self.assertEqual(len(self.shards()), len(before) - 1)
        self.sharded("--seed", 5)  # takes away what the killed one left
        self.assertEqual(len(self.shards()), len(before) - 1)

    def test_those_of_the_replaced_result_go(self):
        self.sharded()
        first = {path.name for path in self.shards()}
        self.sharded("--seed", 5)
        self.assertFalse(first & {path.name for path in self.shards()})
        self.one_file(out="x.h5")
        self.assertFalse((self.folder / "x.h5.shards").exists())

    def begun(self, out):
        """A long run, which has made the first of its shards."""
        folder = self.folder / f"{out}.shards"
        before = len(list(folder.glob("0*.h5")))
        run = subprocess.Popen([PROGRAM, "run", "model.yaml", "--patients", "20000000", "--seed", "5", "--out", out, "--shards", "--quiet"],
                               cwd=self.folder, stderr=subprocess.PIPE)
        until = time.monotonic() + 60
        while len(list(folder.glob("0*.h5"))) == before:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.02)
        return run

    def stopped(self, run):
        run.terminate()
        self.assertIn(b"stopped", run.communicate()[1])

    def kept(self, name):
        """All lives of a result are there, as they were."""
        self.assertIn("recomputed: equal", self.good("inspect", name, "--verify").stdout)
        self.assertEqual(self.digest(name), self.digest("one.h5"))

    def test_a_renamed_result_keeps_its_own(self):
        self.one_file()
        self.sharded()
        first = set(self.shards())
        (self.folder / "x.h5").rename(self.folder / "kept")
        self.stopped(self.begun("x.h5"))
        self.kept("kept")
        self.assertEqual(set(self.shards()), first)
        for more in (["--seed", 7], ["--seed", 8]):
            self.sharded(*more)
            self.kept("kept")
            self.assertEqual(len(self.shards()), 2 * len(first))
        self.one_file("--seed", 7, out="x.h5")
        self.kept("kept")
        self.assertEqual(set(self.shards()), first)
        self.good("run", "kept", "--shards", "--out", "x.h5", "--quiet")  # makes the same files
        self.kept("kept")
        self.kept("x.h5")
        self.good("run", "kept", "--shards", "--compress", "fast", "--out", "x.h5", "--quiet")  # others, with the same digests
        self.kept("kept")
        self.kept("x.h5")
        self.sharded("--seed", 7, out="kept")  # those of `kept` go, in whichever folder
        self.kept("x.h5")
        self.assertFalse(first & set(self.shards()))
        self.assertEqual((len(self.shards()), len(self.shards("kept"))), (len(first), len(first)))

    def test_what_may_name_them_is_in_doubt(self):
        self.one_file()
        self.sharded()
        (self.folder / "x.h5").rename(self.folder / "kept.h5")
        whole = self.bytes("kept.h5")
        (self.folder / "kept.h5").write_bytes(whole[:len(whole) // 2])  # it is being copied
        self.sharded("--seed", 7)
        (self.folder / "kept.h5").write_bytes(whole)
        self.kept("kept.h5")

    def test_names_that_differ_by_their_ending(self):
        """Each its folder: one may run while the other does."""
        self.one_file()
        run = self.begun("x")
        self.sharded()
        self.assertIsNone(run.poll())
        self.stopped(run)
        self.kept("x.h5")
        self.assertEqual([name for name in self.files() if name.endswith(".shards")], ["x.h5.shards"])

    def test_not_for_samples(self):
        self.bad(3, "run", FLAGSHIP, "--patients", 100, "--samples", 2, "--shards", says="--samples")

    def test_a_disk_that_is_full(self):
        from support import small_disk
        with small_disk(self.folder / "disk", "3m") as disk:
            if disk is None:
                self.skipTest("file systems cannot be mounted here")
            self.bad(1, "run", "model.yaml", "--patients", PATIENTS, "--out", "disk/x.h5", "--shards", says="No space left on device")
            self.assertEqual(self.files(disk), [])


class Launched(Case):
    """Started as by mpirun, without MPI in the program: only what it says in the environment matters."""

    def setUp(self):
        super().setUp()
        self.assertIn("MPI: no", self.good("--version").stdout, "these tests are for a build without MPI")
        self.example()

    def environment(self, rank, size=2):
        return {**os.environ, "OMPI_COMM_WORLD_RANK": str(rank), "OMPI_COMM_WORLD_SIZE": str(size),
                "OMPI_COMM_WORLD_LOCAL_SIZE": str(size)}

    def test_a_run_is_refused(self):
        for rank in (0, 1):
            self.bad(3, "run", "model.yaml", "--patients", 10, env=self.environment(rank),
                     says=["one of 2 processes (OMPI_COMM_WORLD_SIZE=2)", "SOJOURN_WITH_MPI"])
        self.assertEqual(self.files(), ["model.yaml"])

    def test_one_process_runs_and_so_does_what_is_not_shared(self):
        self.good("run", "model.yaml", "--patients", 10, "--quiet", env=self.environment(0, 1))
        self.good("check", "model.yaml", env=self.environment(1))


main()
