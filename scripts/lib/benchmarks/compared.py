"""Against the figures of the last release, which are kept in tests/benchmarks/figures.

Two runs are never of quite the same machine, so figures are compared as multiples of the straightforward program's time
per draw in their own run; ratios as they are. Nothing here can fail.
"""
import json
import re

from benchmarks import machine
from benchmarks.places import FIGURES

NO_TIME = ("MB", "B", "")


def version(path):
    return tuple(int(part) for part in re.findall(r"\d+", path.stem))


def last_release():
    kept = sorted(FIGURES.glob("*.json"), key=version)
    return kept[-1] if kept else None


def on_its_own_scale(row, rows):
    """A time or a speed in units of the plain program's time per draw; anything else as it is."""
    if row["unit"] in NO_TIME:
        return row["value"]
    plain = rows["plain.draw"]["value"]
    return row["value"] * plain if row["unit"].endswith("/s") else row["value"] / plain


def compare(table, here, path):
    """Rows that changed by more than a tenth; returns lines."""
    then = json.loads(path.read_text())
    before = {row["key"]: row for row in then["rows"]}
    now = {row["key"]: row for row in table.rows}
    same = machine.same(here, then["machine"])
    lines = [f"\nAgainst {path.stem} ({machine.in_words(then['machine'])}{': a machine like this one' if same else ''})",
             "times as multiples of the straightforward program's time per draw in the same run; changes of more than a tenth:"]
    changed = 0
    for key in now:
        if key not in before or key == "plain.draw" or "plain.draw" not in before:
            continue
        old, new = on_its_own_scale(before[key], before), on_its_own_scale(now[key], now)
        if old == 0 or abs(new / old - 1) <= 0.1:
            continue
        changed += 1
        lines.append(f"  {now[key]['what']:<64} {100 * (new / old - 1):+6.0f}%   ({before[key]['value']:.4g} then, "
                     f"{now[key]['value']:.4g} now {now[key]['unit']})".rstrip())
    if changed == 0:
        lines.append("  none")
    gone = [before[key]["what"] for key in before if key not in now]
    if gone:
        lines.append("  measured then and not now: " + "; ".join(gone))
    return lines
