#include "model/limits.hpp"

#include <string>

namespace sojourn::model {

using config::Item;
using config::Node;

bool Holdings::add(const config::Source& source, const Item& section, std::string_view within) {
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (section.key() != limits[i].of || limits[i].within != within) continue;
    const std::size_t before = entries_[i];
    entries_[i] += section.node->children.size();
    if (entries_[i] <= limits[i].most) continue;
    source.add_at_key(section, "more than " + std::to_string(limits[i].most) + " " + std::string(limits[i].of),
                      std::to_string(section.node->children.size()) + " here" +
                          (before > 0 ? ", " + std::to_string(before) + " in the files before" : "") +
                          "; the limit of one model");
    return false;
  }
  return true;
}

bool Holdings::add(const config::Source& source) {
  bool all = true;
  for (const Item& one : source.children(source.root())) {
    all = add(source, one, "") && all;
    if (one.key() != "cohort" || !one.is(Node::Kind::mapping)) continue;
    for (const Item& inside : source.children(one)) all = add(source, inside, "cohort") && all;
  }
  return all;
}

}  // namespace sojourn::model
