#!/usr/bin/python3
"""Reads a result of `sojourn run` (HDF5) into pandas data frames, names instead of ids.

    import read_results as results
    results.sojourns("car_t.h5", "observe")                # all stays of all patients under one strategy
    results.sojourns("car_t.h5", patients=(1, 100))        # the first hundred, under every strategy
    results.patient("car_t.h5", 48213, "hsct_all")         # one life, whatever the file's size
    results.baseline("car_t.h5"), results.events(...), results.changes(...), results.outcomes("car_t.h5", "efs"),
    results.samples("car_t.h5", "efs"), results.parameters("car_t.h5"), results.trials("car_t.h5")

Or on the command line: read_results.py FILE.h5 [TABLE] [--strategy NAME] [--patient N] [--csv FILE].
Times are years since the patient's start. Every dataset is described in docs/results.md.
Needs h5py and pandas (Debian: python3-h5py, python3-pandas)."""

import argparse
import os
import sys

import h5py
import numpy as np
import pandas as pd


def texts(dataset):
    """A column of texts as str."""
    return [value.decode("utf-8") for value in np.atleast_1d(dataset[()])]


def dictionary(path, name):
    """states, transitions, events, attributes, levels or strategies: what the ids mean."""
    with h5py.File(path, "r") as file:
        return _dictionary(file, name)


def _dictionary(file, name):
    group = file["dictionary"][name]
    columns = {key: texts(group[key]) if group[key].dtype.kind == "S" else group[key][()] for key in group}
    ids = [key for key in columns if key.endswith("_id")]
    return pd.DataFrame(columns)[ids + [key for key in columns if key not in ids]]


def attributes(path):
    """What the file says about itself: title, patients, seed, horizon, what trajectories were kept, digest."""
    with h5py.File(path, "r") as file:
        return {key: value.decode("utf-8") if isinstance(value, bytes) else value.item() if hasattr(value, "item")
                else value for key, value in file.attrs.items()}


def _chosen(file, strategy):
    names = texts(file["dictionary/strategies/name"])
    if strategy is None:
        return names, names
    if strategy not in names:
        raise KeyError(f"no strategy '{strategy}'; the file has {', '.join(names)}")
    return names, [strategy]


def _stored(file):
    return int(file.attrs["patients_stored"])


def _check_shards(file):
    """Of a result in several files: HDF5 would show one that is missing as zeros. After h5repack all may be in one."""
    def virtual(_, one):
        return True if isinstance(one, h5py.Dataset) and one.is_virtual else None

    if "shards" not in file or not file["strategies"].visititems(virtual):
        return
    folder = os.path.dirname(os.path.realpath(os.fsdecode(file.filename)))
    for name, size in zip(texts(file["shards/file"]), file["shards/bytes"][()]):
        path = os.path.join(folder, name)
        if not os.path.isfile(path) or os.path.getsize(path) != size:
            raise FileNotFoundError(f"{path} is missing or not as it was; the result and its folder belong together")


def _range(file, patients):
    """(first, last) patient, from 1, both included; checked against what was kept."""
    _check_shards(file)
    first, last = (1, _stored(file)) if patients is None else patients
    if _stored(file) == 0 or not 1 <= first <= last <= _stored(file):
        kept = file.attrs["trajectories"]
        raise IndexError(f"patients {first} to {last} are not stored ({kept.decode() if isinstance(kept, bytes) else kept})")
    return first, last


def _rows(group, first, last):
    """The rows of patients first .. last: two reads of `first`, whatever the size of the file."""
    return slice(int(group["first"][first - 1]), int(group["first"][last]))


def _named(ids, names, zero=None):
    names = ([zero] if zero is not None else []) + list(names)
    return pd.Categorical.from_codes(np.asarray(ids, dtype=np.int32) - (0 if zero is not None else 1), names)


def _table(path, table, columns, decode, strategy, patients):
    with h5py.File(path, "r") as file:
        if table not in ("sojourns", "events", "changes"):
            raise ValueError(table)
        first, last = _range(file, patients)
        names, chosen = _chosen(file, strategy)
        frames = []
        for name in chosen:
            group = file["strategies"][name][table]
            rows = _rows(group, first, last)
            frame = pd.DataFrame({column: group[column][rows] for column in columns})
            frame = decode(file, frame)
            frame.insert(0, "strategy", pd.Categorical([name] * len(frame), names))
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)


def sojourns(path, strategy=None, patients=None):
    """One row a stay: strategy, patient_id, state, transition (what ended it), time_start, time_stop [years]."""
    def decode(file, frame):
        frame["state_id"] = _named(frame["state_id"], texts(file["dictionary/states/name"]))
        frame["transition_id"] = _named(frame["transition_id"], texts(file["dictionary/transitions/name"]), "horizon")
        return frame.rename(columns={"state_id": "state", "transition_id": "transition"})
    columns = ["patient_id", "state_id", "transition_id", "time_start", "time_stop"]
    return _table(path, "sojourns", columns, decode, strategy, patients)


def events(path, strategy=None, patients=None):
    """One row an event: strategy, patient_id, event, time [years]."""
    def decode(file, frame):
        frame["event_id"] = _named(frame["event_id"], texts(file["dictionary/events/name"]))
        return frame.rename(columns={"event_id": "event"})
    return _table(path, "events", ["patient_id", "event_id", "time"], decode, strategy, patients)


def changes(path, strategy=None, patients=None):
    """One row a change of an attribute: strategy, patient_id, attribute, time [years], value (a number), level (a name)."""
    def decode(file, frame):
        levels = _dictionary(file, "levels")
        names = dict(zip(zip(levels["attribute_id"], levels["level_id"]), levels["name"]))
        frame["level"] = [names.get(pair, "") for pair in zip(frame["attribute_id"], frame["value"])]
        frame["attribute_id"] = _named(frame["attribute_id"], texts(file["dictionary/attributes/name"]))
        return frame.rename(columns={"attribute_id": "attribute"})
    return _table(path, "changes", ["patient_id", "attribute_id", "time", "value"], decode, strategy, patients)


def baseline(path, strategy=None, patients=None):
    """One row a patient: patient_id and every attribute at the start. Without a strategy: of the first."""
    with h5py.File(path, "r") as file:
        first, last = _range(file, patients)
        group = file["strategies"][_chosen(file, strategy)[1][0]]["baseline"]
        about, levels = _dictionary(file, "attributes"), _dictionary(file, "levels")
        columns = {"patient_id": np.arange(first, last + 1)}
        for attribute_id, name, kind in zip(about["attribute_id"], about["name"], about["kind"]):
            values = group[name][first - 1:last]
            if kind == "boolean":
                values = values.astype(bool)
            elif kind == "category":
                values = _named(values, levels.loc[levels["attribute_id"] == attribute_id, "name"])
            columns[name] = values
        return pd.DataFrame(columns)


def computed(path, name, outcome=None):
    """A table under /outcomes, by its name; of one outcome only, if that is named."""
    with h5py.File(path, "r") as file:
        if f"outcomes/{name}" not in file:
            raise KeyError(f"no table '{name}'; the file has {', '.join(file['outcomes'])}")
        group = file[f"outcomes/{name}"]
        order = texts(group["columns"])
        table = pd.DataFrame({key: texts(group[key]) if group[key].dtype.kind == "S" else group[key][()]
                              for key in order})[order]
    if outcome is None:
        return table
    known = list(table["outcome"].unique())
    if outcome not in known:
        raise KeyError(f"no outcome '{outcome}'; the file has {', '.join(known)}")
    return table[table["outcome"] == outcome].reset_index(drop=True)


def outcomes(path, outcome=None):
    """What was estimated, one row a number: of one outcome (its name in the model), or of all."""
    return computed(path, "outcomes", outcome)


def samples(path, outcome=None):
    """The same in each sample of the uncertain parameters, one row a sample and number."""
    return computed(path, "samples", outcome)


def trials(path):
    """What the trials of the model came to, one row for each trial, measure, arm and time."""
    return computed(path, "trials")


def parameters(path):
    """The uncertain parameters in each sample; sample 0 is the base case."""
    return computed(path, "parameters")


def patient(path, number, strategy=None):
    """One patient's life: a dict of her baseline, sojourns, events and changes."""
    one = (number, number)
    return {"baseline": baseline(path, strategy, one), "sojourns": sojourns(path, strategy, one),
            "events": events(path, strategy, one), "changes": changes(path, strategy, one)}


def main():
    tables = {"sojourns": sojourns, "events": events, "changes": changes, "baseline": baseline}
    parser = argparse.ArgumentParser(description="Print a table of a sojourn result.")
    parser.add_argument("file")
    parser.add_argument("table", nargs="?",
                        help="sojourns, events, changes, baseline, outcomes, samples, parameters, trials, or one outcome by its name")
    parser.add_argument("--strategy")
    parser.add_argument("--patient", type=int, help="only this patient; without a table: her whole life")
    parser.add_argument("--csv", help="write to this file instead (- for the terminal)")
    options = parser.parse_args()
    patients = None if options.patient is None else (options.patient, options.patient)
    try:
        if options.table in tables:
            frame = tables[options.table](options.file, options.strategy, patients)
        elif options.table in ("samples", "parameters", "trials"):
            frame = computed(options.file, options.table)
        elif options.table:
            frame = outcomes(options.file, None if options.table == "outcomes" else options.table)
        else:
            parts = attributes(options.file) if patients is None else patient(options.file, options.patient,
                                                                              options.strategy)
            for key, value in parts.items():
                print(f"{key}:\n{value.to_string(index=False)}\n" if isinstance(value, pd.DataFrame)
                      else f"{key}: {value}")
            if patients is None:
                print("outcomes:", ", ".join(outcomes(options.file)["outcome"].unique()))
            return 0
    except (OSError, KeyError, IndexError) as error:
        print(f"read_results.py: {options.file}: {error.args[0] if error.args else error}", file=sys.stderr)
        return 1
    if options.csv:
        frame.to_csv(sys.stdout if options.csv == "-" else options.csv, index=False)
    else:
        print(frame.to_string(index=False, max_rows=40))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
