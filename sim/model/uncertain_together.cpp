// Parameters that are uncertain together: normal on stated scales, and shares that sum to 1.
#include <algorithm>
#include <cmath>

#include "base/elementary.hpp"
#include "base/similar.hpp"
#include "model/shapes.hpp"
#include "model/uncertainty_reading.hpp"

namespace sojourn::model {
namespace {

using Rows = std::vector<std::vector<double>>;

constexpr std::size_t most_together = 1000;  // parameters of one normal: the work grows with the cube

class NormalReader {
 public:
  NormalReader(UncertaintyReading& shared, const std::string& name, const Item& item)
      : shared_(shared), source_(shared.reading.source), fields_(source_, item, shapes::joint_normal) {
    made_.name = name;
  }

  void run() {
    if (!fields_.ok() || !fields_["parameters"]) return;
    if (source_.children(fields_["parameters"]).size() > most_together) {
      source_.add(fields_["parameters"], "more than 1000 parameters in one normal distribution");
      return;
    }
    const auto parameters = shared_.claim_keys(fields_["parameters"]);
    const bool scaled = scales();
    if (!parameters || !scaled) return;
    made_.parameters = *parameters;
    const auto units = shared_.units(fields_, made_.parameters);
    const auto form = form_of(source_, fields_, "normal", shapes::joint_normal.rules.front().forms);
    if (!units || !form || !logit_of_shares()) return;
    made_.units = *units;
    if (!mean() || !(*form == "covariance" ? covariance() : by_sd()) || !inside_ranges()) return;
    shared_.reading.model.uncertainty.normals.push_back(std::move(made_));
  }

 private:
  bool scales() {
    bool all = true;
    for (const Item& item : source_.children(fields_["parameters"])) {
      Item word = item;
      columns_.push_back(item.key());
      if (item.is(config::Node::Kind::mapping)) {
        const Fields fields(source_, item, shapes::scaled_parameter);
        word = fields["scale"];
        columns_.back() = source_.text(fields["column"]).value_or(item.key());
      }
      const auto scale = word ? source_.text(word) : std::optional<std::string>("identity");
      const auto found = scale ? std::ranges::find(shapes::normal_scales, *scale) : std::end(shapes::normal_scales);
      if (found == std::end(shapes::normal_scales)) {
        if (scale)
          source_.add(word, quoted(*scale) + " is no scale of normal parameters",
                      config::alternatives(shapes::normal_scales), suggestion(*scale));
        all = false;
      } else {
        made_.scales.push_back(static_cast<NormalScale>(found - std::begin(shapes::normal_scales)));
      }
    }
    return all;
  }

  static std::string suggestion(const std::string& word) {
    const std::vector<std::string> known(std::begin(shapes::normal_scales), std::end(shapes::normal_scales));
    return did_you_mean(word, known);
  }

  bool logit_of_shares() {
    const auto items = source_.children(fields_["parameters"]);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (made_.scales[i] != NormalScale::logit) continue;
      if (shared_.parameter(made_.parameters[i]).value.type().time_power == 0) continue;
      source_.add(items[i], "the scale logit is for shares", "this parameter has a unit of time");
      return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t size() const { return made_.parameters.size(); }

  bool of_size(const Item& item, std::size_t found, const char* what) {
    if (found == size()) return true;
    source_.add(item, counted(found, what), counted(size(), "parameter") + " in `parameters`");
    return false;
  }

  bool mean() {
    if (fields_.has("mean")) {
      const Item& item = fields_["mean"];
      const auto list = item ? shared_.numbers(item) : std::nullopt;
      if (!list || !of_size(item, list->size(), "mean")) return false;
      made_.mean = *list;
      return true;
    }
    if (shared_.base.empty()) return false;
    const auto items = source_.children(fields_["parameters"]);
    for (std::size_t i = 0; i < size(); ++i) {
      const double value = shared_.base[made_.parameters[i].index()] / made_.units[i];
      const bool log_scale = made_.scales[i] == NormalScale::log, logit_scale = made_.scales[i] == NormalScale::logit;
      if ((log_scale && !(value > 0)) || (logit_scale && !(value > 0 && value < 1))) {
        source_.add(items[i], "the value " + shown(value, Type::number()) + " has no place on this scale",
                    "`mean` is left out, so it is the middle");
        return false;
      }
      made_.mean.push_back(log_scale ? log(value) : logit_scale ? logit(value) : value);
    }
    return true;
  }

  bool covariance() {
    const Item& item = fields_["covariance"];
    if (!item) return false;
    std::optional<Rows> rows;
    if (item.is(config::Node::Kind::scalar)) {
      rows = read_matrix_file(shared_.reading, item, columns_, source_.children(fields_["parameters"]));
    } else {
      rows = inline_rows(item);
    }
    return rows && factored(item, *rows, std::vector<double>(size(), 1.0));
  }

  bool by_sd() {
    const Item& item = fields_["sd"];
    const auto sd = item ? shared_.numbers(item) : std::nullopt;
    if (!sd || !of_size(item, sd->size(), "sd")) return false;
    if (!std::ranges::all_of(*sd, is_positive)) {
      source_.add(item, "a standard deviation must be more than 0");
      return false;
    }
    Rows unit;
    for (std::size_t i = 0; i < size(); ++i) unit.emplace_back(i + 1, 0.0).back() = 1;
    if (!fields_.has("correlation")) return factored(item, unit, *sd);
    const auto rows = fields_["correlation"] ? inline_rows(fields_["correlation"]) : std::nullopt;
    if (!rows) return false;
    for (std::size_t i = 0; i < size(); ++i) {
      if ((*rows)[i][i] == 1) continue;
      source_.add(fields_["correlation"], "the diagonal of a correlation matrix is 1",
                  shown((*rows)[i][i], Type::number()) + " in row " + std::to_string(i + 1));
      return false;
    }
    return factored(fields_["correlation"], *rows, *sd);
  }

  // Whole, or the lower triangle.
  std::optional<Rows> inline_rows(const Item& item) {
    Rows rows;
    const auto items = source_.children(item);
    for (const Item& row : items) {
      const auto values = shared_.numbers(row);
      if (!values) return std::nullopt;
      rows.push_back(*values);
    }
    if (!of_size(item, rows.size(), "row")) return std::nullopt;
    const bool whole = rows.front().size() == size() && size() > 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].size() == (whole ? size() : i + 1)) continue;
      source_.add(items[i], counted(rows[i].size(), "number") + " in this row",
                  std::to_string(whole ? size() : i + 1) + " are needed: all rows whole, or the lower triangle");
      return std::nullopt;
    }
    return rows;
  }

  bool factored(const Item& item, const Rows& rows, const std::vector<double>& sd) {
    SquareMatrix matrix(size());
    for (std::size_t i = 0; i < size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const double here = rows[i][j];
        if (rows[j].size() > i && !symmetric(here, rows[j][i], rows[i][i], rows[j][j])) {
          source_.add(item, "the matrix is not symmetric",
                      "row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1) + " has " +
                          shown(here, Type::number()) + ", and " + shown(rows[j][i], Type::number()) +
                          " the other way round");
          return false;
        }
        matrix.at(i, j) = here * sd[i] * sd[j];
      }
    }
    Cholesky made = cholesky(matrix);
    if (!made.factor) {
      source_.add(item, "the matrix is not positive definite",
                  "with the row of " + quoted(shared_.parameter(made_.parameters[made.failed]).name) + " no longer",
                  made.failed == 0 ? "a variance is more than 0"
                                   : "is one parameter made of the others, or a figure misplaced?");
      return false;
    }
    made_.factor = std::move(*made.factor);
    return true;
  }

  // Each by itself.
  bool inside_ranges() {
    constexpr double rare = 3.2905267314919255;  // standard deviations beyond which 1 draw in 2,000 lies
    const auto items = source_.children(fields_["parameters"]);
    bool all = true;
    for (std::size_t i = 0; i < size(); ++i) {
      double variance = 0;
      for (std::size_t j = 0; j <= i; ++j) variance += made_.factor.at(i, j) * made_.factor.at(i, j);
      const auto drawn = [&](double deviations) {
        return made_.units[i] * from_scale(made_.scales[i], made_.mean[i] + deviations * root(variance));
      };
      all = shared_.inside_range(items[i], shared_.parameter(made_.parameters[i]), drawn(-rare), drawn(rare),
                                 "choose a smaller spread, or a scale (log, logit) on which it stays inside") &&
            all;
    }
    return all;
  }

  // But for the rounding of printed figures.
  static bool symmetric(double a, double b, double first, double second) {
    return std::abs(a - b) <= 1e-6 * root(std::abs(first * second));
  }

  UncertaintyReading& shared_;
  const config::Source& source_;
  Fields fields_;
  JointNormal made_;
  std::vector<std::string> columns_;  // names in a file
};

class DirichletReader {
 public:
  DirichletReader(UncertaintyReading& shared, const std::string& name, const Item& item)
      : shared_(shared), source_(shared.reading.source), fields_(source_, item, shapes::joint_dirichlet) {
    made_.name = name;
  }

  void run() {
    if (!fields_.ok()) return;
    const auto form = form_of(source_, fields_, "dirichlet", shapes::joint_dirichlet.rules.front().forms);
    if (fields_.out_of_place("rest")) {
      source_.add_at_key(fields_.item(), "`rest` has no meaning with `parameters`", "it is what their values lack to 1",
                         "remove it");
      return;
    }
    if (!form) return;
    const Item& place = fields_[config::words_of(*form).front()];
    if (!place || !(*form == "concentration" ? by_concentration() : by_means())) return;
    if (made_.parameters.size() < 2) {
      source_.add(place, "a Dirichlet distribution has two shares or more", "", "for one share write a beta");
      return;
    }
    for (std::size_t i = 0; i < made_.parameters.size(); ++i) {
      if (made_.concentration[i] >= 0.1 && made_.concentration[i] <= 1e9) continue;
      source_.add(place, "a concentration of " + shown(made_.concentration[i], Type::number()),
                  "it must lie between 0.1 and 1e9");
      return;
    }
    shared_.reading.model.uncertainty.dirichlets.push_back(std::move(made_));
  }

 private:
  bool add(const Item& item, const std::string& name, bool at_key) {
    const auto id = shared_.claim(item, name, at_key);
    if (!id) return false;
    if (shared_.parameter(*id).value.type().time_power != 0) {
      source_.add_at_key(item, quoted(name) + " is not a share", "it has a unit of time");
      return false;
    }
    made_.parameters.push_back(*id);
    return true;
  }

  void add_rest(double concentration) {
    shared_.draws(fields_.item(), made_.name);
    made_.parameters.emplace_back();
    made_.concentration.push_back(concentration);
  }

  bool by_concentration() {
    bool all = true;
    for (const Item& item : source_.children(fields_["concentration"])) {
      const auto value = shared_.number(item, Type::number());
      all = add(item, item.key(), true) && value && all;
      made_.concentration.push_back(value.value_or(0));
    }
    if (!fields_.has("rest")) return all;
    const auto rest = source_.number(fields_["rest"]);
    if (rest) add_rest(*rest);
    return all && rest;
  }

  bool by_means() {
    const auto n = source_.number(fields_["n"]);
    if (!n) return false;
    double sum = 0;
    for (const Item& item : source_.one_or_more(fields_["parameters"])) {
      if (!item.is(config::Node::Kind::scalar)) {
        source_.add(item, "expected a parameter, found " + config::describe(*item.node));
        return false;
      }
      if (!add(item, item.node->text, false) || shared_.base.empty()) return false;
      const double mean = shared_.base[made_.parameters.back().index()];
      sum += mean;
      made_.concentration.push_back(mean * *n);
    }
    if (sum > 1 + 1e-9) {
      source_.add(fields_["parameters"], "the values of these parameters sum to " + shown(sum, Type::number()),
                  "they are shares of 1");
      return false;
    }
    if (sum < 1 - 1e-9) add_rest((1 - sum) * *n);
    return true;
  }

  UncertaintyReading& shared_;
  const config::Source& source_;
  Fields fields_;
  Dirichlet made_;
};

}  // namespace

void read_joint_normal(UncertaintyReading& shared, const std::string& name, const Item& item) {
  NormalReader(shared, name, item).run();
}

void read_dirichlet(UncertaintyReading& shared, const std::string& name, const Item& item) {
  DirichletReader(shared, name, item).run();
}

}  // namespace sojourn::model
