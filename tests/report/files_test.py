"""What `sojourn report` reads and writes, without a browser: names, refusals, the page's size, no way out of the page."""
import re
import shlex
import shutil
import time

import h5py

import curve_tables
from support import EXAMPLE, FLAGSHIP, Case, data_of, main, sojourn, table

SMALL = ["--patients", 300, "--quiet"]


class Files(Case):
    def run_model(self, model, out, *more):
        sojourn("run", model, *SMALL, "--out", out, *more, folder=self.folder)

    def test_the_name_of_the_page(self):
        self.run_model(EXAMPLE, "x.h5")
        sojourn("report", "x.h5", folder=self.folder)
        sojourn("report", "x.h5", "-o", "other.html", folder=self.folder)
        page = (self.folder / "x.html").read_bytes()
        self.assertEqual(page, (self.folder / "other.html").read_bytes())
        self.assertEqual(page, sojourn("report", "x.h5", "-o", "-", folder=self.folder).stdout.encode())

    def test_refusals(self):
        self.run_model(EXAMPLE, "x.h5")
        (self.folder / "text.h5").write_text("no result")
        for arguments, code, words in [(["text.h5"], 3, "text.h5"), (["absent.h5"], 3, "absent.h5"), (["x.h5", "-o", "x.h5"], 3, "x.h5"),
                                       (["x.h5", "-o", "absent/x.html"], 1, "absent/x.html"), (["x.h5", "--with", "text.h5"], 3, "text.h5"), ([], 2, "FILE.h5")]:
            with self.subTest(arguments):
                self.assertIn(words, sojourn("report", *arguments, folder=self.folder, code=code).stderr)

    def test_the_command_makes_the_same_bytes_again(self):
        for path in EXAMPLE.parent.glob("psa*"):
            shutil.copy(path, self.folder)
        for more in ([], ["--samples", 3, "--share-patients"], ["--samples", 3, "--keep", 20], ["--times", "float32", "--keep-states", "well"],
                     ["--no-trajectories", "--set", "local=0.2", "--replicate", 2]):
            with self.subTest(more):
                self.run_model("psa.yaml", "x.h5", *more)
                sojourn("report", "x.h5", folder=self.folder)
                program, *words = shlex.split(data_of((self.folder / "x.html").read_text())["sections"]["origin"]["command"])
                self.assertEqual(program, "sojourn")
                sojourn(*words, "--quiet", folder=self.folder)
                made = self.folder / ("again.h5" if "again.h5" in words else "psa.h5")
                self.assertEqual(made.read_bytes(), (self.folder / "x.h5").read_bytes())

    def test_another_question_is_refused(self):
        self.run_model(FLAGSHIP, "a.h5", "--no-trajectories")
        self.run_model(FLAGSHIP, "b.h5", "--no-trajectories", "--strategies", "hsct_all,blinatumomab")
        self.assertIn("reference strategy", sojourn("report", "a.h5", "--with", "b.h5", folder=self.folder, code=3).stderr)

    def test_sets_of_parameters(self):
        self.run_model(FLAGSHIP, "a.h5", "--no-trajectories")
        self.run_model(FLAGSHIP, "b.h5", "--no-trajectories", "--set", "hr_relapse_hsct=1")
        sojourn("report", "a.h5", "--with", "b.h5", folder=self.folder)
        fits = data_of((self.folder / "a.html").read_text())["sections"]["fits"]["list"]
        self.assertEqual([one["name"] for one in fits], ["a", "b"])
        self.assertEqual(fits[1]["changes"], ["hr_relapse_hsct = 1"])
        for fit in fits:
            with h5py.File(self.folder / f"{fit['name']}.h5") as file:
                rows = {(r["outcome"], r["measure"], r["time"], r["strategy"]): r["difference"] for r in table(file, "outcomes") if not r["group"] and not r["level"]}
            self.assertGreater(len(fit["rows"]), 20)
            for row in fit["rows"]:
                self.assertEqual(row["difference"], rows[row["outcome"], row["measure"], row["time"], row["strategy"]])

    def test_nothing_leads_out_of_the_page(self):
        self.run_model(FLAGSHIP, "a.h5")
        sojourn("report", "a.h5", folder=self.folder)
        page = (self.folder / "a.html").read_text()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1)
        self.assertTrue(policy.startswith("default-src 'none'; script-src 'sha256-"), policy)
        self.assertNotIn("http", policy)
        self.assertNotIn("'unsafe-inline'", policy.replace("style-src-attr 'unsafe-inline'", ""))
        frame = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
        self.assertNotRegex(frame, r"<(link|img|iframe|object|embed|base|form)\b|\bsrc=")
        self.assertEqual(re.findall(r'href="(?!#)', frame), [])
        style = re.search(r"<style>(.*?)</style>", page, re.DOTALL).group(1)
        self.assertNotRegex(style, r"url\(|@import")

    def test_size_and_time(self):
        sojourn("run", FLAGSHIP, "--patients", 20000, "--quiet", "--out", "a.h5", folder=self.folder)
        curve_tables.add(self.folder / "a.h5", [("survival", f"os_{i}", f"Overall survival {i}", ["dead"]) for i in range(8)], 1.0)
        begun = time.monotonic()
        sojourn("report", "a.h5", folder=self.folder)
        size = (self.folder / "a.html").stat().st_size
        print(f"\n  20,000 patients x 5 strategies: {time.monotonic() - begun:.2f} s, {size / 1e6:.2f} MB")
        self.assertLess(size, 3_000_000)

    def test_curves_are_thinned_to_the_page(self):
        """A result with ever so many points: the page stays small, each curve keeps its end."""
        self.run_model(EXAMPLE, "x.h5")
        with h5py.File(self.folder / "x.h5", "r+") as file:
            if "curves" in file["outcomes"]:
                del file["outcomes/curves"]
            n, strategy = 2000, list(file["dictionary/strategies/name"].asstr())[0]
            what = {"label": "x", "kind": "survival", "method": "kaplan_meier", "group": "", "level": "", "strategy": strategy}
            columns = {"outcome": [f"s{i}" for i in range(100) for _ in range(n)], **{k: [v] * (100 * n) for k, v in what.items()}}
            columns["time"] = [i / (n - 1) for i in range(n)] * 100
            columns.update({k: [0.123456789] * (100 * n) for k in ("estimate", "se", "lower", "upper")}, at_risk=[7] * (100 * n), extrapolated=[0] * (100 * n))
            curve_tables.write(file, "curves", columns)
        sojourn("report", "x.h5", folder=self.folder)
        page = (self.folder / "x.html").read_text()
        self.assertLess(len(page), 3_000_000)
        series = data_of(page)["sections"]["curves"]["series"]
        self.assertEqual(len(series), 100)
        for one in series:
            self.assertLess(len(one["time"]), 420)
            self.assertEqual((one["time"][0], one["time"][-1]), (0, 1))


if __name__ == "__main__":
    main()
