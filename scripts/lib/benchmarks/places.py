"""Where things are. SOJOURN_BUILD names another build folder than build/release."""
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("SOJOURN_BUILD", ROOT / "build/release"))
MODELS = ROOT / "tests/data/models"
W1, W2, W3 = (MODELS / f"w{number}.yaml" for number in (1, 2, 3))
W3_SETS = MODELS / "w3_parameters.csv"
EBMT_UNCERTAIN = ROOT / "configs/examples/ebmt_uncertain.yaml"
FLAGSHIP = ROOT / "configs/ball_cd19_cd22.yaml"
ASKED = ROOT / "tests/benchmarks/models"
FIGURES = ROOT / "tests/benchmarks/figures"
R_SCRIPTS = ROOT / "tests/benchmarks/r"
