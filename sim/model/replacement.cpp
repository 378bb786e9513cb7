#include "model/replacement.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/similar.hpp"
#include "config/reader.hpp"

namespace sojourn::model {
namespace {

using config::Node;

// What an entry of a list or a mapping is called.
std::string name_of(const Node& parent, const Node& child) {
  if (parent.kind == Node::Kind::mapping) return child.key;
  for (const Node& one : child.children) {
    if (one.key == "name" && one.kind == Node::Kind::scalar) return one.text;
  }
  return "";
}

const Node* find(const Node& parent, const Step& step) {
  if (step.position) {
    const bool there = parent.kind == Node::Kind::sequence && *step.position < parent.children.size();
    return there ? &parent.children[*step.position] : nullptr;
  }
  for (const Node& child : parent.children) {
    if (name_of(parent, child) == step.name) return &child;
  }
  return nullptr;
}

Node* find(Node& parent, const Step& step) {
  return const_cast<Node*>(find(std::as_const(parent), step));
}

void belongs_to(Node& node, std::uint16_t file) {
  node.file = file;
  for (Node& child : node.children) belongs_to(child, file);
}

// The number of the file in which the value is written, among those of the document.
std::uint16_t file_of(config::Document& document, const config::Document& source) {
  for (std::size_t i = 0; i < document.included.size(); ++i) {
    if (document.included[i].file == source.file && document.included[i].text == source.text)
      return static_cast<std::uint16_t>(i + 1);
  }
  config::Document added;
  added.file = source.file;
  added.text = source.text;
  added.line_starts = source.line_starts;
  document.included.push_back(std::move(added));
  return static_cast<std::uint16_t>(document.included.size());
}

class Replacing {
 public:
  Replacing(config::Document& document, const Replacement& replacement, Diagnostics& problems)
      : document_(document), replacement_(replacement), problems_(problems) {}

  bool run() {
    const auto steps = steps_of(replacement_.path);
    if (!steps) return refuse("is no path in a model", "", "write e.g. transitions.relapse.hazard_ratio");
    if (steps->front().name == "sojourn" || steps->front().name == "include" || steps->front().name == "seed")
      return refuse("cannot be replaced", "it is about the whole file", "");
    Node* place = &document_.root;
    std::string way;
    for (std::size_t i = 0; i < steps->size(); ++i) {
      const Step& step = (*steps)[i];
      Node* next = find(*place, step);
      const bool new_key = i + 1 == steps->size() && i > 0 && !step.position && place->kind == Node::Kind::mapping;
      if (next == nullptr && !new_key) return missing(*place, step, way);
      if (next == nullptr) {
        next = &place->children.emplace_back();
        next->key = step.name;
      }
      place = next;
      way += step.position ? "[" + std::to_string(*step.position) + "]" : (way.empty() ? "" : ".") + step.name;
    }
    put(*place);
    return true;
  }

 private:
  void put(Node& place) {
    Node made = *replacement_.value;
    belongs_to(made, file_of(document_, *replacement_.document));
    made.key = place.key;
    made.key_line = made.line;
    made.key_column = made.column;
    place = std::move(made);
  }

  bool missing(const Node& place, const Step& step, const std::string& way) {
    std::vector<std::string> known;
    for (const Node& child : place.children) {
      if (std::string name = name_of(place, child); !name.empty()) known.push_back(std::move(name));
    }
    const std::string in = way.empty() ? "in the model" : "in " + way;
    if (step.position) {
      const std::string entries = std::to_string(place.children.size()) + " entries, counted from 0";
      return refuse("leads nowhere: there is no [" + std::to_string(*step.position) + "] " + in,
                    place.kind == Node::Kind::sequence ? entries : "it is no list", "");
    }
    return refuse("leads nowhere: there is no " + quoted(step.name) + " " + in, "", did_you_mean(step.name, known));
  }

  bool refuse(const std::string& problem, const std::string& why, const std::string& hint) {
    problems_.add({replacement_.path_at, replacement_.path_path, quoted(replacement_.path) + " " + problem, why, hint});
    return false;
  }

  config::Document& document_;
  const Replacement& replacement_;
  Diagnostics& problems_;
};

}  // namespace

std::optional<std::vector<Step>> steps_of(std::string_view path) {
  std::vector<Step> steps;
  if (path.starts_with('.')) path.remove_prefix(1);
  while (!path.empty()) {
    const bool position = path.front() == '[';
    const std::size_t end = position ? path.find(']') : std::min(path.find_first_of(".["), path.size());
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    Step step;
    if (position) {
      std::size_t number = 0;
      const auto [stop, error] = std::from_chars(path.data() + 1, path.data() + end, number);
      if (error != std::errc() || stop != path.data() + end || steps.empty()) return std::nullopt;
      step.position = number;
    } else {
      step.name = path.substr(0, end);
    }
    steps.push_back(std::move(step));
    path.remove_prefix(position ? end + 1 : end);
    if (path.empty()) break;
    if (path.front() == '.') {
      path.remove_prefix(1);
      if (path.empty() || path.front() == '.' || path.front() == '[') return std::nullopt;
    } else if (path.front() != '[') {
      return std::nullopt;
    }
  }
  return steps.empty() ? std::nullopt : std::optional(std::move(steps));
}

bool replace_value(config::Document& document, const Replacement& replacement, Diagnostics& problems) {
  return Replacing(document, replacement, problems).run();
}

const config::Node* value_at(const config::Document& document, std::string_view path) {
  const auto steps = steps_of(path);
  const Node* place = steps ? &document.root : nullptr;
  for (std::size_t i = 0; place != nullptr && i < steps->size(); ++i) place = find(*place, (*steps)[i]);
  return place;
}

bool is_place(std::string_view name) {
  return name.find_first_of(".[") != std::string_view::npos;
}

bool replace_values(config::Document& document, const Overrides& overrides, Diagnostics& problems) {
  const config::FileRole role{"write e.g. --set transitions.relapse.hazard_ratio=0.5"};
  bool found = true;
  for (const auto& [name, text] : overrides) {
    if (!is_place(name)) continue;
    const auto value = config::read_document("--set " + name, text, problems, role);
    found = value && replace_value(document, {name, {"--set", 0, 0}, name, &*value, &value->root}, problems) && found;
  }
  return found;
}

}  // namespace sojourn::model
