"""What the figures were measured on: without it an absolute figure says nothing."""
import os
import platform
import re
import subprocess

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
            "commit": said_by("git", "rev-parse", "--short", "HEAD"), "load_at_start": round(os.getloadavg()[0], 2)}


def in_words(machine):
    sets = ", ".join(machine["instruction_sets"])
    return (f"{machine['processor']}, {machine['processors']} processors{f' ({sets})' if sets else ''}, "
            f"{machine['memory_GB']:g} GB; {machine['system']}; {machine['compiler']}")


def same(one, other):
    return all(one.get(key) == other.get(key) for key in ("processor", "processors", "instruction_sets", "compiler"))
