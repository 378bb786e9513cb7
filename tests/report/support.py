"""What the tests of the report share: running the program, the data inside a page."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE, BUILD = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
FLAGSHIP = SOURCE / "configs/ball_cd19_cd22.yaml"
EXAMPLE = SOURCE / "configs/examples/illness_death.yaml"


def sojourn(*arguments, folder, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    assert done.returncode == code, f"{arguments}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def data_of(page):
    """The JSON in the page, as a browser reads it."""
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL).group(1)
    return json.loads(text)


def table(file, name):
    """Rows of a table of an open result file, as dictionaries."""
    group = file["outcomes"][name]
    columns = list(group["columns"].asstr())
    values = [group[c].asstr()[:] if group[c].dtype.kind in "SO" else group[c][:].tolist() for c in columns]
    return [dict(zip(columns, row)) for row in zip(*values)]


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sojourn-report-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)


def main():
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[4:], "-v"])
