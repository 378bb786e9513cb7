"""Where the time of the flagship goes: samples of `perf` on one thread, added up by groups of functions."""
import re
import shutil
import subprocess
import sys

from benchmarks.places import FLAGSHIP
from benchmarks.runs import PROGRAM

# The first that fits. Functions that the compiler has merged into their callers count as those. Expressions and exp, log,
# pow count as the simulation's: without outcomes as many samples fall into them.
GROUPS = (
    ("simulation: the life (hazards, clocks, branches, moves)", r"sojourn::(engine::(?!plain_time|draw_attributes)|program::|history::)"),
    ("simulation: expressions of the model", r"sojourn::expression::"),
    ("simulation: exp, log, pow", r"sojourn::(exp|log|log1p|pow|sqrt)\b"),
    ("simulation: inverses of distributions", r"sojourn::(distributions::|engine::plain_time|normal_|log_of_sum)"),
    ("simulation: random numbers and attributes", r"sojourn::(uniforms|first_uniforms|philox|engine::draw_attributes|beta_|gamma_)"),
    ("outcomes: costs, utilities, discounting", r"sojourn::(outcomes::(.*Worth|.*worth|.*[Dd]iscount)|expm1)"),
    ("outcomes: questions asked of the lives", r"sojourn::(outcomes::(Queries|BlockLives|Life|.*look|Answers|observe|LifeTable))"),
    ("outcomes: sums, curves, pairs of strategies", r"sojourn::outcomes::"),
    ("trials: made of the patients, and their tests", r"sojourn::(trial|survival)::|__introsort|__adjust_heap|__unguarded|__insertion_sort"),
    ("writing: columns, check sums, file", r"sojourn::store::|XXH|libhdf5|libxxhash|libdeflate"),
    ("system: files and memory", r"\[k\]|libc\.so|libstdc|ld-linux|libtbb"),
)


def overheads(folder):
    """(share, function with its library), largest first."""
    data, out = folder / "perf.data", folder / "profiled.h5"
    run = [PROGRAM, "run", FLAGSHIP, "--patients", "200000", "--threads", "1", "--out", out, "--quiet"]
    subprocess.run(["perf", "record", "-q", "-F", "2000", "-o", data, "--", *run], check=True, stderr=subprocess.DEVNULL)
    said = subprocess.run(["perf", "report", "-i", data, "--stdio", "--no-children", "-g", "none", "-F", "overhead,dso,sym"],
                          check=True, capture_output=True, text=True).stdout
    return [(float(share), rest.strip()) for share, rest in re.findall(r"^\s*([\d.]+)%\s+(.*)$", said, re.MULTILINE)]


def short(function):
    name = re.sub(r"<.*", "", re.split(r"\[[.k]\] ", function)[-1]).replace("sojourn::", "")
    return name.replace("(anonymous namespace)::", "").split("(")[0]


def show(folder):
    if shutil.which("perf") is None:
        sys.exit("benchmark: there is no perf (Debian: linux-perf)")
    found = overheads(folder)
    print(f"{'share':>6}  group of functions, the flagship with trajectories written, one thread")
    left = found
    for group, pattern in (*GROUPS, ("the rest", "")):
        here = [(share, name) for share, name in left if re.search(pattern, name)]
        left = [one for one in left if one not in here]
        most = ", ".join(f"{short(name)} {share:.1f}" for share, name in here[:4] if share >= 0.5)
        print(f"{sum(share for share, _ in here):5.1f}%  {group}{f'   ({most})' if most else ''}")
