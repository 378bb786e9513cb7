"""The page in a headless Chromium: no complaints, no requests, the numbers are the result's, everything can be switched,
by mouse and keyboard; pictures of it go to BUILD/report for people to look at."""
import pathlib
import re
import shutil
import tempfile
import unittest

import h5py

import curve_tables
from browser import Browser, print_page
from support import BUILD, FLAGSHIP, data_of, main, sojourn, table

EVENTS = ["refractory", "relapse", "second_remission", "second_hsct", "second_relapse", "dead"]
TALL = 20000  # a window in which everything is near the screen, and so drawn

# Instead of saving a file, keep its text.
CATCH = """window.saved = [];
URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push({type: blob.type, size: blob.size, text})); return '#'; };"""


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="sojourn-report-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        run = ["--quiet", "--patients", 4000]
        sojourn("run", FLAGSHIP, *run, "--out", "a.h5", folder=cls.folder)
        sojourn("run", FLAGSHIP, *run, "--out", "b.h5", "--no-trajectories", "--set", "hr_relapse_hsct=1", folder=cls.folder)
        curve_tables.add(cls.folder / "a.h5", [("survival", "efs", "Event-free survival", EVENTS), ("survival", "os", "Overall survival", ["dead"]),
                                               ("incidence", "relapse_any", "Relapse", ["relapse"])], 1.0)
        sojourn("report", "a.h5", "--with", "b.h5", "-o", "a.html", folder=cls.folder)
        cls.data = data_of((cls.folder / "a.html").read_text())
        with h5py.File(cls.folder / "a.h5") as file:
            cls.outcomes, cls.curves, cls.flows = (table(file, name) for name in ("outcomes", "curves", "flows"))
            cls.worth, cls.benefits = (table(file, name) for name in ("cost_effectiveness", "net_benefit"))
        cls.names = [one["name"] for one in cls.data["strategies"]]
        BUILD.mkdir(parents=True, exist_ok=True)
        cls.browser = cls.enterClassContext(Browser())

    def opened(self, width=1280, dark=False):
        self.browser.look(width, TALL, dark)
        self.browser.open(self.folder / "a.html")
        self.assertTrue(self.browser.settle(), "not everything is drawn")
        return self.browser

    def count(self, selector):
        return self.browser.run("return document.querySelectorAll(arguments[0]).length", selector)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0]).click()", selector)
        self.browser.settle()

    def test_every_look_without_complaints_or_requests(self):
        self.browser.requests()
        for width in (390, 1280):
            for dark in (False, True):
                with self.subTest(width=width, dark=dark):
                    browser = self.opened(width, dark)
                    self.assertEqual(browser.complaints(), [])
                    self.assertEqual([url for url in browser.requests() if not url.startswith(("data:", "chrome:"))], [f"file://{self.folder}/a.html"])
                    self.assertEqual(browser.run("return document.documentElement.scrollWidth"), width, "the page is wider than the window")
                    self.assertEqual(browser.run("return document.documentElement.dataset.theme"), "dark" if dark else "light")
                    height = browser.run("return Math.ceil(document.body.getBoundingClientRect().height)")
                    self.assertLess(height, TALL)
                    browser.screenshot(BUILD / f"{'phone' if width == 390 else 'desk'}_{'dark' if dark else 'light'}.png", width, height)

    def test_the_parts_in_their_order(self):
        self.opened()
        found = self.browser.run("return [...document.querySelectorAll('section')].map((one) => one.id)")
        wanted = ["question", "pathway", "strategies", "survival", "occupancy", "incidence", "distributions", "flow", "differences", "fits"]
        wanted += ["economics", "trials", "published", "parameters", "origin"]
        self.assertEqual([one for one in found if one in wanted], wanted)

    def test_trials_are_drawn_and_their_numbers_are_the_result(self):
        self.opened()
        self.click("#trials figure:nth-of-type(1) .show-table")
        with h5py.File(self.folder / "a.h5") as file:
            stored = table(file, "trials")
        first = stored[0]["trial"]
        wanted = [row for row in stored if row["trial"] == first and row["measure"] == "survival"]
        shown = self.browser.run("return [...document.querySelectorAll('#trials figure')[0].querySelectorAll('.figure-table tbody tr')]"
                                 ".map((row) => [...row.children].map((cell) => cell.textContent))")
        self.assertEqual(len(shown), len(wanted))
        for cells, row in zip(shown, wanted):
            for i, name in ((3, "patients"), (4, "replicates"), (5, "estimate"), (6, "sd"), (10, "truth")):
                self.assertAlmostEqual(float(cells[i]), row[name], delta=1e-7 * row[name])  # tables show eight digits
        self.assertEqual(self.count("#trials figure svg"), len({row["trial"] for row in stored}))
        self.assertIn("Power of the test", self.browser.run("return document.getElementById('trials').textContent"))

    def test_the_data_are_the_result(self):
        columns = [one["name"] for one in self.data["sections"]["outcomes"]["columns"]]
        rows = [dict(zip(columns, row)) for row in self.data["sections"]["outcomes"]["rows"]]
        self.assertEqual(len(rows), len(self.outcomes))
        for shown, stored in zip(rows, self.outcomes):
            self.assertEqual(shown, {name: None if value != value else value for name, value in stored.items()})
        stored = {(r["outcome"], r["group"], r["level"], r["strategy"], round(r["time"], 5)): r for r in self.curves}
        points = 0
        for line in self.data["sections"]["curves"]["series"]:
            for i, time in enumerate(line["time"]):
                row = stored[line["outcome"], line["group"], line["level"], line["strategy"], round(time, 5)]
                for name in ("estimate", "lower", "upper", "at_risk"):
                    if line[name][i] is None:
                        self.assertNotEqual(row[name], row[name])
                    else:
                        self.assertAlmostEqual(line[name][i], row[name], delta=6e-7)
                points += 1
        self.assertGreater(points, 1000)

    def test_the_numbers_shown_are_the_results(self):
        self.opened()
        cells = self.browser.run("return [...document.querySelectorAll('#outcomes-table td[data-outcome]')].map((one) => ({...one.dataset, shown: one.querySelector('.value').textContent}))")
        stored = {(r["outcome"], r["measure"], r["group"], r["level"], r["strategy"], r["time"]): r for r in self.outcomes}
        self.assertGreater(len(cells), 200)
        for cell in cells:
            row = stored[cell["outcome"], cell["measure"], cell["group"], cell["level"], cell["strategy"], float(cell["time"])]
            if row["estimate"] != row["estimate"]:
                self.assertNotIn("estimate", cell)
                continue
            self.assertEqual(float(cell["estimate"]), row["estimate"])
            factor = {"1": 100, "years": 12}.get(row["unit"], 1)
            text = cell["shown"].replace(" %", "").replace(",", "").replace("−", "-")
            decimals = len(text.split(".")[1]) if "." in text else 0
            self.assertAlmostEqual(float(text), row["estimate"] * factor, delta=0.5 * 10**-decimals + 1e-9)

    def test_the_answer_has_the_numbers(self):
        efs = {r["strategy"]: r for r in self.outcomes if r["outcome"] == "efs" and r["measure"] == "survival" and r["time"] == 1}
        most = max((r for r in efs.values() if r["difference"] == r["difference"]), key=lambda r: abs(r["difference"]))
        answer = self.data["sections"]["question"]["answer"][0]
        for number in (most["estimate"], efs["observe"]["estimate"], most["difference"]):
            self.assertRegex(answer["text"], rf"{number * 100:.1f}\d? ?(%|percentage)".replace("+", r"\+"))
        low, high = (float(x.replace("−", "-")) for x in re.search(r"interval (\S+) to ([^,)]+)", answer["text"]).groups())
        z = 2.497705  # normal quantile of 1 - 0.025 / 4
        self.assertAlmostEqual(low, (most["difference"] - z * most["difference_se"]) * 100, delta=0.06)
        self.assertAlmostEqual(high, (most["difference"] + z * most["difference_se"]) * 100, delta=0.06)
        self.assertIn("2 sets of parameters", answer["over_fits"])
        browser = self.opened()
        self.assertEqual(browser.run("return document.getElementById('answer').textContent"), answer["text"])

    def test_costs_and_effects(self):
        self.opened()
        shown = self.browser.run("return [...document.querySelectorAll('#economics .league tbody tr')].map((row) => [...row.cells].map((one) => one.innerText))")
        label = {one["name"]: one["label"] for one in self.data["strategies"]}
        self.assertEqual(len(shown), len(self.worth))
        for cells, row in zip(shown, self.worth):  # both by rising cost
            self.assertIn(label[row["strategy"]], cells[0])
            self.assertEqual(cells[1].split("\n")[0], f"{row['cost']:,.0f}")
            self.assertTrue(cells[7].startswith(row["status"]), cells)
            self.assertEqual("not resolved" in cells[7], not row["status_resolved"])
            self.assertEqual(cells[5], label.get(row["against"], ""))
            self.assertEqual(cells[6].split("\n")[0], "" if row["icer"] != row["icer"] else f"{row['icer']:,.0f}")
        self.assertIn("on the frontier", {row["status"] for row in self.worth})
        self.assertIn("dominated", {row["status"] for row in self.worth})
        notes = self.browser.run("return [...document.querySelectorAll('#economics figure .note')].map((one) => one.textContent).join(' ')")
        for row in self.benefits:
            if row["best"]:
                self.assertIn(f"{row['threshold']:,.0f}: {label[row['strategy']]}", notes)
        points = self.browser.run("""const button = document.querySelector('#economics .show-table'); button.click();
            return [...document.querySelectorAll('#economics .figure-table tbody tr')].map((one) => [...one.cells].map((cell) => cell.textContent));""")
        stored = {row["strategy"]: row for row in self.worth}
        self.assertEqual(len(points), len(stored))
        for name, _, effect, cost in points:
            for text, column in ((effect, "difference_effect"), (cost, "difference_cost")):
                value = stored[name][column] if name != self.data["reference"] else 0
                self.assertAlmostEqual(float(text), value, delta=1e-6 * abs(value))

    def test_curves_are_drawn_and_strategies_switch(self):
        self.opened()
        lines = "#survival figure:first-of-type path[fill=none][stroke-width='2']"
        self.assertEqual(self.count(lines), len(self.names))
        self.assertEqual(self.count("#outcomes-table thead th[data-strategy]"), len(self.names))
        button = f"#bar button[data-strategy={self.names[1]}]"
        self.click(button)
        self.assertEqual(self.count(lines), len(self.names) - 1)
        self.assertEqual(self.count("#outcomes-table thead th[data-strategy]"), len(self.names) - 1)
        self.assertEqual(self.browser.run("return document.querySelector(arguments[0]).ariaPressed", button), "false")
        self.click(button)
        self.assertEqual(self.count(lines), len(self.names))
        for name in self.names:
            self.click(f"#bar button[data-strategy={name}]")
        self.assertGreaterEqual(self.count(lines), 1, "the last strategy cannot be switched off")
        self.assertEqual(self.browser.complaints(), [])

    def test_the_keyboard_is_enough(self):
        self.opened()
        reached = []
        for _ in range(12):
            self.browser.key("\ue004")  # tab
            reached.append(self.browser.run("const one = document.activeElement; return one.dataset.strategy ?? one.id ?? one.className"))
        for name in [*self.names, "theme"]:
            self.assertIn(name, reached)
        self.browser.run("document.querySelector(arguments[0]).focus()", f"#bar button[data-strategy={self.names[2]}]")
        self.browser.key(" ")
        self.assertEqual(self.browser.run("return document.activeElement.ariaPressed"), "false")
        self.browser.run("document.querySelector('#survival .show-table').focus()")
        self.browser.key("\ue007")  # enter
        self.assertGreater(self.count("#survival .figure-table tbody tr"), 100)

    def test_every_figure_has_words_and_a_table(self):
        self.opened()
        figures = self.browser.run("""return [...document.querySelectorAll('figure')].map((one) => {
            const button = one.querySelector('.show-table'), table = document.getElementById(button.getAttribute('aria-controls'));
            const before = table.hidden; button.click();
            return {label: one.querySelector('[role=img]').getAttribute('aria-label'), before, after: table.hidden,
                    expanded: button.ariaExpanded, rows: table.querySelectorAll('tbody tr').length};
        })""")
        self.assertGreaterEqual(len(figures), 12)
        for figure in figures:
            self.assertTrue(figure["before"] and not figure["after"] and figure["expanded"] == "true", figure)
            self.assertGreater(figure["rows"], 0, figure)
            self.assertRegex(figure["label"], r"\w{3,}.*\d", figure)

    def test_themes_and_choices(self):
        self.opened()
        color = "return getComputedStyle(document.body).backgroundColor"
        light = self.browser.run(color)
        self.click("#theme")
        self.assertNotEqual(self.browser.run(color), light)
        self.browser.run("""const list = document.querySelector('#flow select');
            list.value = arguments[0]; list.dispatchEvent(new Event('change'));""", self.names[-1])
        label = next(one["label"] for one in self.data["strategies"] if one["name"] == self.names[-1])
        self.assertIn(label, self.browser.run("return document.querySelector('#flow h3').textContent"))
        self.assertEqual(self.browser.complaints(), [])

    def saved(self, selector):
        self.browser.run(CATCH)
        self.click(selector)
        return self.browser.send("/execute/async", {"args": [], "script": """const done = arguments[0];
            const wait = () => (window.saved.length ? done(window.saved[0]) : setTimeout(wait, 30)); wait();"""})

    def test_saving(self):
        self.opened()
        csv = self.saved("#survival figure:first-of-type .save")["text"].splitlines()
        self.assertEqual(csv[0], "strategy,time [years],estimate,lower 95 %,upper 95 %,at risk,extrapolated")
        line = next(one for one in self.data["sections"]["curves"]["series"] if one["outcome"] == "efs" and one["strategy"] == self.names[0])
        self.assertEqual([float(x) for x in csv[5].split(",")[1:4]], [line[name][4] for name in ("time", "estimate", "lower")])
        svg = self.saved("#survival figure:first-of-type .save:nth-of-type(2)")
        self.assertTrue(svg["type"] == "image/svg+xml" and svg["text"].startswith("<svg") and "xmlns=" in svg["text"])
        png = self.saved("#pathway .save:nth-of-type(3)")
        self.assertTrue(png["type"] == "image/png" and png["size"] > 5000, png)

    def test_patients_on_the_arrows(self):
        self.opened()
        self.browser.run("const list = document.querySelector('#pathway select'); list.value = 'hsct_all'; list.dispatchEvent(new Event('change'));")
        texts = self.browser.run("return [...document.querySelectorAll('#pathway svg text')].map((one) => one.textContent)")
        relapses = [f for f in self.flows if f["strategy"] == "hsct_all" and f["to"] == "relapse" and f["from"] == "hsct"]
        self.assertIn(f"{sum(f['patients'] for f in relapses):,}", texts)
        died = sum(f["patients"] for f in self.flows if f["strategy"] == "hsct_all" and f["to"] == "dead" and f["from"] == "hsct")
        self.assertIn(f"→ Dead {died:,}", texts)

    def test_it_prints(self):
        print_page(self.folder / "a.html", BUILD / "printed.pdf")
        self.assertGreater((BUILD / "printed.pdf").stat().st_size, 50_000)


if __name__ == "__main__":
    main()
