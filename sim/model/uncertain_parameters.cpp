// The distribution of one parameter, by natural parameters, by moments, or by a 95% interval.
//   gamma: shape (mean/sd)^2; lognormal: sdlog^2 = log(1 + (sd/mean)^2), median mean/sqrt(1 + (sd/mean)^2), or
//   sdlog = log(high/low)/(2 z), median sqrt(low high), z = Phi^-1(0.975); the others alike on their scale.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/elementary.hpp"
#include "model/shapes.hpp"
#include "model/uncertainty_reading.hpp"

namespace sojourn::model {
namespace {

using distributions::AttributeDraw;
using distributions::DrawKind;

constexpr double z975 = 1.959963984540054;  // Phi^-1(0.975)
constexpr double widest = 2 * z975;

// In the order of shapes::uncertain_families.
struct Family {
  std::string_view name;
  DrawKind kind;
  const config::Shape* shape;
};
const Family families[] = {{"beta", DrawKind::beta, &shapes::uncertain_beta},
                           {"gamma", DrawKind::gamma, &shapes::uncertain_gamma},
                           {"lognormal", DrawKind::lognormal, &shapes::uncertain_lognormal},
                           {"logit_normal", DrawKind::logit_normal, &shapes::uncertain_logit_normal},
                           {"normal", DrawKind::normal, &shapes::uncertain_normal},
                           {"uniform", DrawKind::uniform, &shapes::uncertain_uniform},
                           {"triangular", DrawKind::triangular, &shapes::uncertain_triangular}};

class UncertainReader {
 public:
  UncertainReader(UncertaintyReading& shared, ParameterId parameter, const Family& family, const Item& item)
      : shared_(shared),
        parameter_(shared.parameter(parameter)),
        id_(parameter),
        family_(family),
        fields_(shared.reading.source, item, *family.shape) {
    made_.kind = family.kind;
  }

  void run() {
    if (!fields_.ok() || !suits() || !read()) return;
    if (const std::string wrong = fill(); !wrong.empty()) {
      shared_.reading.source.add(fields_.item(), wrong);
      return;
    }
    if (bounds() && inside_range()) shared_.reading.model.uncertainty.single.push_back({id_, made_});
  }

 private:
  // A share where the family is one of shares.
  bool suits() {
    const bool share = family_.kind == DrawKind::beta || family_.kind == DrawKind::logit_normal;
    if (!share || parameter_.value.type().time_power == 0) return true;
    shared_.reading.source.add_at_key(fields_.item(), quoted(family_.name) + " is a distribution of shares",
                                      quoted(parameter_.name) + " is " + expression::describe(parameter_.value.type()));
    return false;
  }

  bool read() {
    const auto& rules = family_.shape->rules;
    form_ = "min mode max";
    if (!rules.empty()) {
      const auto form = form_of(shared_.reading.source, fields_, family_.name, rules.front().forms);
      if (!form) return false;
      form_ = *form;
    }
    bool all = true;
    for (const std::string_view key : config::words_of(form_)) {
      if (fields_.has(key)) all = value(key) && all;
    }
    return all && (family_.kind != DrawKind::uniform || values_.size() == 2) &&
           (family_.kind != DrawKind::triangular || values_.size() == 3);
  }

  // Of the parameter's type, but for what has no unit and what is one over it.
  bool value(std::string_view key) {
    const int power = parameter_.value.type().time_power;
    Type type = Type::number(key == "rate" ? -power : power);
    if (key.starts_with("shape") || key == "sdlog") type = Type::number();
    const Item& item = fields_[key];
    if (!item) return false;
    if (key == "interval") return ends(item, type);
    const auto found = shared_.number(item, type);
    if (!found) return false;
    const bool positive = key != "mean" && key != "median" && key != "min" && key != "mode" && key != "max";
    const bool of_log = family_.kind == DrawKind::gamma || family_.kind == DrawKind::lognormal;
    const bool share = family_.kind == DrawKind::beta || family_.kind == DrawKind::logit_normal;
    if ((positive || of_log) && !(*found > 0)) return refused(item, *found, type, "more than 0");
    if (share && !positive && !(*found > 0 && *found < 1)) return refused(item, *found, type, "between 0 and 1");
    values_.push_back(*found);
    return true;
  }

  bool refused(const Item& item, double value, const Type& type, const char* must) {
    shared_.reading.source.add(item, "the value is " + shown(value, type) + ", but must be " + must);
    return false;
  }

  bool ends(const Item& item, const Type& type) {
    const auto list = shared_.reading.source.children(item);
    if (list.size() != 2) {
      shared_.reading.source.add(item, "an interval is [low, high]", counted(list.size(), "value") + " here");
      return false;
    }
    const auto low = shared_.number(list[0], type), high = shared_.number(list[1], type);
    if (!low || !high) return false;
    const bool of_log = family_.kind == DrawKind::lognormal, share = family_.kind == DrawKind::logit_normal;
    if (!(*low < *high) || ((of_log || share) && !(*low > 0)) || (share && !(*high < 1))) {
      shared_.reading.source.add(item, "no " + std::string(family_.name) + " has this interval",
                                 of_log  ? "0 < low < high"
                                 : share ? "0 < low < high < 1"
                                         : "low < high");
      return false;
    }
    low_ = *low;
    high_ = *high;
    return true;
  }

  // On the scale on which the distribution is normal.
  [[nodiscard]] double scaled(double x) const {
    return family_.kind == DrawKind::lognormal ? log(x) : family_.kind == DrawKind::logit_normal ? logit(x) : x;
  }

  // From values to parameters of the draw; what is wrong with them, if something is.
  std::string fill() {
    if (fields_.has("interval")) return by_interval();
    const double a = values_[0], b = values_[1];
    made_.a = a;
    made_.b = b;
    switch (family_.kind) {
      case DrawKind::beta:
        return beta();
      case DrawKind::gamma:
        if (form_ == "mean sd") made_.b = (a / b) * (a / b);
        if (form_ == "shape rate") made_.a = a / b, made_.b = a;
        return shape_drawable(made_.b) ? ""
                                       : "a gamma of this shape cannot be drawn: " + shown(made_.b, Type::number());
      case DrawKind::lognormal:
        if (form_ == "mean sd") {
          made_.b = root(log1p((b / a) * (b / a)));
          made_.a = a / root(1 + (b / a) * (b / a));
        }
        return "";
      case DrawKind::uniform:
        return a < b ? "" : "`max` must be above `min`";
      case DrawKind::triangular:
        made_.c = values_[2];
        if (!(a <= b && b <= made_.c)) return "`mode` does not lie between `min` and `max`";
        return a < made_.c ? "" : "`max` must be above `min`";
      default:
        return "";
    }
  }

  std::string by_interval() {
    made_.b = (scaled(high_) - scaled(low_)) / widest;
    if (values_.empty()) {
      const double middle = 0.5 * (scaled(low_) + scaled(high_));
      made_.a = family_.kind == DrawKind::lognormal      ? root(low_ * high_)
                : family_.kind == DrawKind::logit_normal ? logistic(middle)
                                                         : middle;
      return "";
    }
    made_.a = values_[0];
    return made_.a > low_ && made_.a < high_ ? "" : "the middle lies outside the interval";
  }

  std::string beta() {
    if (form_ == "mean sd") {
      const auto [shape1, shape2, sum] = distributions::beta_shapes(made_.a, made_.b);
      if (!(sum > 0)) return "no beta distribution has so large an sd (it must be below sqrt(mean (1 - mean)))";
      made_.a = shape1;
      made_.b = shape2;
    }
    const bool drawable = shape_drawable(made_.a) && shape_drawable(made_.b);
    return drawable ? ""
                    : "a beta of these shapes cannot be drawn: " + shown(made_.a, Type::number()) + ", " +
                          shown(made_.b, Type::number());
  }

  [[nodiscard]] static bool shape_drawable(double shape) { return shape >= 1e-6 && shape <= 1e9; }

  // Truncation.
  bool bounds() {
    if (family_.kind == DrawKind::uniform || family_.kind == DrawKind::triangular) return true;
    const Type& type = parameter_.value.type();
    for (const auto& [key, place] : {std::pair{"min", &made_.min}, std::pair{"max", &made_.max}}) {
      if (!fields_.has(key)) continue;
      const auto bound = shared_.number(fields_[key], type);
      if (!bound) return false;
      *place = *bound;
    }
    const double middle = distributions::drawn_at(made_, 0.5);
    if (std::isfinite(middle)) return true;
    shared_.reading.source.add(fields_.item(), "nothing of this distribution lies between these bounds");
    return false;
  }

  bool inside_range() {
    constexpr double rare = 0.0005;
    return shared_.inside_range(fields_.item(), parameter_, distributions::drawn_at(made_, rare),
                                distributions::drawn_at(made_, 1 - rare),
                                "truncate the distribution with `min` and `max`, or choose one that stays inside");
  }

  UncertaintyReading& shared_;
  const Parameter& parameter_;
  ParameterId id_;
  const Family& family_;
  Fields fields_;
  std::string_view form_;
  std::vector<double> values_;  // of the form's keys, in order, without the interval
  double low_ = 0, high_ = 0;   // of the interval
  AttributeDraw made_;
};

}  // namespace

void read_uncertain_parameter(UncertaintyReading& shared, ParameterId parameter, const Item& item) {
  const config::Source& source = shared.reading.source;
  const Fields fields(source, item, shapes::uncertainty);
  const auto written = fields.written(shapes::uncertain_families);
  if (written.size() != 1) {
    source.add_at_key(item, written.empty() ? "a distribution is missing" : "more than one distribution",
                      config::alternatives(shapes::uncertain_families));
    return;
  }
  const auto family = std::ranges::find(families, written.front(), &Family::name);
  if (const Item& one = fields[written.front()]) UncertainReader(shared, parameter, *family, one).run();
}

}  // namespace sojourn::model
