"""Packages of R on the same models, in the same run: how many times as long they take, and whether they agree.

Those that are not installed are said to be missing. `base` needs R alone: vectorised by hand, no package.
"""
import csv
import math
import shutil
import subprocess
import sys

import h5py
import yaml

from benchmarks.places import EBMT_UNCERTAIN, R_SCRIPTS, ROOT, W1, W2
from benchmarks.runs import Run

sys.path.insert(0, str(ROOT / "scripts"))
import read_results  # noqa: E402

# Of how many patients each takes some tenths of a second on W1, mstate some seconds.
PATIENTS = {"base": 500_000, "hesim": 100_000, "flexsurv": 50_000, "mstate": 500}
TIMES = (1, 2, 5, 10)  # [years]
NUMBER_OF_ERRORS = 5  # two that agree differ by more with probability 6e-7 a figure
DISTS = {"weibull": ("weibull", ("shape", "scale")), "exponential": ("exp", ("rate",)),
         "gompertz": ("gompertz", ("shape", "rate")), "lognormal": ("lnorm", ("median", "sdlog"))}


class Workload:
    def __init__(self, name, label, model, horizon, peers, more=(), samples=0, patients=300_000):
        self.name, self.label, self.model, self.horizon, self.peers = name, label, model, horizon, peers
        self.more, self.samples, self.patients = list(more), samples, patients


ALL = ("base", "hesim", "flexsurv", "mstate")
WORKLOADS = (Workload("w1", "W1", W1, 20, ALL),
             Workload("w2", "W2, one strategy", W2, 20, ALL, ("--strategies", "one"), patients=100_000),
             Workload("ebmt", "EBMT, draws of the parameters", EBMT_UNCERTAIN, 10, ("base", "hesim"), samples=1000,
                      patients=1000))


def plain(text, values):
    """A number of a model: `6 years`, `2 per year`, a parameter's name, or a number."""
    words = str(text).split()
    return float(plain(values[words[0]]["value"] if isinstance(values[words[0]], dict) else values[words[0]], values)
                 if words[0] in values else words[0])


def transitions_of(model):
    """Rows for R: states as numbers from 1 in the order of the file, times in years, everything clock reset."""
    document = yaml.safe_load(model.read_text())
    values = document.get("parameters", {})
    states = {name: place for place, name in enumerate(document["states"], 1)}
    rows = []
    for trans, one in enumerate(document["transitions"], 1):
        (family, given), = one["time"].items()
        dist, names = DISTS[family]
        p = [plain(given[name], values) for name in names]
        if family == "lognormal":
            p[0] = math.log(p[0])
        rows.append({"trans": trans, "from": states[one["from"]], "to": states[one["to"]], "dist": dist, "p1": p[0],
                     "p2": p[1] if len(p) > 1 else "",
                     "names": [str(given[name]) for name in names]})
    return states, rows


def write_csv(path, rows, columns):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def write_samples(path, result, transitions):
    """The draws that sojourn took, so that both work with the same ones."""
    drawn = read_results.parameters(result)
    wide = drawn[drawn["sample"] > 0].pivot(index="sample", columns="parameter", values="value")
    columns = {f"p{place}_{row['trans']}": wide[name]
               for row in transitions for place, name in enumerate(row["names"], 1)}
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values()))


def occupancy(result, states):
    """{(time, state number): share}"""
    with h5py.File(result, "r") as file:
        columns = {name: file["outcomes/curves"][name][()] for name in ("kind", "level", "time", "estimate")}
    return {(time, states[level.decode()]): share
            for kind, level, time, share in zip(*(columns[name] for name in ("kind", "level", "time", "estimate")))
            if kind == b"occupancy"}


def absorbed(result, states):
    """The same of the absorbing states, over all draws of the parameters: their incidence."""
    shares = {}
    for outcome, state in (("relapse", "relapsed"), ("death", "dead")):
        rows = read_results.samples(result, outcome)
        for time, share in rows[rows["sample"] > 0].groupby("time")["estimate"].mean().items():
            shares[time, states[state]] = share
    return shares


def disagreements(theirs, ours, n_theirs, n_ours):
    """Figures that differ by more than Monte Carlo error allows, and how many were compared; rare states are left out."""
    compared, found = 0, []
    for (time, state), share in theirs.items():
        our_share = next((value for (t, s), value in ours.items() if s == state and abs(t - time) < 1e-6), None)
        if our_share is None:
            continue
        p = (share * n_theirs + our_share * n_ours) / (n_theirs + n_ours)
        if min(p, 1 - p) * min(n_theirs, n_ours) < 10:
            continue
        compared += 1
        error = math.sqrt(p * (1 - p) * (1 / n_theirs + 1 / n_ours))
        if abs(share - our_share) > NUMBER_OF_ERRORS * error:
            found.append(f"state {state} at {time:g} years: {share:.5f}, sojourn {our_share:.5f}, error {error:.5f}")
    return compared, found


def missing(peer):
    """Why it cannot be run; empty if it can."""
    if shutil.which("Rscript") is None:
        return "there is no R"
    if peer == "base":
        return ""
    asked = subprocess.run(["Rscript", "-e", f'q(status = !requireNamespace("{peer}", quietly = TRUE))'],
                           capture_output=True, text=True)
    return "" if asked.returncode == 0 else f"R has no package {peer}"


def run_peer(folder, peer, workload, patients):
    """Seconds and shares."""
    answer = folder / "answer.csv"
    times = ",".join(str(time) for time in TIMES if time <= workload.horizon)
    words = ["Rscript", R_SCRIPTS / f"{peer}.R", folder / "model.csv",
             folder / "samples.csv" if workload.samples else "-", patients, workload.horizon, times, answer]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True)
    if done.returncode != 0:
        return None, done.stderr.strip()
    with open(answer, newline="", encoding="utf-8") as file:
        shares = {(float(row["time"]), int(row["state"])): float(row["share"]) for row in csv.DictReader(file)}
    return float(done.stdout.split()[-1]), shares


def measure_workload(table, folder, size, workload, can_run):
    samples = min(workload.samples, 20) if size.quick else workload.samples
    patients = size.patients(workload.patients) if not samples else min(workload.patients, 50) if size.quick else workload.patients
    more = workload.more + (["--samples", str(samples)] if samples else [])
    states, transitions = transitions_of(workload.model)
    write_csv(folder / "model.csv", transitions, ("trans", "from", "to", "dist", "p1", "p2"))
    rounds = min(size.rounds, 3)
    result = folder / "peer.h5"
    ours, theirs, answers, failed = [], {}, {}, {}
    for _ in range(rounds):
        size.quiet.wait()
        run = Run(folder, workload.model, patients, 1, more=more, keep=result)
        ours.append(run.seconds / (patients * (samples + 1)))
        if samples:
            write_samples(folder / "samples.csv", result, transitions)
        for peer in can_run:
            each = patients if samples else size.patients(PATIENTS[peer])
            seconds, answer = run_peer(folder, peer, workload, each)
            if seconds is None:
                failed[peer] = answer
            else:
                theirs.setdefault(peer, []).append(seconds / (each * max(samples, 1)))
                answers[peer] = (answer, each * max(samples, 1))
    table.add(f"peers.{workload.name}.sojourn.speed", f"{workload.label}: sojourn, patients a second, one thread",
              [1 / one for one in ours], "/s", digits=0, best=max)
    reference = absorbed(result, states) if samples else occupancy(result, states)
    agreed = not failed
    for peer, message in failed.items():
        print(f"{workload.label}: {peer} FAILED\n{message}")
    for peer, each in theirs.items():
        table.add(f"peers.{workload.name}.{peer}.speed", f"{workload.label}: {peer}, patients a second", [1 / one for one in each],
                  "/s", digits=0, best=max)
        table.ratio(f"peers.{workload.name}.{peer}.ratio", f"  {peer}, times as long as sojourn, {workload.label}", each, ours,
                    digits=1)
        compared, found = disagreements(answers[peer][0], reference, answers[peer][1], patients * max(samples, 1))
        verdict = f"{len(found)} DISAGREE" if found else f"all within {NUMBER_OF_ERRORS} Monte Carlo errors"
        print(f"    {compared} shares of states compared: {verdict}", *found, sep="\n    ")
        agreed = agreed and not found
    return agreed


def measure(table, folder, size):
    """Whether all that ran agreed."""
    table.heading("Packages of R on the same models, one thread")
    why = {peer: missing(peer) for peer in ALL}
    agreed = True
    for workload in WORKLOADS:
        can_run = [peer for peer in workload.peers if not why[peer]]
        agreed = measure_workload(table, folder, size, workload, can_run) and agreed
    for peer, reason in why.items():
        if reason:
            table.leave_out(f"peers.{peer}", f"{peer}: not measured, for {reason}")
    return agreed
