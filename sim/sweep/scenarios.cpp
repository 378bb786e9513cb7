#include "sweep/scenarios.hpp"

#include <algorithm>
#include <charconv>

#include "model/replacement.hpp"

namespace sojourn::sweep {

namespace {

bool is_below_another(std::string_view path, std::string_view strategy) {
  const auto steps = model::steps_of(path);
  return steps && steps->size() > 1 && steps->front().name == "strategies" && (*steps)[1].name != strategy;
}

}  // namespace

std::string id_text(ScenarioKey key) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; key >>= 4) text[i] = "0123456789abcdef"[key & 15];
  return text;
}

std::optional<ScenarioKey> id_of(std::string_view text) {
  ScenarioKey key = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), key, 16);
  return text.size() == 16 && error == std::errc() && end == text.data() + 16 ? std::optional(key) : std::nullopt;
}

std::string Scenarios::words(std::size_t scenario) const {
  std::string text;
  for (std::size_t a = 0; a < file_.axes.size(); ++a) {
    text += (a > 0 ? ", " : "") + file_.axes[a].name + " " + points_.value(scenario, a).text;
  }
  return text;
}

std::vector<double> Scenarios::values(std::size_t scenario, std::span<const double> solved) const {
  std::vector<double> values;
  values.reserve(given_.size());
  for (const Given& one : given_) {
    if (one.axis == no_axis) {
      values.push_back(one.value);
      continue;
    }
    const double number = numbers_[one.axis][static_cast<std::size_t>(points_.of(scenario)[one.axis])];
    values.push_back(file_.axes[one.axis].target == Target::multiply ? number * one.value : number);
  }
  std::copy(solved.begin(), solved.end(), values.end() - static_cast<std::ptrdiff_t>(solved.size()));
  return values;
}

std::vector<std::int32_t> Scenarios::places(std::size_t scenario) const {
  std::vector<std::int32_t> found;
  for (const std::size_t a : path_axes_) found.push_back(points_.of(scenario)[a]);
  return found;
}

std::vector<std::optional<std::int32_t>> Scenarios::places_under(const std::string& strategy,
                                                                 std::size_t scenario) const {
  std::vector<std::optional<std::int32_t>> found;
  for (const std::size_t a : path_axes_) {
    const bool other = is_below_another(file_.axes[a].path, strategy);
    found.push_back(other ? std::nullopt : std::optional(points_.of(scenario)[a]));
  }
  return found;
}

std::vector<model::Replacement> Scenarios::replacements(const std::vector<std::int32_t>& places) const {
  std::vector<model::Replacement> made;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Axis& axis = file_.axes[path_axes_[i]];
    made.push_back({axis.path, file_.document->at(*axis.target_item.node), axis.target_item.path, file_.document.get(),
                    points_.values[path_axes_[i]][static_cast<std::size_t>(places[i])].node});
  }
  return made;
}

}  // namespace sojourn::sweep
