"""What the figures were measured on: without it an absolute figure says nothing."""
import os
import platform
import re
import subprocess
import time

from benchmarks.places import BUILD, ROOT


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def first(pattern, text, otherwise="unknown"):
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else otherwise


def said_by(*words):
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def instruction_sets():
    flags = set(first(r"^flags\s*: (.*)$", read("/proc/cpuinfo"), "").split())
    return [name for name, flag in (("AVX2", "avx2"), ("FMA", "fma"), ("AVX-512", "avx512f")) if flag in flags]


def describe():
    kilobytes = float(first(r"^MemTotal:\s*(\d+)", read("/proc/meminfo"), "0"))
    compiler = first(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", read(BUILD / "CMakeCache.txt"), "c++")
    return {"processor": first(r"^model name\s*: (.*)$", read("/proc/cpuinfo"), platform.processor() or platform.machine()),
            "processors": os.cpu_count(), "instruction_sets": instruction_sets(), "memory_GB": round(kilobytes / 1e6, 1),
            "system": first(r'^PRETTY_NAME="(.*)"', read("/etc/os-release"), platform.system()),
            "kernel": platform.release(), "compiler": said_by(compiler, "--version").split("\n")[0],
            "sojourn": said_by(BUILD / "sojourn", "--version").split("\n")[0],
            "load_at_start": load()}


def load():
    return round(os.getloadavg()[0], 2)


class Quiet:
    """Waits until other work has left nearly all of the machine free for a second; `minutes` in all at the most."""

    def __init__(self, minutes=0):
        self.left = 60 * minutes  # [s]

    @staticmethod
    def busy():
        """Share of the processors' time of a second that is not idle."""
        def times():
            return [int(ticks) for ticks in read("/proc/stat").split("\n")[0].split()[1:]]

        before = times()
        time.sleep(1)
        spent = [after - first for after, first in zip(times(), before)]
        return 1 - (spent[3] + spent[4]) / max(1, sum(spent))

    def wait(self):
        while self.left > 0 and self.busy() > 0.05:
            self.left -= 1


def in_words(machine):
    sets = ", ".join(machine["instruction_sets"])
    return (f"{machine['processor']}, {machine['processors']} processors{f' ({sets})' if sets else ''}, "
            f"{machine['memory_GB']:g} GB; {machine['system']}; {machine['compiler']}")


def same(one, other):
    return all(one.get(key) == other.get(key) for key in ("processor", "processors", "instruction_sets", "compiler"))
