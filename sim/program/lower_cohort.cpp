// The cohort: how each attribute is drawn, and what correlates them.
#include <algorithm>

#include "base/copula.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "program/lowering.hpp"

namespace sojourn::program {

void Lowering::attributes() {
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
    const auto& source = model_.attributes[a];
    program_.initial_attributes.push_back(source.initial);
    program_.number_levels.push_back(source.number_levels);
    if (source.name == "age" && goes_by(model::Clock::Kind::age)) program_.age_attribute = static_cast<std::int32_t>(a);
    if (source.name == "calendar_year" && needs_calendar_year()) program_.year_attribute = static_cast<std::int32_t>(a);
  }
  for (std::size_t a = 0; a < model_.attributes.size(); ++a) {
    if (!model_.attributes[a].draws.empty()) cohort_attribute(a);
  }
  if (model_.rows) program_.rows = model_.rows->table;
  correlations();
}

void Lowering::cohort_attribute(std::size_t index) {
  const auto& source = model_.attributes[index];
  CohortAttribute target{static_cast<std::int32_t>(index), fnv1a32(source.name), {}, -1, false, {}};
  for (const auto& one : source.draws) {
    DrawCase drawn;
    drawn.when = code(one.when);
    drawn.kind = one.draw.kind;
    drawn.beta_by_mean = one.draw.beta_by_mean;
    for (const auto& value : one.draw.values) drawn.values.push_back(code(value));
    drawn.min = code(one.draw.min);
    drawn.max = code(one.draw.max);
    target.cases.push_back(std::move(drawn));
  }
  program_.cohort.push_back(std::move(target));
}

// Latent normals are y = L z over the correlated attributes, in drawing order.
void Lowering::correlations() {
  std::vector<std::size_t> row(model_.attributes.size(), 0);  // counted from 1
  for (const auto& one : model_.correlations) row[one.first.index()] = row[one.second.index()] = 1;
  for (std::size_t& one : row) one = one == 0 ? 0 : static_cast<std::size_t>(++program_.latents);
  if (program_.latents == 0) return;
  SquareMatrix ranks(static_cast<std::size_t>(program_.latents));
  for (const auto& one : model_.correlations) {
    const std::size_t i = row[one.first.index()] - 1, j = row[one.second.index()] - 1;
    ranks.at(i, j) = ranks.at(j, i) = constant(one.rho);
  }
  const auto factor = copula_factor(ranks);
  if (!factor) throw InputError("strategy " + strategy_.name + ": the correlations of the cohort cannot hold together");
  for (CohortAttribute& attribute : program_.cohort) {
    const std::size_t place = row[at(attribute.attribute)];
    if (place == 0) continue;
    attribute.latent = static_cast<std::int32_t>(place) - 1;
    const auto& type = model_.attributes[at(attribute.attribute)].type;
    attribute.mirrored = type.kind == expression::Type::Kind::boolean;
    for (std::size_t j = 0; j < place; ++j) {
      const double weight = factor->at(place - 1, j);
      if (weight != 0) attribute.parts.push_back({static_cast<std::int32_t>(j), weight});
    }
    if (attribute.parts.size() == 1) attribute.parts.clear();  // its own alone
  }
}

bool same_cohort(const Program& a, const Program& b) {
  const auto same_code = [&](CodeIndex i, CodeIndex j) {
    if (i < 0 || j < 0) return i == j;
    const Code& x = a.codes[static_cast<std::size_t>(i)];
    const Code& y = b.codes[static_cast<std::size_t>(j)];
    return x.constant == y.constant && x.value == y.value && x.only_attribute == y.only_attribute &&
           x.instructions == y.instructions && x.constants == y.constants;
  };
  const auto same_case = [&](const DrawCase& x, const DrawCase& y) {
    return same_code(x.when, y.when) && x.kind == y.kind && x.beta_by_mean == y.beta_by_mean &&
           same_code(x.min, y.min) && same_code(x.max, y.max) &&
           std::equal(x.values.begin(), x.values.end(), y.values.begin(), y.values.end(), same_code);
  };
  const auto same_attribute = [&](const CohortAttribute& x, const CohortAttribute& y) {
    return x.attribute == y.attribute && x.name_hash == y.name_hash && x.latent == y.latent && x.parts == y.parts &&
           std::equal(x.cases.begin(), x.cases.end(), y.cases.begin(), y.cases.end(), same_case);
  };
  return a.seed == b.seed && a.initial_attributes == b.initial_attributes && a.rows == b.rows &&
         std::equal(a.cohort.begin(), a.cohort.end(), b.cohort.begin(), b.cohort.end(), same_attribute);
}

}  // namespace sojourn::program
