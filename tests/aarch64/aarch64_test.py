"""The program for 64-bit Arm, under qemu-user, writes the bytes that the program for this machine writes. Arguments: the build
for this machine, the repository, the build for Arm, the folder of Arm's libraries."""
import filecmp
import os
import pathlib
import re
import subprocess
import sys

NATIVE_BUILD, ARM_BUILD, SYSROOT = (pathlib.Path(sys.argv[i]).resolve() for i in (1, 3, 4))
sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, name) for name in ("command", "sweep")]
sys.argv[1:] = [str(NATIVE_BUILD / "sojourn"), sys.argv[2], *sys.argv[5:]]
from sweeps import SOURCE, SweepCase, main, rows  # noqa: E402

EMULATOR = ["qemu-aarch64", "-L", str(SYSROOT)]
ENGINES = {"neon": ["--engine", "batched", "--isa", "neon"], "reference": ["--engine", "reference"]}
RANDOM_MODELS = 100

# A sweep that has a shape and a scale found.
SOLVED_FOR = """sojourn: 1
title: Solved for
horizon: 10 years
parameters: {shape: {value: 1, range: [0.2, 5]}, scale: {value: 3 years, range: [0.1 years, 30 years]}, hr: {value: 1}}
cohort: {size: 500}
states: {well: {initial: true}, dead: {absorbing: true}}
transitions: [{name: death, from: well, to: dead, time: {weibull: {shape: shape, scale: scale}}, hazard_ratio: hr}]
strategies: {usual: {reference: true}}
outcomes: {alive: {time_to: dead, at: [1 year, 5 years], targets: [{at: 1 year, value: 0.7, se: 0.02, source: a trial}]}}
"""
SOLVED_SWEEP = """sweep: 1
model: m.yaml
patients: 500
targets: {patients: 3000, figures: [alive, {outcome: alive, at: 5 years, value: 0.3, tolerance: 0.002}]}
recalibrate: {shape: {}, scale: {}}
axes: {h: {parameter: hr, values: [0.5, 0.8, 1, 1.7, 3]}}
"""


def models():
    """Those of the repository that are whole."""
    found = [path for folder in ("configs", "tests/data/models", "tests/schema/models")
             for path in sorted((SOURCE / folder).rglob("*.yaml")) if re.search(r"^sojourn:", path.read_text(), re.MULTILINE)]
    assert len(found) > 20, found
    return found


class Aarch64(SweepCase):
    def both(self, *arguments, options=()):
        """What the two programs print, each in a folder of its own; `options` are for Arm only. Ends and words are equal."""
        done = []
        for name, program, more in (("native", [NATIVE_BUILD / "sojourn"], ()), ("arm", [*EMULATOR, ARM_BUILD / "sojourn"], options)):
            (self.folder / name).mkdir(exist_ok=True)
            done.append(subprocess.run([*map(str, program), *map(str, arguments), *more], cwd=self.folder / name, text=True,
                                       stdin=subprocess.DEVNULL, capture_output=True, timeout=600))
        native, arm = done
        self.assertEqual((native.returncode, native.stderr), (arm.returncode, arm.stderr), arguments)
        self.assertEqual(native.stdout, arm.stdout, arguments)
        return native

    def both_good(self, *arguments, **options):
        done = self.both(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stdout}{done.stderr}")

    def same_files(self, *names):
        for name in names:
            native, arm = self.folder / "native" / name, self.folder / "arm" / name
            self.assertTrue(filecmp.cmp(native, arm, shallow=False), f"{name} differs: {self.digest(native)} and {self.digest(arm)}")

    def digest(self, file):
        if file.suffix != ".h5":
            return f"{file.stat().st_size} bytes"
        return re.search(r"digest +(\w+)", self.good("inspect", file).stdout)[1]

    def same_run(self, model, patients, *arguments):
        for name, options in ENGINES.items():
            with self.subTest(model=model, engine=name):
                done = self.both("run", model, "--patients", patients, "--quiet", "--out", "x.h5", "--csv", "x.csv", "--json", "x.json",
                                 *arguments, options=options)
                if done.returncode == 0:
                    self.same_files("x.h5", "x.csv", "x.json")
        return done

    def test_it_is_what_it_says(self):
        kind = subprocess.run(["readelf", "-h", ARM_BUILD / "sojourn"], text=True, capture_output=True, check=True).stdout
        self.assertIn("AArch64", kind)
        done = subprocess.run([*EMULATOR, ARM_BUILD / "sojourn", "--version"], text=True, capture_output=True, check=True)
        self.assertIn("engine: batched in neon, and reference\n", done.stdout)

    def test_nothing_is_fused(self):
        """Every Arm processor can multiply and add with one rounding, and compilers use it unless they are told not to."""
        code = subprocess.run(["aarch64-linux-gnu-objdump", "-d", "--no-show-raw-insn", ARM_BUILD / "sojourn"], text=True,
                              capture_output=True, check=True).stdout
        self.assertRegex(code, r"\sfmul\s+v\d+\.2d")
        self.assertEqual(re.findall(r"\sf(?:n?madd|n?msub|mla|mls)\s.*", code), [])

    def test_every_model(self):
        for model in models():
            self.assertEqual(self.same_run(model, 2000).returncode, 0, model)
            self.both_good("check", "--explain", model)

    def test_random_models(self):
        """Numbers that no sensible model has; some runs have to stop with an error, which is the same."""
        written = self.folder / "random"
        subprocess.run([NATIVE_BUILD / "tests/test_random_models", "--gtest_filter=*Quickly", "--write", written], check=True,
                       capture_output=True)
        codes = [self.same_run(written / str(number) / "model.yaml", 130).returncode for number in range(1, RANDOM_MODELS + 1)]
        self.assertGreater(codes.count(0), RANDOM_MODELS / 2)
        self.assertGreater(len(codes), codes.count(0))

    def test_engines_of_arm(self):
        """The unit tests of numbers and of random models, as they are."""
        for program in ("test_base", "test_random_models"):
            done = subprocess.run([*EMULATOR, ARM_BUILD / "tests" / program, "--gtest_filter=-*EveryFeature:NoLibm.*"], text=True,
                                  capture_output=True, timeout=1800)
            self.assertEqual(done.returncode, 0, done.stdout[-5000:])
            self.assertIn("[  PASSED  ]", done.stdout)

    def test_samples_and_trials(self):
        psa = SOURCE / "configs/examples/psa.yaml"
        self.assertEqual(self.same_run(psa, 200, "--samples", 20).returncode, 0)
        self.assertEqual(self.same_run(SOURCE / "configs/ball_cd19_cd22.yaml", 600, "--compress", "small").returncode, 0)

    def test_files_are_read_by_either(self):
        self.both_good("run", SOURCE / "configs/ball_cd19_cd22.yaml", "--patients", 300, "--quiet", "--out", "x.h5")
        for maker in ("native", "arm"):
            file = self.folder / maker / "x.h5"
            self.assertIn("recomputed: equal", self.both("inspect", "--verify", file).stdout)
            self.both_good("outcomes", file)
            self.both_good("export", file, "--format", "csv", "--out", "tables")
            self.same_files(*(f"tables/{path.name}" for path in sorted((self.folder / "native/tables").iterdir())))
            for made in ("native", "arm"):
                subprocess.run(["rm", "-r", self.folder / made / "tables"], check=True)
        self.both_good("trace", SOURCE / "configs/ball_cd19_cd22.yaml", "--patient", 7)

    def test_a_sweep(self):
        sweep = self.sweep(patients=500)
        self.both_good("sweep", "run", sweep, "--out", "x.sweep", "--quiet")
        self.both_good("sweep", "collect", "x.sweep", "--out", "x.h5", "--quiet")
        self.same_files("x.h5")

    def test_what_a_sweep_solves_for(self):
        """NLopt is Debian's, whose bits for Arm are others (docs/methods.md, section 14): shards are not shared."""
        self.write("m.yaml", SOLVED_FOR)
        sweep = self.write("s.yaml", SOLVED_SWEEP)
        self.both_good("sweep", "run", sweep, "--out", "x.sweep", "--quiet")
        self.both_good("sweep", "collect", "x.sweep", "--out", "x.h5", "--quiet")
        native, arm = (rows(self.folder / name / "x.h5", "recalibrated") for name in ("native", "arm"))
        self.assertEqual(len(native), len(arm))
        for one, other in zip(native, arm):
            self.assertEqual(one.keys(), other.keys())
            for name in one:
                self.assertAlmostEqual(one[name], other[name], delta=1e-9, msg=name)
        self.assertEqual(self.sojourn("sweep", "status", self.folder / "native/x.sweep").returncode, 0)
        self.assertEqual(self.sojourn("sweep", "status", self.folder / "arm/x.sweep").returncode, 4)


if __name__ == "__main__":
    main()
