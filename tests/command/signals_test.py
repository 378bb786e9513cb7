"""Ctrl-C, SIGTERM, kill -9: nothing half-made under a final name, and the next run makes the same bytes."""
import signal
import subprocess
import time

from support import EXAMPLE, PROGRAM, Case, main


class Stopped(Case):
    def start(self, patients, *arguments):
        running = subprocess.Popen([PROGRAM, "run", EXAMPLE, "--patients", str(patients), "--quiet", *arguments],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(running.kill)
        return running

    def wait_for_size(self, running, size):
        part = self.folder / ".x.h5.part"
        until = time.monotonic() + 30
        while not part.exists() or part.stat().st_size < size:
            self.assertIsNone(running.poll(), "the run ended too early")
            self.assertLess(time.monotonic(), until)
            time.sleep(0.005)

    def test_ctrl_c_and_sigterm(self):
        self.good("run", EXAMPLE, "--patients", "100", "--quiet", "--out", "x.h5")
        before, names = self.bytes("x.h5"), self.files()
        for number, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
            running = self.start(10**9, "--out", "x.h5", "--csv", "x.csv")
            self.wait_for_size(running, 2_000_000)
            sent = time.monotonic()
            running.send_signal(number)
            said = running.communicate(timeout=20)[1]
            self.assertLess(time.monotonic() - sent, 1)
            self.assertEqual(running.returncode, code)
            self.assertIn("stopped", said)
            self.assertEqual(self.files(), names)
            self.assertEqual(self.bytes("x.h5"), before)

    def test_without_a_result_file(self):
        running = self.start(10**9, "--no-trajectories")
        time.sleep(0.5)
        sent = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=20)
        self.assertLess(time.monotonic() - sent, 1)
        self.assertEqual(running.returncode, 130)
        self.assertEqual(self.files(), [])

    def test_lives_that_take_long(self):
        self.write("long.yaml", "sojourn: 1\ntitle: long lives\nhorizon: 10 years\nattributes: {n: {initial: 0}}\n"
                   "states: {a: {initial: true}, b: {absorbing: true}}\n"
                   "transitions: [{from: a, to: b, time: {exponential: {rate: 0.001 per year}}}]\n"
                   "events: {v: {in: a, recurrent: true, clock: forward, time: {exponential: {rate: 3000 per year}}, "
                   'sets: {n: "n + 1"}}}\n')
        running = subprocess.Popen([PROGRAM, "run", "long.yaml", "--no-trajectories", "--quiet", "--threads", "1"],
                                   cwd=self.folder, stderr=subprocess.PIPE, text=True)
        self.addCleanup(running.kill)
        time.sleep(0.5)
        sent = time.monotonic()
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=20)
        self.assertLess(time.monotonic() - sent, 1)
        self.assertEqual(running.returncode, 130)

    def test_killed_and_run_again(self):
        self.good("run", EXAMPLE, "--patients", "400000", "--quiet", "--out", "clean.h5")
        size = len(self.bytes("clean.h5"))
        for share in (0.0, 0.3, 0.8):
            running = self.start(400_000, "--out", "x.h5")
            self.wait_for_size(running, int(share * size))
            running.kill()
            running.communicate()
            self.assertNotIn("x.h5", self.files())
        self.good("run", EXAMPLE, "--patients", "400000", "--quiet", "--out", "x.h5")
        self.assertEqual(self.bytes("x.h5"), self.bytes("clean.h5"))
        self.assertNotIn(".x.h5.part", self.files())


if __name__ == "__main__":
    main()
