// Which features of the language random models have: counted from what was read and lowered, and from the lives.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "random_models/lives.hpp"

namespace sojourn::engine::testing {

class Coverage {
 public:
  void add(const World& world, const Lived& lived);
  [[nodiscard]] int models() const { return models_; }
  // Those that fewer than this share of the models have.
  [[nodiscard]] std::vector<std::string> rarer_than(double share) const;
  void print(std::ostream& out) const;

 private:
  struct Feature {
    std::string name;
    int models = 0;
  };
  // Every feature is noted for every model, so that what no model has is in the list.
  void note(const std::string& name, bool there);
  void families(const World& world);
  void made_families(const World& world);
  void clocks(const World& world);
  void effects(const World& world);
  void declarations(const World& world);
  void branches(const World& world);
  void strategies(const World& world);
  void cohort(const World& world);
  void expressions(const World& world);
  void pathway(const World& world);
  void lives(const World& world, const Lived& lived);

  std::vector<Feature> features_;
  std::size_t next_ = 0;
  int models_ = 0;
};

}  // namespace sojourn::engine::testing
