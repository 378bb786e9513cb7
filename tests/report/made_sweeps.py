"""Collected sweeps written here, of numbers that are known: docs/sweeps.md says what such a file holds."""
import h5py
import numpy

from curve_tables import write

MODEL = "no model: the page must do without\n"


def pairs_of(strategies):
    return [(b, a) for i, b in enumerate(strategies) for a in strategies[:i]]


def make(path, axes, strategies, quantities, number, status=None, attributes=None):
    """axes: [{name, label, unit, values (of each scenario)}]; quantities: [{name, label, kind, measure, unit, time}];
    number(quantity index, scenario index, strategy index) -> (estimate, se); errors of a difference are those of the second
    strategy, so that a reference without error has the others' own. 95% intervals, for one pair or by Bonferroni given
    as `z` in attributes."""
    attributes = attributes or {}
    count, z = len(axes[0]["values"]), attributes.get("z", 1.959964)
    status = status or ["done"] * count
    pairs = pairs_of(range(len(strategies)))
    with h5py.File(path, "w") as file:
        for name, value in {"format": "sojourn sweep", "title": attributes.get("title", "Made"), "digest": "none"}.items():
            file.attrs[name] = numpy.bytes_(value.encode())
        for name, value in {"schema_version": 1, "scenarios": count, "seed": 5, "common_random_numbers": 1,
                            "complete": int(all(one == "done" for one in status))}.items():
            file.attrs[name] = numpy.int64(value)
        file.create_group("outcomes")
        group = file.create_group("input")
        group.create_group("files")
        for name, value in {"sweep_name": "made.yaml", "sweep_text": attributes.get("text", "sweep: 1\n"), "model_name": "m.yaml", "model_text": MODEL}.items():
            group.create_dataset(name, data=numpy.bytes_(value.encode()), dtype=h5py.string_dtype("utf-8", len(value.encode()) + 1))
        text = lambda one: isinstance(one["values"][0], str)
        write(file, "axes", {"name": [a["name"] for a in axes], "label": [a["label"] for a in axes], "target": ["path"] * len(axes),
                             "what": [a.get("what", "somewhere") for a in axes], "kind": ["text" if text(a) else "number" for a in axes],
                             "unit": [a.get("unit", "") for a in axes], "values": [len(set(a["values"])) for a in axes]})
        write(file, "scenarios", {"scenario": list(range(1, count + 1)), "id": [f"{i:016x}" for i in range(count)],
                                  "patients": [1000 if one == "done" else 0 for one in status], "status": status,
                                  "message": [attributes.get("message", "") if one == "failed" else "" for one in status],
                                  **{a["name"]: list(a["values"]) for a in axes}})
        names = ("name", "outcome", "label", "kind", "measure", "unit", "time")
        rows = [{"outcome": q["name"], **q, "strategy": s} for q in quantities for s in strategies]
        write(file, "quantities", {**{n: [r[n] for r in rows] for n in names}, "group": [""] * len(rows), "level": [""] * len(rows), "strategy": [r["strategy"] for r in rows]})
        rows = [{"outcome": q["name"], **q, "strategy": strategies[b], "against": strategies[a]} for q in quantities for b, a in pairs]
        write(file, "pairs", {**{n: [r[n] for r in rows] for n in names}, "group": [""] * len(rows), "level": [""] * len(rows),
                              "strategy": [r["strategy"] for r in rows], "against": [r["against"] for r in rows]})
        columns = {n: [] for n in ("scenario", "quantity", "estimate", "se")}
        compared = {n: [] for n in ("scenario", "pair", "difference", "se", "simultaneous_lower", "simultaneous_upper")}
        for i in (i for i in range(count) if status[i] == "done"):
            for q in range(len(quantities)):
                found = [number(q, i, s) for s in range(len(strategies))]
                for s, (estimate, se) in enumerate(found):
                    for name, value in zip(columns, (i + 1, q * len(strategies) + s + 1, float(estimate), float(se))):
                        columns[name].append(value)
                for p, (b, a) in enumerate(pairs):
                    d, se = found[b][0] - found[a][0], found[b][1]
                    for name, value in zip(compared, (i + 1, q * len(pairs) + p + 1, d, se, d - z * se, d + z * se)):
                        compared[name].append(value)
        write(file, "long", columns)
        write(file, "comparisons", compared)


SURVIVAL = {"name": "os", "label": "Overall survival", "kind": "survival", "measure": "restricted_mean", "unit": "years", "time": 20.0}


def known(path, **more):
    """Strategy b less a is 1 year times (row - x): b wins left of x = row, with an error of 0.05."""
    points = [(x, row) for row in (1.3, 2.6, 3.5) for x in (1.0, 2.0, 3.0, 4.0)]
    axes = [{"name": "x", "label": "Mortality", "values": [x for x, _ in points]}, {"name": "row", "label": "Effect", "values": [row for _, row in points]}]
    make(path, axes, ["a", "b"], [SURVIVAL], lambda q, i, s: (10.0, 0.0) if s == 0 else (10.0 + points[i][1] - points[i][0], 0.05), **more)
    return points
