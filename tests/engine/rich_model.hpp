// A pathway that uses everything at once, for tests that compare lives with lives.
#pragma once

#include <string>

namespace sojourn::engine::testing {

inline const std::string rich_model = R"(
sojourn: 1
title: Everything at once
horizon: 15 years
seed: 77
parameters:
  hr: 0.4
  tr: 1.8
  late: 3
  odds: 2.5
cohort:
  attributes:
    age: {uniform: {min: 2 years, max: 70 years}}
    sex: {categorical: {male: 1, female: 1}}
    burden: {beta: {mean: 0.3, sd: 0.2}}
attributes:
  treated: {initial: false}
  grade: {levels: [0, 1, 2, 3], initial: 0}
  infections: {initial: 0}
states:
  ill: {initial: true}
  remission: {}
  relapsed: {}
  dead: {absorbing: true}
branches:
  severity:
    on_entry: ill
    ordinal_logistic: {levels: [0, 1, 2, 3], cutpoints: [-1, 0.5, 2], predictor: 2 * burden}
    sets: grade
  response:
    on_entry: ill
    at: 28 days
    probabilities: {cr: 0.8, nr: rest}
    odds_ratio: "grade >= 2 ? 0.5 : 1"
    options: {cr: {to: remission}, nr: {to: relapsed}}
  treatment:
    on_entry: remission
    at: [3 months, 9 months]
    decided_by: strategy
    options: {wait: {}, give: {sets: {treated: true}}}
transitions:
  - name: relapse
    from: remission
    to: relapsed
    clock: since ill
    time: {cure: {fraction: 0.3, odds_ratio: "treated ? odds : 1", uncured: {weibull: {shape: 1.2, scale: 4 years}}}}
    hazard_ratio: ["treated ? hr : 1", "1 + 0.2 * grade"]
  - {name: toxicity, from: [ill, remission], to: dead, clock: forward, time: {lognormal: {median: 25 years,
        sdlog: 1.2}}, time_ratio: "treated ? tr : 1"}
  - {name: recovery, from: relapsed, to: remission, time: {gamma: {shape: 1.7, rate: 0.8 per year}},
        when: "infections < 6"}
  - name: death
    from: any
    to: dead
    components:
      - {clock: age, time: {gompertz: {shape: 0.09 per year, rate: 0.0003 per year}},
            hazard_ratio: {piecewise: {clock: since therapy, times: [1 year, 4 years], values: [late, late, 1]}}}
      - {clock: reset, time: {exponential: {rate: 0.01 per year}}, hazard_ratio: "in(relapsed) ? 20 : 1"}
events:
  infection: {in: [ill, remission, relapsed], clock: forward, time: {exponential: {rate: 0.6 per year}},
        hazard_ratio: "treated ? hr : 1", recurrent: true, sets: {infections: "infections + 1"}}
  late_effect: {in: [remission, relapsed], clock: since first remission, time: {loglogistic: {shape: 1.5,
        scale: 6 years}}, odds_ratio: "treated ? odds : 1", time_ratio: "treated ? tr : 1"}
  therapy: {in: remission, when: treated, time: {fixed: 0 days, if_past: now}}
strategies:
  wait: {decisions: {treatment: wait}}
  give: {decisions: {treatment: give}}
  risk: {decisions: {treatment: "grade >= 2 or infections > 0 ? give : wait"}}
  chance: {decisions: {treatment: {probabilities: {give: "0.2 + 0.1 * grade", wait: rest}}}}
)";

}  // namespace sojourn::engine::testing
