"""Runs of the programs: what they say of themselves, and the memory they took."""
import json
import os
import re
import subprocess
import sys

from benchmarks.places import BUILD

PROGRAM = BUILD / "sojourn"


class Run:
    """One run of sojourn: seconds and draws as it reports them itself, peak memory [MB], size of the file [bytes]."""

    def __init__(self, folder, model, patients, threads, trajectories=False, more=(), keep=None):
        out = keep or folder / "run.h5"
        words = [PROGRAM, "run", model, "--patients", str(patients), "--threads", str(threads), "--out", out, "--quiet"]
        words += list(more) + ([] if trajectories else ["--no-trajectories"])
        if subprocess.run(words).returncode != 0:
            sys.exit(f"benchmark: {' '.join(map(str, words))} failed")
        record = json.loads(out.with_suffix(".run.json").read_text())
        self.seconds, self.draws, self.made = record["seconds"], record["draws"], record["draws_made"]
        self.events = record["moves"] + record["events"]
        self.lives = record["patients_a_second"] * record["seconds"]
        self.memory = record["peak_memory_mb"]
        self.bytes = out.stat().st_size
        if not keep:
            out.unlink()

    @property
    def per_draw(self):  # [ns]
        return 1e9 * self.seconds / self.draws


class Plain:
    """One run of the straightforward program: seconds and draws of all strategies."""

    def __init__(self, workload, patients, *more):
        words = [BUILD / "straightforward", workload, str(patients), "1", *more]
        lines = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        runs = [json.loads(line) for line in lines.splitlines()]
        self.seconds, self.draws, self.lives = (sum(run[what] for run in runs) for what in ("seconds", "draws", "patients"))

    @property
    def per_draw(self):  # [ns]
        return 1e9 * self.seconds / self.draws


def asked(folder, model, outcomes=None):
    """A model with the `outcomes:` of another file in place of its own and of the trials made of them; without: none."""
    text = re.sub(r"(?ms)^(outcomes|trials):\n.*?(?=^\S|\Z)", "", model.read_text())
    if outcomes:
        text += re.search(r"(?ms)^outcomes:\n.*", outcomes.read_text())[0]
    path = folder / f"{model.stem}_{outcomes.stem if outcomes else 'without_outcomes'}.yaml"
    path.write_text(text)
    for beside in model.parent.glob("*.csv"):  # what it may refer to
        (folder / beside.name).write_bytes(beside.read_bytes())
    return path


def google_benchmark(folder, repetitions, seconds):
    """Of build/release/sojourn_benchmarks, by name of the benchmark: what each repetition counted, by counter."""
    words = [BUILD / "sojourn_benchmarks", "--benchmark_format=json", f"--benchmark_min_time={seconds}",
             f"--benchmark_repetitions={repetitions}", "--benchmark_enable_random_interleaving=true"]
    done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, "TMPDIR": str(folder)})
    if done.returncode != 0:
        sys.exit(f"benchmark: {' '.join(map(str, words))} failed\n{done.stderr}")
    found = {}
    for row in sorted(json.loads(done.stdout)["benchmarks"], key=lambda row: row["family_index"]):  # as they are registered
        if row["run_type"] != "iteration":
            continue
        name = re.sub(r"/(manual|real)_time|/repeats:\d+", "", row["name"])
        for counter in ("draw", "event", "life", "once", "bytes_a_second", "bytes_an_event"):
            if counter in row:
                found.setdefault(name, {}).setdefault(counter, []).append(row[counter])
    return found
