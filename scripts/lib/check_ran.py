"""Compares what ctest ran with the committed list of tests.

    check_ran.py RESULTS.xml EXPECTED.txt [--update]

RESULTS.xml is ctest's --output-junit. Every test of the list must have run and passed, nothing may have been skipped or
disabled, and a test that is not on the list must be put there, so that a test cannot vanish unnoticed.
"""
import sys
import xml.etree.ElementTree as xml


def read_results(path):
    """name -> 'run', 'fail', 'disabled' or 'notrun'"""
    return {case.get("name"): case.get("status") for case in xml.parse(path).getroot().iter("testcase")}


def read_list(path):
    try:
        with open(path, encoding="utf-8") as lines:
            return [line.strip() for line in lines if line.strip()]
    except FileNotFoundError:
        return []


def main(results_path, list_path, update=False):
    results = read_results(results_path)
    if update:
        with open(list_path, "w", encoding="utf-8") as out:
            out.writelines(name + "\n" for name in sorted(results))
        print(f"{list_path}: {len(results)} tests")
        return 0
    expected = read_list(list_path)
    complaints = [f"did not run: {name}" for name in expected if name not in results]
    complaints += [f"not on the list: {name}" for name in sorted(results) if name not in set(expected)]
    complaints += [f"{what} ({status}): {name}" for name, status in sorted(results.items())
                   for what in ["failed" if status == "fail" else "skipped or disabled"] if status != "run"]
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if any(not complaint.startswith("failed") for complaint in complaints):
        print(f"If this is meant, say `scripts/test --update-list` and commit {list_path}.", file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], "--update" in sys.argv[3:]))
