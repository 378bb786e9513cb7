"""What is measured, part by part; each fills rows of the table."""
import os
import statistics
import subprocess
import time

from benchmarks.places import ASKED, EBMT_UNCERTAIN, FLAGSHIP, W1, W2, W3, W3_SETS
from benchmarks.runs import PROGRAM, Plain, Run, asked, google_benchmark


class Size:
    """How much is done: all of it, or with `quick` just enough to see that every row comes out."""

    def __init__(self, rounds, quick, quiet):
        self.quiet = quiet
        self.rounds = 1 if quick else rounds
        self.quick = quick
        self.seconds = 0.001 if quick else 0.05  # of a repetition of a small benchmark

    def patients(self, number):
        return max(500, number // 200) if self.quick else number


def whole_program(table, folder, size):
    """Against the plain program and against each other, alternately: the bounds are on these."""
    bare = asked(folder, FLAGSHIP)
    names = ("plain", "w2", "bare", "full", "two", "written", "written_two")
    seen = {name: [] for name in names}
    lives = size.patients(60_000)
    for _ in range(size.rounds):
        size.quiet.wait()
        seen["plain"].append(Plain("w2", size.patients(300_000)))
        seen["w2"].append(Run(folder, W2, size.patients(300_000), 1))
        seen["bare"].append(Run(folder, bare, lives // 2, 1))
        seen["full"].append(Run(folder, FLAGSHIP, lives, 1))
        seen["two"].append(Run(folder, FLAGSHIP, lives, 2))
        seen["written"].append(Run(folder, FLAGSHIP, lives, 1, trajectories=True))
        seen["written_two"].append(Run(folder, FLAGSHIP, lives, 2, trajectories=True))

    def of(name, quantity):
        return [quantity(run) for run in seen[name]]

    def per_draw(run):
        return run.per_draw

    def seconds(run):
        return run.seconds

    table.heading("The program, beside a straightforward one in C++ (tests/benchmarks/straightforward.cpp)")
    table.add("plain.draw", "straightforward program on W2, time per draw", of("plain", per_draw), "ns", digits=1)
    table.add("w2.draw", "sojourn on W2, time per draw, one thread", of("w2", per_draw), "ns", digits=1)
    table.ratio("w2.to_plain", "  ratio", of("w2", per_draw), of("plain", per_draw), at_most=1)
    table.add("bare.draw", "flagship, simulation only, time per draw, one thread", of("bare", per_draw), "ns", digits=1)
    table.ratio("bare.to_w2", "  ratio to W2", of("bare", per_draw), of("w2", per_draw), at_most=1.5)
    table.ratio("bare.to_plain", "  ratio to the straightforward program on W2", of("bare", per_draw), of("plain", per_draw),
                at_most=1.25)
    table.add("full.draw", "flagship with its outcomes, time per draw, one thread", of("full", per_draw), "ns", digits=1)
    table.add("full.draws_a_life", "flagship, draws a life", of("full", lambda run: run.draws / run.lives), digits=1)
    table.add("full.made_a_life", "  of them computed (strategies that decide alike are lived as one)",
              of("full", lambda run: run.made / run.lives), digits=1)
    table.add("w2.draws_a_life", "W2, draws a life", of("w2", lambda run: run.draws / run.lives), digits=1)
    table.add("w2.made_a_life", "  of them computed", of("w2", lambda run: run.made / run.lives), digits=1)
    table.add("two.lives", "flagship, lives a second, two threads", of("two", lambda run: run.lives / run.seconds), digits=0,
              best=max)
    table.ratio("two.to_one", "flagship, two threads against one", of("full", seconds), of("two", seconds), at_least=1.8)
    table.ratio("written.one", "flagship, trajectories written against not, one thread", of("written", seconds),
                of("full", seconds), at_most=1.6)
    table.ratio("written.two", "flagship, trajectories written against not, two threads", of("written_two", seconds),
                of("two", seconds), at_most=1.6)


def beside_the_straightforward(table, folder, size):
    """The same models and the same things counted of them, one thread, alternately."""
    w1, w2, w3 = (asked(folder, model, ASKED / f"{model.stem}_counted.yaml") for model in (W1, W2, W3))
    few, many = size.patients(300_000), size.patients(1_000_000)
    sets = ["--samples", "20" if size.quick else "1000", "--share-patients"]
    of_a_set = 1000
    what = {"w1": ("W1", lambda: Plain("w1", many), lambda: Run(folder, w1, many, 1)),
            "w2": ("W2", lambda: Plain("w2", few), lambda: Run(folder, w2, few, 1)),
            "w2_paths": ("W2, trajectories in a file; straightforward: in memory", lambda: Plain("w2", few, "paths"),
                         lambda: Run(folder, w2, few, 1, trajectories=True)),
            "w3": ("W3, 1,000 sets of parameters", lambda: Plain("w3", size.patients(of_a_set), W3_SETS),
                   lambda: Run(folder, w3, of_a_set, 1, more=sets))}
    bounds = {"w1": 5, "w2": 4, "w2_paths": 2, "w3": 4}  # with AVX-512
    seen = {key: ([], []) for key in what}
    for _ in range(size.rounds):
        size.quiet.wait()
        for key, (_, plain, own) in what.items():
            seen[key][0].append(plain())
            seen[key][1].append(own())
    table.heading("Lives a second, one thread, and how many times as fast as the straightforward program")
    for key, (label, _, _) in what.items():
        plain, own = ([run.seconds / run.lives for run in runs] for runs in seen[key])
        table.add(f"beside.{key}.plain", f"{label}: straightforward", [1 / one for one in plain], "/s", digits=0, best=max)
        table.add(f"beside.{key}.speed", f"{label}: sojourn", [1 / one for one in own], "/s", digits=0, best=max)
        table.ratio(f"beside.{key}.ratio", "  times as fast", plain, own, at_least=bounds[key])


def small_ones(table, folder, size):
    """Draws, events and bytes, from sojourn_benchmarks."""
    found = google_benchmark(folder, size.rounds, size.seconds)
    table.heading("A draw of a time to event, one at a time (its random number included)")
    for name, counters in found.items():
        group, what = name.split("/", 1)
        if group in ("draws", "draws_from_a_running_clock"):
            running = " from a running clock" if group != "draws" else ""
            table.add(f"{group}.{what}", f"{what.replace('_', ' ')}{running}", [1e9 * s for s in counters["draw"]], "ns",
                      digits=1)
    table.heading("An event (a move, or an event of the record), one thread, processor's time")
    for name, counters in found.items():
        if name.startswith("events/"):
            _, workload, part = name.split("/")
            table.add(f"events.{workload}.{part}", f"{workload}, {part.replace('_', ' ')}",
                      [1e9 * s for s in counters["event"]], "ns", digits=1)
    for workload in dict.fromkeys(name.split("/")[1] for name in found if name.startswith("events/")):
        parts = {part: found[f"events/{workload}/{part}"]["event"] for part in ("simulation", "with_outcomes")}
        table.ratio(f"events.{workload}.ratio", f"{workload}, with outcomes against the simulation alone",
                    parts["with_outcomes"], parts["simulation"])
    table.heading("Simulation alone: how many times as fast as the reference engine, one thread")
    for name, counters in found.items():
        group, *rest = name.split("/")
        if group == "engines" and rest[1] != "reference":
            workload, isa = rest
            bound = {"avx512": 5, "avx2": 3}.get(isa) if workload == "flagship" else None
            table.ratio(f"engines.{workload}.{isa}", f"{workload}, {isa}", found[f"engines/{workload}/reference"]["life"],
                        counters["life"], at_least=bound)
    table.heading("Before the first life of a scenario: the flagship")
    table.add("preparing.lower", "lowering, other parameter values, one strategy",
              [1e6 * s for s in found["preparing/lower"]["once"]], "us", at_most=50, digits=1)
    table.add("preparing.engine", "the engine made ready, all strategies", [1e6 * s for s in found["preparing/engine"]["once"]],
              "us", digits=1)
    table.heading("Writing trajectories of the flagship, one thread (bytes counted as in the file without compression)")
    for name, counters in found.items():
        if name.startswith("storing/"):
            how = name.split("/")[1]
            table.add(f"storing.{how}.speed", f"--compress {how}", [b / 1e6 for b in counters["bytes_a_second"]], "MB/s",
                      digits=0, best=max)
            table.add(f"storing.{how}.size", f"--compress {how}, bytes an event", counters["bytes_an_event"], "B", digits=1)


def threads(table, folder, size):
    table.heading("Threads: the flagship, lives a second, and against one thread")
    counts = sorted({1, os.cpu_count()} | {2**k for k in range(1, 10) if 2**k <= os.cpu_count()})
    for written, label in ((False, "outcomes"), (True, "outcomes and trajectories")):
        seen = {count: [] for count in counts}
        for _ in range(min(size.rounds, 5)):
            size.quiet.wait()
            for count in counts:
                seen[count].append(Run(folder, FLAGSHIP, size.patients(60_000), count, trajectories=written))
        for count in counts:
            key = f"threads.{'written' if written else 'outcomes'}.{count}"
            table.add(key, f"{label}, {count} thread{'s' if count > 1 else ''}",
                      [run.lives / run.seconds for run in seen[count]], "/s", digits=0, best=max)
            if count > 1:
                table.ratio(f"{key}.ratio", "  against one", [run.seconds for run in seen[1]],
                            [run.seconds for run in seen[count]])


def start_up(table, folder, size):
    table.heading("From the shell: the flagship, and the EBMT model with 1,000 draws of its parameters")
    times = {"check": [], "run": [], "ebmt": []}
    words = {"check": [PROGRAM, "check", FLAGSHIP],
             "run": [PROGRAM, "run", FLAGSHIP, "--patients", "1000", "--no-trajectories", "--quiet"],
             "ebmt": [PROGRAM, "run", EBMT_UNCERTAIN, "--patients", "1000", "--samples", str(size.patients(200_000) // 200),
                      "--threads", "1", "--no-trajectories", "--quiet"]}
    for _ in range(3 if size.quick else max(11, size.rounds)):
        for name in times:
            begun = time.perf_counter()
            subprocess.run(words[name], check=True, stdout=subprocess.DEVNULL, cwd=folder)
            times[name].append(1e3 * (time.perf_counter() - begun))
    table.add("check", "check of the flagship", times["check"], "ms", at_most=50, digits=1, best=statistics.median)
    table.add("run_1000", "run of 1,000 patients a strategy, all of it", times["run"], "ms", at_most=50, digits=1,
              best=statistics.median)
    table.add("run_ebmt", "EBMT, 1,000 draws x 1,000 patients, one thread, all of it", times["ebmt"], "ms", at_most=300, digits=0,
              best=statistics.median)


def memory(table, folder, size, most):
    """Patients are worked on in blocks: it must not grow with them. Trajectories of 10 million are 18 GB, so no more."""
    for written, most_here in ((True, min(most, 10_000_000)), (False, most)):
        what = "trajectories and outcomes" if written else "outcomes only"
        table.heading(f"Peak memory of the flagship, {what}, all processors")
        patients = 100_000
        while patients <= most_here:
            run = Run(folder, FLAGSHIP, size.patients(patients), os.cpu_count(), trajectories=written)
            table.add(f"memory.{'written' if written else 'outcomes'}.{patients}",
                      f"resident memory, {size.patients(patients):,} patients a strategy, {what}", [run.memory], "MB",
                      at_most=300, digits=0)
            patients *= 10
    table.heading("Peak memory of W1, outcomes only, all processors")
    few, many = 100_000, 100_000_000 if most > 10_000_000 else 10_000_000
    peaks = [[Run(folder, W1, size.patients(patients), os.cpu_count()).memory] for patients in (few, many)]
    for patients, peak in zip((few, many), peaks):
        table.add(f"w1_memory.{patients}", f"resident memory, {size.patients(patients):,} patients", peak, "MB", digits=0)
    table.ratio("w1_memory.ratio", "  ratio", peaks[1], peaks[0], at_most=1.1)
