// Every construct of docs/language.md is read into the right struct, in years.
#include <algorithm>
#include <cmath>

#include "distributions/law.hpp"
#include "support.hpp"

namespace sojourn::model::testing {
namespace {

constexpr double day = 1 / 365.25, month = 1.0 / 12;

const Declaration& declaration(const Model& model, const std::string& name) {
  const auto found = std::find_if(model.declarations.begin(), model.declarations.end(),
                                  [&](const auto& one) { return one.name == name; });
  EXPECT_NE(found, model.declarations.end()) << name;
  return *found;
}
const Branch& branch(const Model& model, const std::string& name) {
  const auto found =
      std::find_if(model.branches.begin(), model.branches.end(), [&](const auto& one) { return one.name == name; });
  EXPECT_NE(found, model.branches.end()) << name;
  return *found;
}
const Outcome& outcome(const Model& model, const std::string& name) {
  const auto found =
      std::find_if(model.outcomes.begin(), model.outcomes.end(), [&](const auto& one) { return one.name == name; });
  EXPECT_NE(found, model.outcomes.end()) << name;
  return *found;
}
std::string family(const Distribution& time) {
  return std::string(distributions::families()[time.family].name);
}

TEST(Constructs, IllnessDeath) {
  const Model model = load_file("configs/examples/illness_death.yaml");
  EXPECT_EQ(model.horizon, 20);
  EXPECT_EQ(model.cohort_size, 100000);
  EXPECT_EQ(model.seed, 1u);
  ASSERT_EQ(model.states.size(), 3u);
  EXPECT_EQ(model.initial_state(), StateId{0});
  EXPECT_TRUE(model.states[2].absorbing);
  EXPECT_EQ(model.states[0].label, "In remission");
  ASSERT_EQ(model.declarations.size(), 3u);
  const Declaration& relapse = model.declarations[0];
  EXPECT_EQ(relapse.name, "relapse");
  EXPECT_EQ(relapse.cause, "transition");
  EXPECT_EQ(relapse.from, std::vector<StateId>{StateId{0}});
  EXPECT_EQ(relapse.to, StateId{1});
  ASSERT_EQ(relapse.components.size(), 1u);
  const Component& component = relapse.components[0];
  EXPECT_EQ(component.clock.kind, Clock::Kind::reset);
  EXPECT_EQ(family(component.time), "weibull");
  EXPECT_EQ(component.time.form, 0);
  EXPECT_EQ(value_of(model, component.time.values[0]), 1.1);
  EXPECT_EQ(value_of(model, component.time.values[1]), 6);
  EXPECT_EQ(model.strategies.size(), 1u);
  EXPECT_EQ(model.strategies[0].name, "base");
  EXPECT_EQ(model.reference_strategy(), StrategyId{0});
  EXPECT_EQ(model.text, file_text(source_dir + "/configs/examples/illness_death.yaml"));
}

TEST(Constructs, BenchmarkWorkload) {
  const Model model = load_file("tests/data/models/w2.yaml");
  EXPECT_EQ(model.states.size(), 7u);
  EXPECT_EQ(model.declarations.size(), 14u);
  EXPECT_EQ(model.declarations[3].name, "transition:CR>HSCT");
  EXPECT_EQ(model.parameters[0].unit_text, "years");
  Diagnostics problems;
  EXPECT_EQ(parameter_values(model, &model.strategies[0], problems), (std::vector<double>{0.9, 2}));
  EXPECT_EQ(parameter_values(model, &model.strategies[1], problems), (std::vector<double>{2, 3.2}));
  EXPECT_EQ(model.strategies[1].label, "Strategy 2");
  EXPECT_TRUE(problems.ok());
}

TEST(Constructs, EbmtModels) {
  const Model reset = load_file("tests/data/models/ebmt_weibull_reset.yaml");
  EXPECT_EQ(reset.declarations.size(), 12u);
  EXPECT_EQ(reset.declarations[0].components[0].clock.kind, Clock::Kind::reset);
  EXPECT_EQ(value_of(reset, reset.declarations[0].components[0].time.values[1]), 12.0788065478742);
  const Model forward = load_file("tests/data/models/ebmt_gompertz_forward.yaml");
  EXPECT_EQ(forward.declarations[4].components[0].clock.kind, Clock::Kind::forward);
  EXPECT_EQ(value_of(forward, forward.declarations[0].components[0].time.values[0]), -6.35837268458015);
}

TEST(Constructs, DrawnAttributes) {
  const Model model = load_file("tests/data/models/attributes.yaml");
  ASSERT_EQ(model.attributes.size(), 16u);
  const auto draw = [&](std::size_t a, std::size_t c = 0) { return model.attributes[a].draws.at(c).draw; };
  const DrawKind kinds[] = {DrawKind::uniform,     DrawKind::normal,     DrawKind::lognormal, DrawKind::logit_normal,
                            DrawKind::beta,        DrawKind::beta,       DrawKind::gamma,     DrawKind::categorical,
                            DrawKind::probability, DrawKind::categorical};
  for (std::size_t a = 0; a < std::size(kinds); ++a) EXPECT_EQ(draw(a).kind, kinds[a]) << a;
  EXPECT_EQ(model.attributes[0].type.time_power, 1);
  EXPECT_EQ(model.attributes[0].description, "at infusion");
  EXPECT_EQ(value_of(model, draw(0).values[1]), 20);
  EXPECT_EQ(model.attributes[1].unit_text, "kg");
  EXPECT_TRUE(draw(4).beta_by_mean);
  EXPECT_FALSE(draw(5).beta_by_mean);
  EXPECT_EQ(model.attributes[6].type.time_power, 1);
  EXPECT_EQ(value_of(model, draw(6).values[0]), 0.25);
  EXPECT_EQ(model.attributes[8].type.kind, expression::Type::Kind::boolean);
  const Attribute& site = model.attributes[9];
  ASSERT_EQ(site.draws.size(), 3u);
  EXPECT_EQ(*site.type.levels, (std::vector<std::string>{"marrow", "testis", "cns"}));
  EXPECT_TRUE(site.draws[0].when.has_value());
  EXPECT_EQ(draw(9, 1).kind, DrawKind::value);
  EXPECT_FALSE(site.draws[2].when.has_value());
  EXPECT_EQ(value_of(model, draw(9, 2).values[0]), 9);  // marrow
  EXPECT_EQ(value_of(model, draw(9, 2).values[1]), 0);
  EXPECT_EQ(value_of(model, draw(9, 2).values[2]), 1);  // cns
  EXPECT_EQ(model.attributes[10].type.kind, expression::Type::Kind::boolean);
}

TEST(Constructs, AttributesSetOnTheWay) {
  const Model model = load_file("tests/data/models/attributes.yaml");
  EXPECT_EQ(model.attributes[11].number_levels, (std::vector<double>{0, 1, 2, 3, 4}));
  EXPECT_EQ(model.attributes[11].type.kind, expression::Type::Kind::number);
  EXPECT_EQ(*model.attributes[12].type.levels, (std::vector<std::string>{"none", "hsct", "blinatumomab"}));
  EXPECT_EQ(model.attributes[13].type.kind, expression::Type::Kind::boolean);
  EXPECT_EQ(model.attributes[15].type.time_power, 1);
  EXPECT_EQ(model.attributes[15].initial, 28 * day);
  const Declaration& one = model.declarations[0];
  EXPECT_EQ(one.name, "transition:treated>stopped");
  EXPECT_EQ(one.components[0].time.form, 1);  // by mean
  ASSERT_EQ(one.sets.size(), 5u);
  EXPECT_EQ(one.sets[0].attribute, AttributeId{11});
  EXPECT_EQ(value_of(model, one.sets[0].value), 3);
}

TEST(Constructs, Branches) {
  const Model model = load_file("tests/data/models/branches.yaml");
  const Branch& route = branch(model, "route");
  EXPECT_TRUE(std::holds_alternative<Rule>(*route.choice));
  EXPECT_EQ(route.options[1].name, "by_infusion");
  EXPECT_EQ(route.options[1].to, StateId{1});
  ASSERT_EQ(route.at.size(), 1u);
  EXPECT_EQ(value_of(model, route.at[0]), 0);
  EXPECT_EQ(route.in, route.on_entry);
  const Branch& crs = branch(model, "crs");
  ASSERT_TRUE(std::holds_alternative<OrdinalLogistic>(*crs.choice));
  EXPECT_EQ(std::get<OrdinalLogistic>(*crs.choice).cutpoints.size(), 4u);
  ASSERT_EQ(crs.options.size(), 5u);
  EXPECT_EQ(crs.options[4].name, "4");
  EXPECT_EQ(value_of(model, crs.options[4].sets[0].value), 4);
  const Branch& named = branch(model, "severity_named");
  EXPECT_EQ(named.priority, 2);
  EXPECT_EQ(value_of(model, named.at[0]), 3 * day);
  ASSERT_EQ(named.options[1].sets.size(), 2u);
  EXPECT_EQ(value_of(model, named.options[1].sets[0].value), 1);
  const Branch& response = branch(model, "response");
  const auto& p = std::get<Probabilities>(*response.choice);
  EXPECT_EQ(value_of(model, p.of_option[0]), 0.8);
  EXPECT_FALSE(p.of_option[1]);
  EXPECT_TRUE(p.odds_ratio.has_value());
  const Branch& scan = branch(model, "scan");
  EXPECT_EQ(scan.on_event, std::vector<MarkId>{MarkId{7}});
  EXPECT_EQ(scan.in, (std::vector<StateId>{StateId{3}, StateId{4}}));
  EXPECT_EQ(scan.at.size(), 3u);
  EXPECT_TRUE(scan.when.has_value());
  EXPECT_FALSE(branch(model, "consolidation").choice.has_value());
}

TEST(Constructs, Strategies) {
  const Model model = load_file("tests/data/models/branches.yaml");
  ASSERT_EQ(model.strategies.size(), 4u);
  EXPECT_EQ(model.reference_strategy(), StrategyId{1});
  EXPECT_EQ(model.strategies[1].label, "Transplant all");
  EXPECT_EQ(model.strategies[0].label, "observe");
  ASSERT_EQ(model.strategies[1].parameters.size(), 1u);
  EXPECT_EQ(model.strategies[1].parameters[0].first, ParameterId{0});
  const BranchId consolidation{5};
  EXPECT_EQ(model.strategies[0].decisions[0].first, consolidation);
  EXPECT_EQ(value_of(model, std::get<Rule>(model.strategies[1].decisions[0].second).option), 1);
  const auto& observed = std::get<Probabilities>(model.strategies[3].decisions[0].second);
  EXPECT_FALSE(observed.of_option[0]);  // options in the branch's order: none is the rest
  EXPECT_TRUE(observed.of_option[1]);
}

TEST(Constructs, ClocksAndEffects) {
  const Model model = load_file("tests/data/models/effects.yaml");
  EXPECT_TRUE(declaration(model, "transplant").components[0].odds_ratio.has_value());
  const Declaration& relapse = declaration(model, "relapse");
  EXPECT_EQ(relapse.cause, "leukaemia");
  EXPECT_EQ(relapse.priority, -1);
  EXPECT_TRUE(relapse.when.has_value());
  EXPECT_EQ(relapse.sets.size(), 1u);
  const Component& c = relapse.components[0];
  EXPECT_EQ(c.clock.kind, Clock::Kind::since);
  EXPECT_EQ(c.clock.mark, MarkId{0});
  EXPECT_TRUE(c.clock.first);
  EXPECT_EQ(c.hazard_factors.size(), 2u);
  ASSERT_TRUE(c.time.cure.has_value());
  EXPECT_EQ(family(c.time), "weibull");
  EXPECT_TRUE(c.time.cure->odds_ratio.has_value());
  EXPECT_TRUE(c.time.cure->uncured_hazard_ratio.has_value());
  EXPECT_TRUE(declaration(model, "slow").components[0].time_ratio.has_value());
  const Declaration& background = declaration(model, "background_death");
  EXPECT_EQ(background.from.size(), 3u);  // any: all but the absorbing one
  ASSERT_EQ(background.components.size(), 3u);
  EXPECT_EQ(background.components[0].clock.kind, Clock::Kind::age);
  const auto& steps = std::get<Piecewise>(background.components[0].hazard_factors[0]);
  EXPECT_EQ(steps.clock.mark, MarkId{1});
  EXPECT_FALSE(steps.clock.first);
  EXPECT_EQ(value_of(model, steps.times[1]), 15);
  EXPECT_EQ(value_of(model, steps.values[1]), 9.9);
  EXPECT_EQ(value_of(model, background.components[1].time.breaks[1]), 100 * day);
  EXPECT_EQ(background.components[2].time.form, 3);
}

TEST(Constructs, FamiliesWithUnits) {
  const Model model = load_file("tests/data/models/effects.yaml");
  const Declaration& fixed = declaration(model, "transition:relapsed>start");
  EXPECT_TRUE(fixed.components[0].time.if_past_never);
  EXPECT_EQ(value_of(model, fixed.components[0].time.values[0]), 2);
  EXPECT_EQ(family(declaration(model, "later").components[0].time), "uniform");
  EXPECT_EQ(family(declaration(model, "not_yet").components[0].time), "never");
  const Distribution& ph = declaration(model, "ph").components[0].time;
  EXPECT_NEAR(value_of(model, ph.values[1]), 0.01 * std::pow(12, 1.5), 1e-15);  // H = 0.01 (12 t)^1.5, t in years
  const Distribution& log_weeks = declaration(model, "by_log").components[0].time;
  EXPECT_NEAR(value_of(model, log_weeks.values[0]), 2 + std::log(7 * day), 1e-14);
  const Declaration& check = declaration(model, "check");
  EXPECT_EQ(check.kind, Declaration::Kind::event);
  EXPECT_EQ(check.mark, MarkId{4});
  EXPECT_FALSE(check.recurrent);
  EXPECT_TRUE(declaration(model, "visit").recurrent);
  EXPECT_TRUE(check.components[0].time.if_past_now);
  EXPECT_EQ(model.events, (std::vector<std::string>{"check", "visit"}));
}

TEST(Constructs, LifeTable) {
  const Model model = load_file("tests/data/models/life_table.yaml");
  const Distribution& time = model.declarations[0].components[0].time;
  EXPECT_EQ(family(time), "life_table");
  EXPECT_EQ(time.by, AttributeId{1});
  ASSERT_EQ(time.tables.size(), 2u);
  EXPECT_EQ(time.tables[0].breaks.size(), 110u);
  EXPECT_EQ(time.tables[0].rates[0], 1.83143702158048e-05 * 365.25);  // male, the first level of the attribute
  ASSERT_EQ(model.files.size(), 1u);
  EXPECT_EQ(model.files[0].path, "life_us_2010.csv");
  EXPECT_EQ(model.files[0].content, file_text(source_dir + "/tests/data/models/life_us_2010.csv"));
  EXPECT_EQ(model.declarations[0].components[0].hazard_factors.size(), 1u);
}

TEST(Constructs, LifeTableThatEnds) {
  const std::string text = two_states("{never: {}}", "cohort: {attributes: {age: {value: 3 years}}}\n") +
                           "events:\n  e: {in: a, clock: age, time: {life_table: {file: t.csv, beyond: die}}}\n";
  const Loaded loaded = load_text(text, {}, {{"t.csv", "\"age\",probability\r\n0,0.5\r\n1,0\r\n"}});
  ASSERT_TRUE(loaded.model) << loaded.problems;
  const Table& table = loaded.model->declarations[1].components[0].time.tables[0];
  EXPECT_EQ(table.breaks, (std::vector<double>{0, 1, 2}));
  EXPECT_NEAR(table.rates[0], std::log(2), 1e-15);
  EXPECT_EQ(table.rates[1], 0);
  EXPECT_GT(table.rates[2], 1e5);
}

TEST(Constructs, LifeTableByCalendarYear) {
  const std::string text =
      two_states("{never: {}}",
                 "cohort: {attributes: {age: {value: 3 years}, calendar_year: {value: 2011.5}, "
                 "sex: {categorical: {m: 1, f: 1}}}}\n") +
      "events:\n  e: {in: a, clock: age, time: {life_table: {file: t.csv, by: sex, beyond: BEYOND, "
      "other_years: OTHERS}}}\n";
  const auto load_with = [&](std::string with, const std::string& others) {
    std::string whole = text;
    whole.replace(whole.find("BEYOND"), 6, with).replace(whole.find("OTHERS"), 6, others);
    return load_text(whole, {},
                     {{"t.csv",
                       "sex,age,rate,year\nf,1,11,2010\nm,0,3,2010\nm,1,4,2010\nm,0,5,2011\nm,1,6,2011\n"
                       "f,0,10,2010\nf,0,12,2011\nf,1,13,2011\n"}});
  };
  const Loaded held = load_with("hold", "error");
  ASSERT_TRUE(held.model) << held.problems;
  const Distribution& time = held.model->declarations[1].components[0].time;
  ASSERT_EQ(time.tables.size(), 2u);
  EXPECT_TRUE(time.has_years() && time.other_years_refused);
  EXPECT_EQ(time.tables[0].breaks, (std::vector<double>{0, 1}));
  EXPECT_EQ(time.tables[0].years, (std::vector<double>{2010, 2011}));
  EXPECT_EQ(time.tables[0].rates, (std::vector<double>{3, 5, 4, 6}));  // by age, then year
  EXPECT_EQ(time.tables[1].rates, (std::vector<double>{10, 12, 11, 13}));
  const Loaded ends = load_with("die", "hold");
  ASSERT_TRUE(ends.model) << ends.problems;
  const Table& table = ends.model->declarations[1].components[0].time.tables[1];
  EXPECT_FALSE(ends.model->declarations[1].components[0].time.other_years_refused);
  EXPECT_EQ(table.breaks, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(table.rates, (std::vector<double>{10, 12, 11, 13, 1e6, 1e6}));
}

TEST(Constructs, Outcomes) {
  const Model model = load_file("tests/data/models/outcomes.yaml");
  EXPECT_EQ(model.observed_until, 1.0);
  EXPECT_EQ(model.seed, 7u);
  const Outcome& efs = outcome(model, "efs");
  EXPECT_EQ(efs.kind, OutcomeKind::survival);
  EXPECT_EQ(efs.target.states, (std::vector<bool>{false, false, false, true, true}));
  EXPECT_EQ(efs.origin, MarkId{0});
  EXPECT_EQ(efs.at, (std::vector<double>{6 * month, 1}));
  EXPECT_EQ(efs.until, 5.0);
  ASSERT_EQ(efs.targets.size(), 1u);
  EXPECT_EQ(efs.targets[0].at, 1);
  EXPECT_EQ(efs.targets[0].value, 0.755);
  const Outcome& either = outcome(model, "either");
  EXPECT_EQ(either.target.events, std::vector<MarkId>{MarkId{5}});
  EXPECT_EQ(outcome(model, "recovery").competing->states, (std::vector<bool>{false, false, false, true, true}));
  EXPECT_TRUE(outcome(model, "relapse_cns").where.has_value());
  EXPECT_EQ(outcome(model, "soon").until, 1.0);
  EXPECT_TRUE(outcome(model, "soon").population.has_value());
  EXPECT_EQ(outcome(model, "site").attribute, AttributeId{1});
  EXPECT_EQ(outcome(model, "time_event_free").kind, OutcomeKind::time_in);
  EXPECT_EQ(outcome(model, "by_hsct").group_at, GroupAt::landmark);
  EXPECT_EQ(outcome(model, "by_hsct").landmark, 0.25);
  EXPECT_EQ(outcome(model, "by_hsct").targets[0].level, "true");
  EXPECT_EQ(outcome(model, "naive").group_at, GroupAt::end);
  EXPECT_EQ(outcome(model, "naive").censor->states[2], true);
}

TEST(Constructs, DefaultNamesListTheStatesInFileOrder) {
  const Loaded loaded = load_text(
      "sojourn: 1\ntitle: t\nhorizon: 1 year\nstates: {a: {initial: true, tags: [x]}, b: {tags: x}, c: {absorbing: "
      "true}}\n"
      "transitions:\n  - {from: [b, a], to: c, cause: k, time: {fixed: 1 year}}\n  - {from: {tag: x}, to: c, time: "
      "{fixed: 1 year}}\n"
      "  - {from: any, to: c, cause: any_cause, time: {fixed: 1 year}}\n  - {from: a, to: b, time: {fixed: 1 year}}\n");
  ASSERT_TRUE(loaded.model) << loaded.problems;
  EXPECT_EQ(loaded.model->declarations[0].name, "k:a,b>c");
  EXPECT_EQ(loaded.model->declarations[1].name, "transition:a,b>c");
  EXPECT_EQ(loaded.model->declarations[2].name, "any_cause:a,b>c");
}

TEST(Constructs, EveryFamilyCanBeRead) {
  for (const auto& info : distributions::families()) {
    if (info.given_by != distributions::GivenBy::parameters) continue;
    for (const auto& form : info.forms) {
      std::string parameters;
      for (const auto& one : form.parameters) {
        const char* unit = one.dimension == distributions::Dimension::time   ? " years"
                           : one.dimension == distributions::Dimension::rate ? " per year"
                                                                             : "";
        const std::string number = one.bound == distributions::Bound::probability ? "0.3"
                                   : one.name == "max"                            ? "2"
                                                                                  : "0.7";
        parameters += (parameters.empty() ? "" : ", ") + std::string(one.name) + ": " + number + unit;
      }
      const std::string_view first = form.parameters.empty() ? "" : form.parameters[0].name;
      const bool unit = info.name == "weibull_ph" || first == "meanlog" || first == "mu";
      if (unit) parameters += ", unit: months";
      const std::string time = "{" + std::string(info.name) + ": {" + parameters + "}}";
      EXPECT_EQ(load_text(two_states(time)).problems, "") << time;
    }
  }
}

TEST(Constructs, EveryFamilyThatIsGivenOtherwise) {
  const char* const times[] = {
      "{royston_parmar: {gamma: [-1, 1.1], knots: [-1, 2], unit: years}}",
      "{royston_parmar: {gamma: [-3, 0.1, 0.01], knots: [0, 1, 2], scale: odds, timescale: identity, unit: months}}",
      "{tabulated: {times: [0 days, 1 month], survival: [1, 0.5], beyond: never}}",
      "{tabulated: {times: [1 month], survival: [0.5], interpolate: hazard, beyond: hold_hazard}}",
      "{tabulated: {times: [1 month], survival: [0.5], beyond: {exponential: {mean: 1 year}}}}",
      "{mixture: [{weight: 1, truncated: {min: 1 day, gamma: {shape: 1, mean: 1 year}}}]}",
      "{truncated: {max: 2 years, mixture: [{weight: 2, exponential: {rate: 1 per year}}, {weight: 1, never: {}}]}}",
      "{cure: {fraction: 0.2, uncured: {tabulated: {times: [1 month], survival: [0.5], beyond: never}}}}"};
  for (const std::string time : times) EXPECT_EQ(load_text(two_states(time)).problems, "") << time;
}

TEST(Constructs, CurveFromAFile) {
  Diagnostics problems;
  const EmbeddedFile file{"km.csv", "patients,survival,time\r\n20,1,0\r\n12,0.75,6\r\n5,0.4,12\r\n"};
  const auto made = load(
      MemorySources("m.yaml", two_states("{tabulated: {file: km.csv, unit: months, beyond: hold_hazard}}"), {file}), {},
      problems);
  ASSERT_TRUE(made) << problems.text();
  const Distribution& time = made->declarations[0].components[0].time;
  EXPECT_EQ(time.tables.at(0).breaks, (std::vector<double>{0, 0.5, 1}));
  EXPECT_EQ(time.tables.at(0).rates, (std::vector<double>{1, 0.75, 0.4}));
  ASSERT_EQ(made->files.size(), 1u);
  EXPECT_EQ(made->files[0].path, "km.csv");
}

}  // namespace
}  // namespace sojourn::model::testing
