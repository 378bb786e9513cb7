"""Names and texts of a model are data: whatever they contain is shown as it stands and does nothing."""
import curve_tables
from browser import Browser
from support import Case, main, sojourn

SCRIPT = "<script>window.hacked = 1</script>"
BREAK = "</script><script>window.hacked = 2</script><!--"
IMAGE = "<img src=x onerror='window.hacked = 3'>"
ODD = "\"quotes\" 'and' &amp; \\u003c ${1} \"SOJOURN_REPORT_DATA\" {x|y} 病人 ü \U0001F600"

MODEL = """sojourn: 1
title: %(title)s
description: %(description)s
horizon: 4 years
observed_until: 2 years
parameters:
  rate: {value: 0.2 per year, source: %(source)s, status: judgement, description: %(title)s}
attributes: {grade: {levels: [low, high], initial: low}}
cohort: {size: 200, attributes: {old: {probability: 0.5}}}
states:
  alive: {initial: true, label: %(state)s}
  ill: {label: %(odd)s}
  dead: {absorbing: true, label: %(state)s}
transitions:
  - {name: illness, from: alive, to: ill, cause: ill, time: {exponential: {rate: rate}}, sets: {grade: high}}
  - {from: [alive, ill], to: dead, name: death, time: {exponential: {rate: 0.1 per year}}}
strategies:
  a: {label: %(strategy)s}
  b: {label: %(odd)s, parameters: {rate: 0.1 per year}}
costs: {care: {in: alive, rate: 100 per year}}
utilities: {alive: {value: 0.8}}
outcomes:
  money: {label: %(outcome)s, cost_effectiveness: {cost: all, qalys: all}, thresholds: [1000], group: old}
  all_money: {label: %(odd)s, cost_effectiveness: {cost: all, life_years: all}}
  os: {label: %(outcome)s, time_to: dead, at: [1 year, 3 years], targets: [{at: 1 year, value: 0.9, se: 0.1, source: %(source)s}]}
  os_old: {label: %(odd)s, time_to: dead, at: [1 year], group: old}
  grades: {label: %(outcome)s, distribution_of: grade}
"""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class Hostile(Case):
    def test_texts_do_nothing(self):
        texts = {"title": SCRIPT + ODD, "description": BREAK + IMAGE, "source": IMAGE + BREAK, "state": IMAGE, "odd": ODD, "strategy": BREAK + SCRIPT, "outcome": IMAGE + SCRIPT}
        (self.folder / "m.yaml").write_text(MODEL % {name: quoted(text) for name, text in texts.items()}, encoding="utf-8")
        sojourn("run", "m.yaml", "--out", "x.h5", "--quiet", folder=self.folder)
        curve_tables.add(self.folder / "x.h5", [("survival", "os", texts["outcome"], ["dead"])], 2.0)
        sojourn("report", "x.h5", folder=self.folder)
        with Browser() as browser:
            browser.look(height=9000)
            browser.open(self.folder / "x.html")
            browser.settle()
            browser.run("for (const button of document.querySelectorAll('.show-table')) button.click();"
                        "for (const one of document.querySelectorAll('details')) one.open = true;")
            self.assertEqual(browser.complaints(), [])
            self.assertIsNone(browser.run("return window.hacked ?? null"))
            self.assertEqual(browser.run("return [document.scripts.length, document.images.length]"), [2, 0])
            shown = browser.run("return document.body.innerText")
            for text in texts.values():
                self.assertIn(text, shown)
            self.assertEqual(browser.run("return document.querySelector('h1').textContent"), texts["title"])


if __name__ == "__main__":
    main()
