#include "random_models/coverage.hpp"

#include <iomanip>
#include <ostream>
#include <stdexcept>

namespace sojourn::engine::testing {

void Coverage::note(const std::string& name, bool there) {
  if (next_ == features_.size()) features_.push_back({name, 0});
  if (features_.at(next_).name != name) throw std::logic_error("features are noted in another order: " + name);
  features_[next_++].models += there ? 1 : 0;
}

void Coverage::add(const World& world, const Lived& lived) {
  next_ = 0;
  ++models_;
  families(world);
  made_families(world);
  clocks(world);
  effects(world);
  declarations(world);
  branches(world);
  strategies(world);
  cohort(world);
  expressions(world);
  pathway(world);
  lives(world, lived);
}

std::vector<std::string> Coverage::rarer_than(double share) const {
  std::vector<std::string> found;
  for (const Feature& one : features_) {
    if (one.models < share * models_) found.push_back(one.name);
  }
  return found;
}

void Coverage::print(std::ostream& out) const {
  out << models_ << " random models, of which this share have\n" << std::fixed << std::setprecision(1);
  for (const Feature& one : features_) {
    out << std::setw(7) << 100.0 * one.models / models_ << "%  " << one.name << "\n";
  }
}

}  // namespace sojourn::engine::testing
