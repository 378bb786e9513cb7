// Which parameters are uncertain, and how, in words.
#include <algorithm>

#include "base/number_text.hpp"
#include "model/phrases.hpp"
#include "model/words.hpp"

namespace sojourn::model {
namespace {

std::string family(distributions::DrawKind kind) {
  using distributions::DrawKind;
  switch (kind) {
    case DrawKind::beta:
      return "beta";
    case DrawKind::gamma:
      return "gamma";
    case DrawKind::lognormal:
      return "lognormal";
    case DrawKind::logit_normal:
      return "logit-normal";
    case DrawKind::normal:
      return "normal";
    case DrawKind::triangular:
      return "triangular";
    default:
      return "uniform";
  }
}

struct Middle {  // 95%
  double low, high;
};

Middle middle(const distributions::AttributeDraw& draw) {
  return {distributions::drawn_at(draw, 0.025), distributions::drawn_at(draw, 0.975)};
}

std::string fixed_words(const Parameter& one) {
  return one.given_outside ? " (not drawn: its value is given on the command line)" : "";
}

class UncertaintyWords {
 public:
  explicit UncertaintyWords(const Model& model) : model_(model) {}

  std::string run() {
    const Uncertainty& all = model_.uncertainty;
    for (const UncertainParameter& one : all.single) single(one);
    for (const JointNormal& one : all.normals) together(one, "normal");
    for (const Dirichlet& one : all.dirichlets) together(one, "Dirichlet");
    for (const ParameterRows& one : all.rows) {
      const std::string rows = number_text(static_cast<double>(one.rows)) + " rows of " + one.file;
      together(one, one.in_order ? rows + ", one a sample" : "a random one of the " + rows);
    }
    return text_.empty() ? "" : "Uncertain parameters, drawn by run --samples:\n" + text_;
  }

 private:
  void single(const UncertainParameter& one) {
    const Parameter& parameter = model_.parameters[one.parameter.index()];
    const auto [low, high] = middle(one.draw);
    const expression::Type& type = parameter.value.type();
    text_ += "  " + parameter.name + ": " + family(one.draw.kind) + ", 95% from " + value_words(low, type) + " to " +
             value_words(high, type) + fixed_words(parameter) + "\n";
  }

  template <class Group>
  void together(const Group& group, const std::string& how) {
    const auto name = [this](ParameterId id) {
      if (!id.valid()) return std::string("the rest");
      const Parameter& one = model_.parameters[id.index()];
      return one.name + fixed_words(one);
    };
    text_ += "  " + group.name + ", together, " + how + ": " + listed(group.parameters, name) + "\n";
  }

  const Model& model_;
  std::string text_;
};

}  // namespace

std::string uncertainty_in_words(const Model& model) {
  return UncertaintyWords(model).run();
}

std::vector<std::string> far_from_their_values(const Model& model) {
  std::vector<std::string> names;
  Diagnostics none;
  const std::vector<double> values = parameter_values(model, nullptr, none);
  for (const UncertainParameter& one : model.uncertainty.single) {
    const Parameter& parameter = model.parameters[one.parameter.index()];
    const auto [low, high] = middle(one.draw);
    const double value = values[one.parameter.index()];
    if (!parameter.given_outside && (value < low || value > high)) names.push_back(parameter.name);
  }
  return names;
}

}  // namespace sojourn::model
