"""Processes killed at random moments, two hundred in all: what they finished stays, and the end has the same bytes."""
import random
import signal
import subprocess
import time

from sweeps import PROGRAM, SweepCase, main


class Kills(SweepCase):
    KILLS = 200

    def test_killed_at_random_moments(self):
        self.sweep(patients=6000, lives=6000)
        begin = time.monotonic()
        expected = self.whole("--threads", 2)
        seconds = time.monotonic() - begin
        chance, kills, sweep = random.Random(681), 0, 0
        while kills < self.KILLS:  # several sweeps, because a process gets something done before it is killed
            folder, sweep = f"{sweep}.sweep", sweep + 1
            while kills < self.KILLS:
                workers = [subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--out", folder, "--quiet", "--threads", "1"],
                                            cwd=self.folder, stderr=subprocess.PIPE) for _ in range(chance.choice([1, 2]))]
                time.sleep(chance.uniform(0, seconds / 3))
                killed = 0
                for worker in workers:
                    if worker.poll() is None:
                        worker.send_signal(signal.SIGKILL)
                        killed += 1
                for worker in workers:
                    worker.communicate()
                    self.assertIn(worker.returncode, (0, -signal.SIGKILL))
                kills += killed
                if killed == 0:
                    break
            self.good("sweep", "run", "s.yaml", "--out", folder, "--quiet")
            self.assertEqual(self.collected(folder), expected)
            self.assertEqual(self.leftovers(folder), [])
        self.assertGreaterEqual(kills, self.KILLS)
        print(f"{kills} kills in {sweep} sweeps", flush=True)

    def test_a_polite_stop(self):
        self.sweep(patients=20000, lives=6000)
        worker = subprocess.Popen([PROGRAM, "sweep", "run", "s.yaml", "--threads", "1"], cwd=self.folder,
                                  stderr=subprocess.PIPE, text=True)
        while len(self.shards("s.sweep")) < 3:
            time.sleep(0.01)
        worker.send_signal(signal.SIGTERM)
        self.assertIn("sweep resume", worker.communicate()[1])
        self.assertEqual(worker.returncode, 128 + signal.SIGTERM)
        self.assertEqual(self.leftovers("s.sweep"), [])
        self.good("sweep", "resume", "s.sweep", "--quiet")
        self.assertEqual(self.collected("s.sweep"), self.whole())


main()
