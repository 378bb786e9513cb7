// A small model with costs and utilities from text, and lives in it written by hand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/load.hpp"
#include "outcomes/worth.hpp"

namespace sojourn::outcomes::testing {

enum : std::int16_t { well, ill, cured, dead_state };
enum : std::int16_t { falls_ill, recovers, dies, fever_event };
enum : std::int16_t { age_attribute, severe_attribute, stage_attribute };

inline std::string worth_model(const std::string& horizon, const std::string& rest) {
  return "sojourn: 1\ntitle: t\nhorizon: " + horizon +
         "\ncohort: {attributes: {age: {uniform: {min: 10 years, max: 60 years}}}}\n"
         "attributes: {severe: {initial: false}, stage: {initial: 1}}\n"
         "states:\n"
         "  well: {initial: true, tags: [alive]}\n"
         "  ill: {tags: [alive]}\n"
         "  cured: {tags: [alive]}\n"
         "  dead: {absorbing: true}\n"
         "transitions:\n"
         "  - {name: falls_ill, from: well, to: ill, time: {exponential: {rate: 0.1 per year}}}\n"
         "  - {name: recovers, from: ill, to: cured, time: {exponential: {rate: 0.1 per year}}}\n"
         "  - {name: dies, from: any, to: dead, time: {exponential: {rate: 0.1 per year}}}\n"
         "events: {fever: {in: {tag: alive}, recurrent: true, time: {exponential: {rate: 1 per year}}}}\n" +
         rest;
}

inline model::Model loaded(const std::string& text) {
  Diagnostics problems;
  auto model = model::load(model::MemorySources("m.yaml", text, {}), {}, problems);
  EXPECT_TRUE(model.has_value()) << problems.text();
  return model ? std::move(*model) : model::Model{};
}

struct Stay {
  std::int16_t state;
  double start;
  std::int16_t cause = -1;  // what led here
};
struct Change {
  std::int16_t attribute;
  double time, value;
};
struct LifeRows {
  std::vector<Stay> stays = {{well, 0}};
  std::vector<double> fevers = {};
  std::vector<Change> changes = {};
  double age = 30;
};

inline void add_life(history::Trajectories& made, const LifeRows& rows, double horizon) {
  for (std::size_t i = 0; i < rows.stays.size(); ++i) {
    const bool last = i + 1 == rows.stays.size();
    made.sojourns.state.push_back(rows.stays[i].state);
    made.sojourns.start.push_back(rows.stays[i].start);
    made.sojourns.stop.push_back(last ? horizon : rows.stays[i + 1].start);
    made.sojourns.cause.push_back(last ? std::int16_t{-1} : rows.stays[i + 1].cause);
  }
  for (const double time : rows.fevers) {
    made.events.event.push_back(fever_event);
    made.events.time.push_back(time);
  }
  for (const Change& one : rows.changes) {
    made.changes.attribute.push_back(one.attribute);
    made.changes.time.push_back(one.time);
    made.changes.value.push_back(one.value);
  }
  made.end_patient();
}

// lives[strategy][patient]; the age is that under the first strategy.
inline history::Block block_of_lives(const std::vector<std::vector<LifeRows>>& lives, double horizon) {
  history::Block block;
  const std::size_t patients = lives.front().size();
  block.patients = static_cast<std::int32_t>(patients);
  block.baseline = {std::vector<double>(3 * patients, 0.0)};
  for (std::size_t p = 0; p < patients; ++p) {
    block.baseline[0][p] = lives.front()[p].age;
    block.baseline[0][stage_attribute * patients + p] = 1;
  }
  for (const auto& strategy : lives) {
    block.strategies.emplace_back();
    for (const LifeRows& one : strategy) add_life(block.strategies.back(), one, horizon);
  }
  return block;
}

struct Amount {
  std::int64_t plain = 0, discounted = 0;

  Amount& operator+=(const Amount& other) {
    plain += other.plain;
    discounted += other.discounted;
    return *this;
  }
  friend bool operator==(const Amount&, const Amount&) = default;
};

// What one of some lives is worth.
struct Found {
  const WorthColumns& columns;
  std::size_t life;

  [[nodiscard]] Amount at(const AmountColumns& amounts, std::size_t account) const {
    return {amounts.plain[account][life], amounts.discounted[account][life]};
  }
  [[nodiscard]] Amount cost(std::size_t index) const { return at(columns.costs, index); }
  [[nodiscard]] Amount qalys(std::size_t region) const { return at(columns.qalys, region); }
  [[nodiscard]] Amount life_years(std::size_t region) const { return at(columns.life_years, region); }
};

class Valued {
 public:
  Valued(const std::string& horizon, const std::string& rest, std::vector<std::vector<bool>> regions = {})
      : model_(loaded(worth_model(horizon, rest))) {
    Diagnostics problems;
    const auto parameters = model::parameter_values(model_, nullptr, problems);
    if (regions.empty()) regions = {{true, true, true, false}};
    program_ = std::make_shared<const WorthProgram>(model_, parameters, std::move(regions));
    worth_ = std::make_unique<Worth>(program_);
  }

  const WorthColumns& of_all(const std::vector<LifeRows>& lives, double from, double until) {
    block_ = block_of_lives({lives}, model_.horizon);
    columns_.reset(program_->cost_names.size(), program_->regions.size(), lives.size());
    for (std::uint32_t p = 0; p < lives.size(); ++p) worth_->value(block_, {0, p}, from, until, p, columns_);
    worth_->finish();
    return columns_;
  }
  Found of(const LifeRows& rows, double from, double until) { return {of_all({rows}, from, until), 0}; }
  Found of(const LifeRows& rows) { return of(rows, 0, model_.horizon); }

  [[nodiscard]] std::size_t cost_index(const std::string& name) const {
    const auto& names = program_->cost_names;
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  }
  [[nodiscard]] double money(const Amount& amount) const { return std::ldexp(double(amount.plain), -money_bits); }
  [[nodiscard]] double discounted_money(const Amount& amount) const {
    return std::ldexp(double(amount.discounted), -money_bits);
  }
  [[nodiscard]] double years(const Amount& amount) const { return double(amount.plain) / program_->units_per_year; }
  [[nodiscard]] double discounted_years(const Amount& amount) const {
    return double(amount.discounted) / program_->units_per_year;
  }
  [[nodiscard]] double cost(const std::string& name) const { return money(found().cost(cost_index(name))); }
  [[nodiscard]] double qalys(std::size_t region = 0) const { return years(found().qalys(region)); }
  [[nodiscard]] double discounted_qalys(std::size_t region = 0) const {
    return discounted_years(found().qalys(region));
  }

  [[nodiscard]] const model::Model& model() const { return model_; }

 private:
  [[nodiscard]] Found found() const { return {columns_, 0}; }  // of the first life

  model::Model model_;
  std::shared_ptr<const WorthProgram> program_;
  std::unique_ptr<Worth> worth_;
  history::Block block_;
  WorthColumns columns_;
};

}  // namespace sojourn::outcomes::testing
