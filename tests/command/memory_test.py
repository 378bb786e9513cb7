"""Memory does not grow with the number of patients."""
import os
import subprocess

from support import EXAMPLE, PROGRAM, Case, main


class Memory(Case):
    def peak(self, patients):
        """Peak resident memory of a run [MB]"""
        running = subprocess.Popen([PROGRAM, "run", EXAMPLE, "--patients", str(patients), "--threads", "2", "--quiet", "--out", "x.h5"],
                                   cwd=self.folder)
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(running.returncode, 0)
        return usage.ru_maxrss / 1024

    def test_it_does_not_grow_with_the_patients(self):
        few, many = self.peak(100_000), self.peak(2_000_000)
        self.assertLess(many, 1.2 * few, f"{few:.0f} MB with 100,000 and {many:.0f} MB with 2,000,000 patients")
        self.assertLess(many, 300)


if __name__ == "__main__":
    main()
