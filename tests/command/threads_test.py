"""One model, seed and build: one file, byte for byte, whatever computes it."""
import os
import re

from support import EXAMPLE, FLAGSHIP, Case, main


class Bytes(Case):
    def same(self, model, patients, variants):
        reference = None
        for name, threads, environment in variants:
            self.good("run", model, "--patients", patients, "--quiet", "--out", "x.h5", "--threads", threads,
                      "--csv", "x.csv", "--json", "x.json", env={**os.environ, **environment})
            made = [self.bytes(file) for file in ("x.h5", "x.csv", "x.json")]
            reference = reference or made
            self.assertEqual(made, reference, f"differs with {name}")

    THREADS = [("1 thread", 1, {}), ("2 threads", 2, {}), ("7 threads", 7, {})]
    PROCESSORS = [("all instructions", 2, {}),
                  ("neither FMA nor AVX2", 2, {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4,-AVX512F"})]

    def test_threads_example(self):
        self.same(EXAMPLE, 20000, self.THREADS)

    def test_threads_flagship(self):
        self.same(FLAGSHIP, 3000, self.THREADS)

    def test_compressed(self):
        """Any number of threads, and again from the file; what h5py reads is what is not compressed."""
        import h5py
        self.good("run", FLAGSHIP, "--patients", 3000, "--quiet", "--out", "plain.h5")
        for how in ("fast", "small"):
            made = []
            for threads in (1, 2, 7):
                self.good("run", FLAGSHIP, "--patients", 3000, "--quiet", "--out", "x.h5", "--threads", threads, "--compress", how)
                made.append(self.bytes("x.h5"))
            self.good("run", "x.h5", "--quiet", "--out", "again.h5")
            self.assertEqual({*made, self.bytes("again.h5")}, {made[0]})
            self.assertIn("recomputed: equal", self.good("inspect", "--verify", "x.h5").stdout)
            with h5py.File(self.folder / "plain.h5") as plain, h5py.File(self.folder / "x.h5") as x:
                def same(name, column):
                    if isinstance(column, h5py.Dataset):
                        self.assertEqual(column[()].tobytes(), x[name][()].tobytes(), name)
                plain.visititems(same)
                self.assertEqual(plain.attrs["digest"], x.attrs["digest"])

    def test_processors(self):
        self.same(EXAMPLE, 5000, self.PROCESSORS)
        self.same(FLAGSHIP, 1000, self.PROCESSORS)

    def test_locale_and_time_zone(self):
        self.same(EXAMPLE, 1000, [("C", 1, {"LC_ALL": "C"}), ("German", 2, {"LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})])


class Again(Case):
    def test_a_result_runs_again(self):
        for model, patients in [(EXAMPLE, 5000), (FLAGSHIP, 600)]:
            self.good("run", model, "--patients", patients, "--seed", "3", "--quiet", "--out", "x.h5")
            self.good("run", "x.h5", "--quiet", "--out", "again.h5", "--threads", "1")
            self.assertEqual(self.bytes("x.h5"), self.bytes("again.h5"))

    def test_with_changed_parameters_and_what_is_kept(self):
        self.good("run", FLAGSHIP, "--patients", "600", "--quiet", "--out", "x.h5", "--set", "hr_relapse_hsct=0.8",
                  "--strategies", "hsct_all,observe", "--keep", "50", "--keep-states", "remission,hsct,dead")
        self.good("run", "x.h5", "--quiet", "--out", "again.h5")
        self.assertEqual(self.bytes("x.h5"), self.bytes("again.h5"))
        self.good("run", "x.h5", "--quiet", "--out", "other.h5", "--seed", "9")
        self.assertNotEqual(self.bytes("x.h5"), self.bytes("other.h5"))

    def test_from_another_folder_under_another_name(self):
        (self.folder / "a" / "b").mkdir(parents=True)
        copy = self.folder / "a" / "b" / EXAMPLE.name
        copy.write_bytes(EXAMPLE.read_bytes())
        self.good("run", EXAMPLE, "--patients", "500", "--quiet", "--out", "x.h5")
        self.good("run", EXAMPLE.name, "--patients", "500", "--quiet", "--out", "../y.h5", cwd=copy.parent)
        self.assertEqual(self.bytes("x.h5"), self.bytes("a/y.h5"))

    def test_it_does_not_overwrite_what_it_reads(self):
        self.good("run", EXAMPLE, "--patients", "500", "--quiet")
        before = self.bytes("illness_death.h5")
        self.bad(3, "run", "illness_death.h5", "--seed", "2", says="--out")
        self.assertEqual(self.bytes("illness_death.h5"), before)

    def test_fewer_patients_are_the_first_ones(self):
        self.good("run", EXAMPLE, "--patients", "2000", "--keep", "300", "--quiet", "--out", "many.h5")
        self.good("run", EXAMPLE, "--patients", "300", "--quiet", "--out", "few.h5")
        import h5py
        with h5py.File(self.folder / "many.h5") as many, h5py.File(self.folder / "few.h5") as few:
            compared = 0

            def compare(name, item):
                nonlocal compared
                if isinstance(item, h5py.Dataset) and re.match("strategies/.*/(sojourns|events)/", name):
                    self.assertEqual(item[()].tolist(), many[name][()].tolist(), name)
                    compared += 1
            few.visititems(compare)
        self.assertGreater(compared, 3)


if __name__ == "__main__":
    main()
