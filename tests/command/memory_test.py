"""Memory does not grow with the number of patients, nor with a sweep's scenarios."""
import os
import subprocess

from support import EXAMPLE, FLAGSHIP, PROGRAM, Case, main

SWEEP = """
sweep: 1
model: {model}
patients: 1
strategies: [observe, hsct_all]
outcomes: [os]
targets: {{patients: 2}}
axes:
  wait: {{parameter: hsct_wait_median, from: 14 days, to: 120 days, steps: {scenarios}}}
"""


class Memory(Case):
    def peak(self, *words):
        """Peak resident memory of the program [MB]"""
        running = subprocess.Popen([PROGRAM, *words, "--threads", "2", "--quiet"], cwd=self.folder)
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(running.returncode, 0)
        return usage.ru_maxrss / 1024

    def test_it_does_not_grow_with_the_patients(self):
        few, many = (self.peak("run", EXAMPLE, "--patients", patients, "--out", "x.h5") for patients in ("100000", "2000000"))
        self.assertLess(many, 1.2 * few, f"{few:.0f} MB with 100,000 and {many:.0f} MB with 2,000,000 patients")
        self.assertLess(many, 300)

    def test_it_does_not_grow_with_the_scenarios(self):
        """Of the flagship, whose engine is made ready for each of them"""
        def peak_of(scenarios):
            sweep = self.write(f"of_{scenarios}.yaml", SWEEP.format(model=FLAGSHIP, scenarios=scenarios))
            return self.peak("sweep", "run", sweep)

        few, many = peak_of(200), peak_of(8_000)
        self.assertLess(many, few + 40, f"{few:.0f} MB with 200 and {many:.0f} MB with 8,000 scenarios")


if __name__ == "__main__":
    main()
