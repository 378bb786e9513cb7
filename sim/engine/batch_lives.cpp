#include "engine/batch_lives.hpp"

#include <algorithm>
#include <bit>

namespace sojourn::engine {

namespace {

using program::at;

constexpr std::size_t line = 64 / sizeof(double);  // of a cache [numbers]

// Patients at once: as many as keep the packs full and the records in the second-level cache.
int batch_of(std::size_t strategies, std::size_t record) {
  constexpr std::size_t cache = 768 * 1024;
  const std::size_t lives = cache / (record * sizeof(double)) / std::min<std::size_t>(strategies, 3);
  return static_cast<int>(std::clamp<std::size_t>(lives, 8, 512));
}

}  // namespace

AlignedNumbers::AlignedNumbers(std::size_t count)
    : count_(count), room_(std::make_unique_for_overwrite<double[]>(count + line - 1)), first_(room_.get()) {
  const std::size_t past = std::bit_cast<std::uintptr_t>(first_) / sizeof(double) % line;
  if (past > 0) first_ += line - past;
}

BatchLives::BatchLives(const program::Program& program, const BatchLayout& layout, std::size_t strategies)
    : program_(program),
      layout_(layout),
      strategies_(strategies),
      patients_(batch_of(strategies, layout.size)),
      records_((at(patients_) * strategies + 1) * layout.size) {
  most_ = at(patients_) * strategies;
}

LifeRecord BatchLives::next() {
  return nobody() + ++count_ * layout_.size;
}

void BatchLives::fill(LifeRecord life, std::int64_t patient, std::span<const double> attributes) const {
  std::ranges::copy(layout_.fresh, life);
  std::ranges::copy(attributes, life + layout_.attributes);
  const auto attribute = [&](std::int32_t a) { return a < 0 ? 0 : attributes[at(a)]; };
  life[layout_.start_age] = attribute(program_.age_attribute);
  life[layout_.start_year] = attribute(program_.year_attribute);
  put_word(life, layout_.patient, static_cast<std::uint64_t>(patient));
}

LifeRecord BatchLives::begin(std::int64_t patient, std::span<const double> attributes) {
  if (count_ == 0) fill(nobody(), patient, attributes);
  const LifeRecord life = next();
  fill(life, patient, attributes);
  life[layout_.lives] = static_cast<double>(strategies_);
  for (std::size_t m = 0; m < strategies_; ++m) member(m).add_to(life);
  return life;
}

LifeRecord BatchLives::part(const double* life) {
  const LifeRecord made = next();
  std::copy_n(life, layout_.size, made);
  std::fill_n(made + layout_.members, layout_.member_words, 0.0);
  made[layout_.lives] = 0;
  return made;
}

std::size_t BatchLives::first_member(const double* life) const {
  std::size_t first = 0;
  while (!member(first).in(life)) ++first;
  return first;
}

void BatchLives::hand_over(std::size_t strategy, LifeRecord from, LifeRecord to) const {
  member(strategy).take_from(from);
  member(strategy).add_to(to);
  from[layout_.lives] -= 1;
  to[layout_.lives] += 1;
}

}  // namespace sojourn::engine
