"""Puts the tables `curves` and `flows` (docs/outcomes.md) into a result file that has none, computed here from its stored
trajectories: occupancy of every state, first entry into given states, moves between states."""
import h5py
import numpy

TIMES = 121


def texts(group, name, values):
    size = max([1] + [len(value.encode()) for value in values]) + 1
    group.create_dataset(name, data=numpy.array([value.encode() for value in values], dtype=h5py.string_dtype("utf-8", size)))


def write(file, name, columns):
    """columns: {name: list}, all of one length."""
    group = file["outcomes"].create_group(name)
    for column, values in columns.items():
        if values and isinstance(values[0], str):
            texts(group, column, values)
        else:
            group.create_dataset(column, data=numpy.array(values))
        if column == "time":
            group[column].attrs["unit"] = numpy.bytes_("years")
    texts(group, "columns", list(columns))


def stays(file, strategy):
    group = file["strategies"][strategy]["sojourns"]
    return {name: group[name][:] for name in ("patient_id", "state_id", "transition_id", "time_start", "time_stop")}


def interval(share, n):
    se = numpy.sqrt(share * (1 - share) / n)
    return se, numpy.maximum(share - 1.96 * se, 0), numpy.minimum(share + 1.96 * se, 1)


def add_curve(columns, what, times, share, at_risk, n, observed):
    se, lower, upper = interval(share, n)
    for i, t in enumerate(times):
        for column, value in {**what, "time": t, "at_risk": int(at_risk[i]), "estimate": share[i], "se": se[i], "lower": lower[i],
                              "upper": upper[i], "extrapolated": int(t > observed)}.items():
            columns.setdefault(column, []).append(value)


def curves(file, endpoints, observed):
    n, horizon = int(file.attrs["patients"]), float(file.attrs["horizon"])
    times, columns = numpy.linspace(0, horizon, TIMES), {}
    states = list(file["dictionary/states/name"].asstr())
    strategies = list(file["dictionary/strategies/name"].asstr())
    for kind, outcome, label, targets in endpoints:
        for strategy in strategies:
            rows = stays(file, strategy)
            hit = numpy.isin(rows["state_id"], [states.index(state) + 1 for state in targets])
            first = numpy.full(n + 1, numpy.inf)
            numpy.minimum.at(first, rows["patient_id"][hit], rows["time_start"][hit])
            reached = numpy.searchsorted(numpy.sort(first[1:]), times, side="right")
            share = reached / n if kind == "incidence" else 1 - reached / n
            what = {"outcome": outcome, "label": label, "kind": kind, "method": "proportion", "group": "", "level": "", "strategy": strategy}
            add_curve(columns, what, times, share, n - reached, n, observed)
    for index, state in enumerate(states):
        for strategy in strategies:
            rows = stays(file, strategy)
            own = rows["state_id"] == index + 1
            entered = numpy.searchsorted(numpy.sort(rows["time_start"][own]), times, side="right")
            left = numpy.searchsorted(numpy.sort(rows["time_stop"][own & (rows["transition_id"] > 0)]), times, side="right")
            what = {"outcome": "occupancy", "label": "State occupancy", "kind": "occupancy", "method": "proportion", "group": "", "level": state, "strategy": strategy}
            add_curve(columns, what, times, (entered - left) / n, numpy.full(TIMES, n), n, observed)
    return columns


def flows(file):
    columns = {name: [] for name in ("strategy", "transition", "from", "to", "patients", "count")}
    states = list(file["dictionary/states/name"].asstr())
    names = list(file["dictionary/transitions/name"].asstr())
    for strategy in file["dictionary/strategies/name"].asstr():
        rows = stays(file, strategy)
        moved = (rows["patient_id"][:-1] == rows["patient_id"][1:]) & (rows["transition_id"][:-1] > 0)
        moves = numpy.stack([rows["transition_id"][:-1], rows["state_id"][:-1], rows["state_id"][1:], rows["patient_id"][:-1]])[:, moved]
        for transition, start, end in numpy.unique(moves[:3], axis=1).T:
            own = (moves[0] == transition) & (moves[1] == start) & (moves[2] == end)
            for column, value in zip(columns, [strategy, names[transition - 1], states[start - 1], states[end - 1],
                                               len(numpy.unique(moves[3][own])), int(own.sum())]):
                columns[column].append(value)
    return columns


def add(path, endpoints, observed=numpy.inf):
    """endpoints: [(kind, outcome, label, states)]. A table that is there stays."""
    with h5py.File(path, "r+") as file:
        if "curves" not in file["outcomes"]:
            write(file, "curves", curves(file, endpoints, observed))
        if "flows" not in file["outcomes"]:
            write(file, "flows", flows(file))
