"""scripts/read_results.py on a sample whose rows are also there as CSV, and the digest as docs/results.md defines it.

Usage: test_read_results.py WRITE_SAMPLE SCRIPTS_FOLDER SOJOURN. Exit code 77: h5py or pandas is not installed."""

import ctypes
import ctypes.util
import pathlib
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy as np
    import pandas as pd
except ImportError as error:
    print("skipped:", error)
    sys.exit(77)

sys.path.insert(0, sys.argv[2])
import read_results as results  # noqa: E402

STRATEGIES = ["observe", "hsct_all"]


def equal(frame, folder, table, strategy, keep=lambda rows: rows):
    wanted = pd.read_csv(f"{folder}/{table}_{strategy}.csv", keep_default_na=False, float_precision="round_trip")
    wanted = keep(wanted).reset_index(drop=True)
    got = frame.drop(columns="strategy", errors="ignore").reset_index(drop=True)
    for column in got:
        if got[column].dtype.name == "category":
            got[column] = got[column].astype(str)
    pd.testing.assert_frame_equal(got, wanted, check_dtype=False, check_exact=True)
    return len(wanted)


def xxh3_128():
    library = ctypes.util.find_library("xxhash")
    if library is None:
        return None
    function = ctypes.CDLL(library).XXH3_128bits

    class Hash(ctypes.Structure):
        _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]

    function.argtypes, function.restype = [ctypes.c_char_p, ctypes.c_size_t], Hash

    def digits(data):
        value = function(data, len(data))
        return f"{value.high:016x}{value.low:016x}"

    return digits


def digest(path, digits):
    """The definition in docs/results.md, in ten lines."""
    def line(place, values, data_type):
        kind = f"text{data_type.itemsize}" if data_type.kind == "S" else data_type.name
        data = np.asarray(values, dtype=data_type).tobytes()
        return f"{place} {kind} {np.size(values)} {digits(data)}\n".encode()

    lines = []

    def visit(group, place):
        for name in group:
            item = group[name]
            if isinstance(item, h5py.Group):
                visit(item, f"{place}/{name}")
            else:
                lines.append(line(f"{place}/{name}", item[()], item.dtype))

    with h5py.File(path, "r") as file:
        for name in file.attrs:
            if name != "digest":
                attribute = h5py.h5a.open(file.id, name.encode())
                values = np.empty((), attribute.dtype)
                attribute.read(values)
                lines.append(line(f"/@{name}", values, attribute.dtype))
        visit(file, "")
    return "xxh3-128:" + digits(b"".join(sorted(lines)))


def check_tables(folder, path):
    for strategy in STRATEGIES:
        for table in ("sojourns", "events", "changes", "baseline"):
            function = getattr(results, table)
            assert equal(function(path, strategy), folder, table, strategy) > 100
            for patient in (1, 2, 350, 700):
                equal(function(path, strategy, (patient, patient)), folder, table, strategy,
                      lambda rows: rows[rows["patient_id"] == patient])
            equal(function(path, strategy, (5, 90)), folder, table, strategy,
                  lambda rows: rows[rows["patient_id"].between(5, 90)])
    both = results.sojourns(path)
    assert list(both["strategy"].cat.categories) == STRATEGIES
    assert len(both) == sum(len(results.sojourns(path, strategy)) for strategy in STRATEGIES)


def check_rest(path):
    about = results.attributes(path)
    assert about["patients"] == 700 and about["seed"] == 4000000000 and about["horizon"] == 5.0
    assert about["trajectories"] == "all patients, all states"
    assert list(results.dictionary(path, "states")["name"]) == ["well", "ill", "dead"]
    life = results.patient(path, 7, "observe")
    assert set(life["sojourns"]["patient_id"]) == {7} and len(life["baseline"]) == 1
    for bad in (lambda: results.sojourns(path, "hsct_some"), lambda: results.sojourns(path, None, (700, 701))):
        try:
            bad()
        except (KeyError, IndexError):
            continue
        raise AssertionError("not refused")


def check_command(script, folder, path):
    def run(*arguments):
        return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)

    csv = run(path, "sojourns", "--strategy", "observe", "--csv", f"{folder}/out.csv")
    assert csv.returncode == 0, csv.stderr
    out = pd.read_csv(f"{folder}/out.csv", float_precision="round_trip", keep_default_na=False)
    equal(out, folder, "sojourns", "observe")
    assert "sojourns" in run(path, "--patient", "3").stdout
    for arguments in (["/nowhere.h5"], [path, "sojourns", "--strategy", "x"], [path, "nothing"]):
        failed = run(*arguments)
        assert failed.returncode == 1 and "Traceback" not in failed.stderr, failed.stderr


def check_outcomes(program, scripts, folder):
    """What README shows, on a file that the program made."""
    model = f"{scripts}/../configs/examples/maintenance.yaml"
    path, csv = f"{folder}/maintenance.h5", f"{folder}/maintenance.csv"
    subprocess.run([program, "run", model, "--patients", "500", "--quiet", "--out", path, "--csv", csv], check=True)
    wanted = pd.read_csv(csv, float_precision="round_trip")
    table = results.outcomes(path)
    assert list(table.columns) == list(wanted.columns) and len(table) == len(wanted) >= 10
    alive = results.outcomes(path, "alive")
    assert set(alive["outcome"]) == {"alive"}
    for column in ("estimate", "se", "difference"):
        np.testing.assert_array_equal(alive[column], wanted.loc[wanted["outcome"] == "alive", column])
    assert len(results.sojourns(path, "all")) > 500 and len(results.patient(path, 7, "all")["sojourns"]) > 0
    printed = subprocess.run([sys.executable, f"{scripts}/read_results.py", path, "alive"], capture_output=True, text=True,
                             check=True).stdout
    assert "alive" in printed and "relapse" not in printed
    assert "alive, relapse" in subprocess.run([sys.executable, f"{scripts}/read_results.py", path], capture_output=True,
                                              text=True, check=True).stdout
    for absent, known in ((lambda: results.outcomes(path, "alife"), "alive"), (lambda: results.trials(path), "outcomes")):
        try:
            absent()
        except KeyError as error:
            assert known in str(error)
        else:
            raise AssertionError("not refused")


def check_shards(program, scripts, folder):
    """A result in several files, one that is missing, and all put into one file as docs/results.md says."""
    whole, path, one = (f"{folder}/{name}.h5" for name in ("whole", "several", "repacked"))
    for out, more in ((whole, []), (path, ["--shards"])):
        subprocess.run([program, "run", f"{scripts}/../configs/examples/illness_death.yaml", "--patients", "70000", "--quiet", "--out", out,
                        *more], check=True)
    subprocess.run(["h5repack", "-l", "CONTI", path, one], check=True)
    wanted = results.sojourns(whole)
    pd.testing.assert_frame_equal(results.sojourns(path), wanted)
    shards = sorted(pathlib.Path(path + ".shards").iterdir())
    assert len(shards) == 3
    shards[1].unlink()
    for read in (results.sojourns, results.baseline):
        try:
            read(path)
        except FileNotFoundError as error:
            assert shards[1].name in str(error)
        else:
            raise AssertionError("not refused")
    pd.testing.assert_frame_equal(results.sojourns(one), wanted)


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        path = f"{folder}/sample.h5"
        check_tables(folder, path)
        check_rest(path)
        check_command(f"{sys.argv[2]}/read_results.py", folder, path)
        check_outcomes(sys.argv[3], sys.argv[2], folder)
        check_shards(sys.argv[3], sys.argv[2], folder)
        digits = xxh3_128()
        if digits is not None:
            assert digest(path, digits) == results.attributes(path)["digest"]
            print("digest agrees")
    print("ok")


main()
