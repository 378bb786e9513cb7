"""The page of a collected sweep in a headless Chromium: its numbers are the file's, what is not resolved is exactly what the
simultaneous intervals say, known winners and break-even values are found, texts do nothing."""
import math
import pathlib
import shutil
import tempfile
import unittest

import h5py

import made_sweeps
from browser import Browser
from hostile_test import BREAK, IMAGE, ODD, SCRIPT
from page_test import CATCH, TALL
from support import BUILD, SOURCE, data_of, main, sojourn, table

# Two axes of numbers and one of texts, over which each of the strategies may be best.
SWEEP = """sweep: 1
title: Maintenance, over its effect and its length
model: maintenance.yaml
patients: 400
axes:
  hr: {label: Hazard ratio of maintenance, parameter: hr_maintenance, values: [0.4, 0.6, 0.9, 1.2]}
  length: {path: events.maintenance_ends.time.fixed, values: [1 year, 2 years, 3 years]}
  rule:
    path: strategies.high_risk_only.decisions.maintenance
    cases: {risk: "high_risk ? given : not_given", young: "age < 60 years ? given : not_given"}
"""


class SweepPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="sojourn-report-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        shutil.copy(SOURCE / "configs/examples/maintenance.yaml", cls.folder)
        (cls.folder / "s.yaml").write_text(SWEEP)
        sojourn("sweep", "run", "s.yaml", "--quiet", folder=cls.folder)
        sojourn("sweep", "collect", "s.sweep", "--out", "x.h5", "--quiet", folder=cls.folder)
        sojourn("report", "x.h5", folder=cls.folder)
        with h5py.File(cls.folder / "x.h5") as file:
            cls.scenarios, cls.quantities, cls.long, cls.pairs, cls.comparisons = (table(file, name) for name in ("scenarios", "quantities", "long", "pairs", "comparisons"))
        BUILD.mkdir(parents=True, exist_ok=True)
        cls.browser = cls.enterClassContext(Browser())

    def opened(self, page="x.html", width=1280, dark=False):
        self.browser.look(width, TALL, dark)
        self.browser.open(self.folder / page)
        self.assertTrue(self.browser.settle(), "not everything is drawn")
        self.assertEqual(self.browser.complaints(), [])
        return self.browser

    def made(self, name="known", **more):
        points = made_sweeps.known(self.folder / f"{name}.h5", **more)
        sojourn("report", f"{name}.h5", folder=self.folder)
        return points

    def choose(self, name, value):
        self.browser.run("""const list = document.querySelector(`select[data-choice="${arguments[0]}"]`);
            list.value = arguments[1]; list.dispatchEvent(new Event('change'));""", name, value)
        self.browser.settle()

    def rows(self, section):
        """The table below the section's figure, as dictionaries of texts."""
        return self.browser.run("""const figure = document.querySelector(`#${arguments[0]} figure`), button = figure.querySelector('.show-table');
            if (button.ariaExpanded === 'false') button.click();
            const names = [...figure.querySelectorAll('.figure-table th')].map((one) => one.textContent);
            return [...figure.querySelectorAll('.figure-table tbody tr')].map((row) => Object.fromEntries([...row.cells].map((cell, i) => [names[i], cell.textContent])));""", section)

    def cells(self, section):
        return self.browser.run("return [...document.querySelectorAll(`#${arguments[0]} .cell`)].map((one) => ({label: one.ariaLabel, hatched: one.dataset.hatched}))", section)

    def test_every_look(self):
        for width in (390, 1280):
            for dark in (False, True):
                with self.subTest(width=width, dark=dark):
                    browser = self.opened(width=width, dark=dark)
                    self.assertEqual(browser.run("return document.documentElement.scrollWidth"), width, "the page is wider than the window")
                    height = browser.run("return Math.ceil(document.body.getBoundingClientRect().height)")
                    browser.screenshot(BUILD / f"sweep_{'phone' if width == 390 else 'desk'}_{'dark' if dark else 'light'}.png", width, height)
        self.assertEqual([url for url in self.browser.requests() if "x.html" not in url and not url.startswith(("data:", "chrome:", "file:"))], [])

    def test_the_maps_numbers_are_the_files(self):
        """Of every quantity, over all scenarios: estimates, the best, what is resolved; a cell's hatches say the same."""
        self.opened()
        self.choose("panels", "2")
        page = data_of((self.folder / "x.html").read_text())["sections"]["sweep"]
        estimates = {(r["scenario"], self.quantities[r["quantity"] - 1]["name"], self.quantities[r["quantity"] - 1]["strategy"]): r for r in self.long}
        intervals = {}
        for row in self.comparisons:
            pair = self.pairs[row["pair"] - 1]
            intervals[row["scenario"], pair["name"], frozenset((pair["strategy"], pair["against"]))] = row
        strategies = list(dict.fromkeys(one["strategy"] for one in self.quantities))
        checked, unresolved = 0, 0
        for number, quantity in enumerate(page["quantities"]):
            self.choose("quantity", str(number))
            self.choose("best", "highest")
            shown = self.rows("map")
            self.assertEqual(len(shown), len(self.scenarios))
            hatched = [one["hatched"] for one in self.cells("map")]
            for row, mark in zip(shown, hatched):
                scenario, name = int(row["scenario"]), quantity["name"]
                own = {s: estimates[scenario, name, s]["estimate"] for s in strategies}
                best = row["best"]
                self.assertEqual(own[best], max(own.values()))
                apart = [intervals[scenario, name, frozenset((best, s))] for s in strategies if s != best]
                resolved = all(one["simultaneous_lower"] > 0 or one["simultaneous_upper"] < 0 for one in apart)
                self.assertEqual(row["resolved"], "resolved" if resolved else "not resolved")
                self.assertEqual(mark, "no" if resolved else "yes")
                unit = f" [{quantity['unit']}]" if quantity["unit"] != "1" else ""
                for s in strategies:
                    self.assertAlmostEqual(float(row[s + unit]), own[s], delta=1e-6 * abs(own[s]))
                checked += 1
                unresolved += not resolved
        self.assertGreater(checked, 100)
        self.assertTrue(0 < unresolved < checked)

    def test_how_the_sweep_resolved_scenarios(self):
        """Each scenario has the words of the table `resolution`, and a cell is hatched where the sweep found none better."""
        rule = "resolve: {outcome: alive, at: 5 years, within: 3 %, most_patients: 1600}\n"
        (self.folder / "r.yaml").write_text(SWEEP + rule)
        sojourn("sweep", "run", "r.yaml", "--resolve", "--quiet", folder=self.folder)
        sojourn("sweep", "collect", "r.sweep", "--out", "r.h5", "--quiet", folder=self.folder)
        sojourn("report", "r.h5", folder=self.folder)
        with h5py.File(self.folder / "r.h5") as file:
            found = table(file, "resolution")
        self.assertGreater(len({one["status"] for one in found}), 1)
        self.opened("r.html")
        text = self.browser.run("""return [...document.querySelectorAll('#scenario-table tbody tr')].map((one) => one.lastElementChild.textContent)""")
        words = {"resolved": "resolved", "equal": "equal within what matters", "not_resolved": "not resolved"}
        labels = {one["name"]: one["label"] or one["name"] for one in data_of((self.folder / "r.html").read_text())["strategies"]}
        self.assertEqual(text, [words[one["status"]] + ": " + ", ".join(labels[name] for name in [one["best"], *filter(None, one["not_told"].split(", "))]) for one in found])
        self.assertIn("intervals hold at all looks at once", self.browser.run("return document.getElementById('map').textContent"))

    def test_the_other_axes_stay_at_the_models_own_values(self):
        """The model's own effect is 0.6, its maintenance takes two years, its rule is by risk; a multiplied parameter's own
        factor is 1."""
        axes = data_of((self.folder / "x.html").read_text())["sections"]["sweep"]["axes"]
        self.assertEqual([one["values"][one["own"]] if "own" in one else None for one in axes], [0.6, 2, "risk"])
        (self.folder / "times.yaml").write_text("sweep: 1\nmodel: maintenance.yaml\npatients: 50\naxes: {a: {multiply: hr_maintenance, values: [0.8, 1, 1.5]}}\n")
        sojourn("sweep", "run", "times.yaml", "--quiet", folder=self.folder)
        sojourn("sweep", "collect", "times.sweep", "--quiet", folder=self.folder)
        sojourn("report", "times.h5", folder=self.folder)
        axis = data_of((self.folder / "times.html").read_text())["sections"]["sweep"]["axes"][0]
        self.assertEqual(axis["values"][axis["own"]], 1)

    def test_differences_are_the_files(self):
        self.opened()
        self.choose("panels", "2")
        self.choose("strategy", "none")
        self.choose("against", "all")
        name = data_of((self.folder / "x.html").read_text())["sections"]["sweep"]["quantities"]
        chosen = int(self.browser.run("return document.querySelector('select[data-choice=quantity]').value"))
        stored = {r["scenario"]: r for r in self.comparisons if (p := self.pairs[r["pair"] - 1])["name"] == name[chosen]["name"] and {p["strategy"], p["against"]} == {"none", "all"}}
        sign = -1 if self.pairs[stored[1]["pair"] - 1]["strategy"] == "all" else 1
        shown = self.rows("difference")
        self.assertEqual(len(shown), len(self.scenarios))
        for row in shown:
            one = stored[int(row["scenario"])]
            value = next(row[key] for key in row if key.startswith("difference"))
            self.assertAlmostEqual(float(value), sign * one["difference"], delta=1e-6)
            ends = sorted((sign * one["simultaneous_lower"], sign * one["simultaneous_upper"]))
            self.assertAlmostEqual(float(row["simultaneous lower"]), ends[0], delta=1e-6)
            self.assertAlmostEqual(float(row["simultaneous upper"]), ends[1], delta=1e-6)
            self.assertEqual(row["resolved"], "yes" if ends[0] > 0 or ends[1] < 0 else "no")

    def test_known_winner_and_break_even(self):
        points = self.made()
        self.opened("known.html")
        self.choose("x", "0")
        self.choose("y", "1")
        for row in self.rows("map"):
            x, effect = points[int(row["scenario"]) - 1]
            self.assertEqual(row["best"], "b" if x < effect else "a")
            self.assertEqual(row["resolved"], "resolved" if abs(effect - x) > 1.959964 * 0.05 else "not resolved")
        self.choose("along", "x")
        found = self.browser.run("return [...document.querySelectorAll('#break-even li')].map((one) => ({...one.dataset, text: one.textContent}))")
        self.assertEqual(len(found), 3)
        for one, wanted in zip(found, (1.3, 2.6, 3.5)):
            self.assertAlmostEqual(float(one["value"]), wanted, delta=1e-6)
            self.assertAlmostEqual(float(one["low"]), wanted - 1.959964 * 0.05, delta=1e-5)
            self.assertAlmostEqual(float(one["high"]), wanted + 1.959964 * 0.05, delta=1e-5)
            self.assertIn("b stops being better than a", one["text"])
        self.choose("best", "lowest")
        for row in self.rows("map"):
            x, effect = points[int(row["scenario"]) - 1]
            self.assertEqual(row["best"], "a" if x < effect else "b")
        self.assertIn("b starts being better than a", self.browser.run("return document.getElementById('break-even').textContent"))

    def test_tornado_moves_one_axis_at_a_time(self):
        self.made()
        self.opened("known.html")
        rows = {row["axis"]: row for row in self.rows("tornado")}
        # The base is the middle: x = 2, row = 2.6; the difference is row - x.
        self.assertAlmostEqual(float(rows["x"]["lowest"]), 2.6 - 4, delta=1e-6)
        self.assertAlmostEqual(float(rows["x"]["highest"]), 2.6 - 1, delta=1e-6)
        self.assertAlmostEqual(float(rows["row"]["lowest"]), 1.3 - 2, delta=1e-6)
        self.assertAlmostEqual(float(rows["row"]["highest"]), 3.5 - 2, delta=1e-6)
        self.assertEqual(list(rows), ["x", "row"])  # the longer first

    def test_spider_runs_along_each_axis_through_the_base(self):
        self.made()
        self.opened("known.html")
        found = {}
        for row in self.rows("spider"):
            found.setdefault(row["axis"], []).append(float(row["difference"]))
        # At the base x = 2 and row = 2.6; the difference is row - x, x runs from 1 to 4, row over 1.3, 2.6, 3.5.
        for value, right in zip(found["row"], (1.3 - 2, 2.6 - 2, 3.5 - 2)):
            self.assertAlmostEqual(value, right, delta=1e-6)
        for value, right in zip(found["x"], (2.6 - 1, 2.6 - 2, 2.6 - 3, 2.6 - 4)):
            self.assertAlmostEqual(value, right, delta=1e-6)
        self.assertEqual(self.browser.run("return document.querySelectorAll('#spider circle[r=\"5\"]').length"), 2)

    def test_a_cell_chooses_its_scenarios_by_keyboard(self):
        self.opened()
        self.browser.run("document.querySelector('#map .cell').focus()")
        self.browser.key("\ue014")  # right
        label = self.browser.run("return document.activeElement.ariaLabel")
        self.assertIn("1", label)
        self.assertIn("Best", self.browser.run("return document.querySelector('.floating').textContent"))
        self.browser.key("\ue007")  # enter
        self.assertEqual(self.browser.run("return document.activeElement.ariaLabel"), label, "the focus went away")
        listed = self.browser.run("return [...document.querySelectorAll('#scenario-table tbody tr')].length")
        self.assertEqual(listed, 1)
        self.browser.run("document.getElementById('all-scenarios').click()")
        self.assertEqual(self.browser.run("return document.querySelectorAll('#scenario-table tbody tr').length"), len(self.scenarios))

    def test_scenarios_sort_filter_and_save(self):
        self.opened()
        self.browser.run("document.querySelector('#scenario-table [data-column=\"1\"]').click(); document.querySelector('#scenario-table [data-column=\"1\"]').click()")
        order = self.browser.run("return [...document.querySelectorAll('#scenario-table tbody tr')].map((one) => Number(one.dataset.scenario))")
        hr = [self.scenarios[i - 1]["hr"] for i in order]
        self.assertEqual(hr, sorted(hr, reverse=True))
        self.browser.run("const one = document.querySelector('#scenarios input'); one.value = 'young'; one.dispatchEvent(new Event('input'))")
        order = self.browser.run("return [...document.querySelectorAll('#scenario-table tbody tr')].map((one) => Number(one.dataset.scenario))")
        self.assertEqual(sorted(order), [one["scenario"] for one in self.scenarios if one["rule"] == "young"])
        self.browser.run(CATCH)
        self.browser.run("document.querySelector('#scenarios .save').click()")
        text = self.browser.send("/execute/async", {"args": [], "script": "const done = arguments[0]; const wait = () => (window.saved.length ? done(window.saved[0].text) : setTimeout(wait, 30)); wait();"})
        self.assertEqual(len(text.splitlines()), 1 + len(order))

    def test_every_figure_has_words_and_a_table(self):
        self.opened()
        for section in ("map", "difference", "tornado", "spider"):
            self.assertGreater(len(self.rows(section)), 0)
            label = self.browser.run("return document.querySelector(`#${arguments[0]} .drawing`).ariaLabel", section)
            self.assertRegex(label, r"\w{3,}.*\d")
            self.browser.run(CATCH)
            self.browser.run("document.querySelector(`#${arguments[0]} figure .saving button:nth-of-type(2)`).click()", section)
            svg = self.browser.send("/execute/async", {"args": [], "script": "const done = arguments[0]; const wait = () => (window.saved.length ? done(window.saved[0].text) : setTimeout(wait, 30)); wait();"})
            self.assertTrue(svg.startswith("<svg") and "xmlns=" in svg)

    def test_a_partial_sweep_says_so(self):
        status = ["done"] * 12
        status[3], status[6] = "failed", "missing"  # x = 4 at 1.3; x = 3 at 2.6, beside its break-even value
        self.made("partial", status=status, attributes={"message": "a hazard is negative"})
        self.opened("partial.html")
        warning = self.browser.run("return document.querySelector('#question .warning').textContent")
        for words in ("not complete", "--partial", "10 are done", "1 failed", "1 missing"):
            self.assertIn(words, warning)
        self.assertIn("a hazard is negative", self.browser.run("return document.getElementById('scenario-table').textContent"))
        self.assertEqual(sum("no numbers" in one["label"] for one in self.cells("map")), 2)
        # Not across the gap: at 2.6 the difference is known at x = 2 and x = 4 only.
        self.choose("along", self.browser.run("return document.querySelector('select[data-choice=x]').selectedOptions[0].textContent === 'Mortality' ? 'x' : 'y'"))
        found = self.browser.run("return [...document.querySelectorAll('#break-even li')].map((one) => Number(one.dataset.value))")
        self.assertEqual([round(one, 4) for one in found], [1.3, 3.5])
        self.opened()
        self.assertEqual(self.browser.run("return document.querySelectorAll('.warning').length"), 0)

    def test_scenarios_that_miss_their_figures_are_told(self):
        """Where the figure holds at a hazard ratio of 0.6 and nothing is solved for: the sentence of the file, and in the table which."""
        model = (self.folder / "maintenance.yaml").read_text()
        self.assertIn('alive: {label: "Alive", time_to: dead', model)
        (self.folder / "with_target.yaml").write_text(model.replace('alive: {label: "Alive", time_to: dead', 'alive: {label: "Alive", targets: [{at: 5 years, value: 0.585, se: 0.03}], time_to: dead'))
        text = "sweep: 1\nmodel: with_target.yaml\npatients: 300\ntargets: {strategy: all}\naxes: {hr: {parameter: hr_maintenance, values: [0.3, 0.5, 1.2]}}\n"
        for name in ("drift", "solved"):
            text = text if name == "drift" else text.replace("parameter: hr_maintenance, values: [0.3, 0.5, 1.2]", "path: cohort.attributes.high_risk.probability, values: [0.3, 0.31]") + "recalibrate: {hr_maintenance: {}}\n"
            (self.folder / f"{name}.yaml").write_text(text)
            sojourn("sweep", "run", f"{name}.yaml", "--quiet", folder=self.folder)
            sojourn("sweep", "collect", f"{name}.sweep", "--quiet", folder=self.folder)
            sojourn("report", f"{name}.h5", folder=self.folder)
        with h5py.File(self.folder / "drift.h5") as file:
            standings, sentence = table(file, "scenarios"), file.attrs["targets"].decode()
        standings = [one["targets"] for one in standings]
        self.assertIn("missed", standings)
        self.assertIn("met", standings)
        self.opened("drift.html")
        told = sentence.replace("`all`", "“all”")
        self.assertIn(told, self.browser.run("return document.querySelector('#question .warning').textContent"))
        shown = self.browser.run("""const at = [...document.querySelectorAll('#scenario-table th')].findIndex((one) => one.textContent.startsWith('targets'));
            return [...document.querySelectorAll('#scenario-table tbody tr')].map((row) => row.cells[at].textContent);""")
        self.assertEqual(shown, standings)
        found = self.browser.run("""const box = document.querySelector('#scenarios input[type=search]'); box.value = 'missed'; box.dispatchEvent(new Event('input'));
            return document.querySelectorAll('#scenario-table tbody tr').length;""")
        self.assertEqual(found, standings.count("missed"))
        self.opened("solved.html")
        self.assertEqual(self.browser.run("return document.querySelectorAll('.warning').length"), 0)
        self.assertIn("Each of 2 scenarios gives the figure", self.browser.run("return document.querySelector('#question .targets').textContent"))

    def test_texts_do_nothing(self):
        axes = [{"name": SCRIPT.replace("/", "|"), "label": BREAK + IMAGE, "unit": IMAGE, "what": SCRIPT, "values": [1.0, 2.0, 1.0, 2.0]},
                {"name": "t", "label": ODD, "values": [IMAGE + SCRIPT, IMAGE + SCRIPT, BREAK, BREAK]}]
        quantity = {**made_sweeps.SURVIVAL, "label": IMAGE + BREAK}
        made_sweeps.make(self.folder / "hostile.h5", axes, [SCRIPT, ODD], [quantity], lambda q, i, s: (i * s, 0.4), status=["done", "done", "failed", "done"],
                         attributes={"title": SCRIPT + ODD, "text": BREAK + IMAGE, "message": IMAGE})
        sojourn("report", "hostile.h5", folder=self.folder)
        browser = self.opened("hostile.html")
        browser.run("for (const one of document.querySelectorAll('.show-table')) one.click(); for (const one of document.querySelectorAll('details')) one.open = true;"
                    "for (const one of document.querySelectorAll('.cell')) one.focus();")
        self.choose("x", "1")
        self.assertEqual(browser.complaints(), [])
        self.assertIsNone(browser.run("return window.hacked ?? null"))
        self.assertEqual(browser.run("return [document.scripts.length, document.images.length]"), [2, 0])
        shown = browser.run("return document.body.innerText")
        for text in (SCRIPT + ODD, BREAK + IMAGE, IMAGE + SCRIPT, SCRIPT, ODD):
            self.assertIn(text, shown)

    def test_designs_that_are_no_grids_are_points(self):
        count = 60
        u, v = [(i * 37 % count + 0.5) / count for i in range(count)], [(i * 23 % count + 0.5) / count for i in range(count)]
        axes = [{"name": "u", "label": "First", "values": u}, {"name": "v", "label": "Second", "values": v}]
        made_sweeps.make(self.folder / "points.h5", axes, ["a", "b"], [made_sweeps.SURVIVAL], lambda q, i, s: (s * (u[i] - v[i]), 0.01))
        sojourn("report", "points.h5", folder=self.folder)
        self.opened("points.html")
        self.assertEqual(len(self.cells("map")), count)
        for row in self.rows("map"):
            i = int(row["scenario"]) - 1
            self.assertEqual(row["best"], "b" if u[i] > v[i] else "a")
        self.assertEqual(self.browser.run("return document.querySelectorAll('#tornado').length"), 0)
        self.assertIn("None", self.browser.run("return document.getElementById('break-even').textContent"))

    def test_one_axis_and_one_strategy(self):
        made_sweeps.make(self.folder / "one.h5", [{"name": "u", "label": "Only", "values": [1.0, 2.0, 3.0]}], ["a"], [made_sweeps.SURVIVAL], lambda q, i, s: (i + 1.5, 0.1))
        sojourn("report", "one.h5", folder=self.folder)
        self.opened("one.html")
        self.assertEqual([float(row["estimate [years]"]) for row in self.rows("difference")], [1.5, 2.5, 3.5])
        self.assertEqual(self.browser.run("return document.querySelectorAll('#map').length"), 0)

    def test_large_sweeps_make_small_pages(self):
        count = 15500
        axes = [{"name": "u", "label": "U", "values": [float(i % 125) for i in range(count)]}, {"name": "v", "label": "V", "values": [float(i // 125) for i in range(count)]}]
        quantities = [{**made_sweeps.SURVIVAL, "name": f"os_{q}"} for q in range(4)]
        made_sweeps.make(self.folder / "large.h5", axes, ["a", "b"], quantities, lambda q, i, s: (math.sin(i) * s, 0.1))
        sojourn("report", "large.h5", folder=self.folder)
        self.assertLess((self.folder / "large.html").stat().st_size, 5_000_000)
        page = data_of((self.folder / "large.html").read_text())["sections"]["sweep"]
        self.assertEqual([one["name"] for one in page["quantities"]] + page["left_out"], [one["name"] for one in quantities])
        self.assertGreater(len(page["left_out"]), 0)
        self.opened("large.html")
        text = self.browser.run("return document.getElementById('question').textContent")
        self.assertIn("the first 15,000 of 15,500 scenarios", text)
        self.assertIn(page["left_out"][0], text)

    def test_refusals(self):
        self.assertIn("collected sweep", sojourn("report", "x.h5", "--with", "x.h5", folder=self.folder, code=3).stderr)
        self.made("later")
        with h5py.File(self.folder / "later.h5", "r+") as file:
            file.attrs["schema_version"] = 2
        self.assertIn("schema version 2", sojourn("report", "later.h5", folder=self.folder, code=3).stderr)
        self.made("damaged")
        with h5py.File(self.folder / "damaged.h5", "r+") as file:
            file["outcomes/long/quantity"][0] = 99
        self.assertIn("damaged", sojourn("report", "damaged.h5", folder=self.folder, code=3).stderr)
        with h5py.File(self.folder / "damaged.h5", "r+") as file:
            file["outcomes/long/quantity"][0] = 1
            del file["outcomes/comparisons"]
        self.assertIn("comparisons", sojourn("report", "damaged.h5", folder=self.folder, code=3).stderr)


if __name__ == "__main__":
    main()
