// Draws of numbers from distributions, by their parameters, and between bounds.
#include <algorithm>
#include <array>

#include "distributions/count_draw.hpp"
#include "model/reading.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using distributions::AttributeDraw;

enum class Role : std::uint8_t {
  none,
  free,
  same,
  plain
};  // a number or a time; in the unit of the free one; a number
enum class Must : std::uint8_t { any, be_positive, not_be_negative, be_inside };  // inside: between 0 and 1

struct Parameter {
  std::string_view name;
  Role role = Role::none;
  Must must = Must::any;
};

struct Form {
  std::string_view name;
  DrawKind kind;
  const config::Shape* shape;
  std::array<Parameter, 3> parameters;
  bool bounds = true;  // min and max truncate it
};

const Form forms[] = {
    {"uniform", DrawKind::uniform, &shapes::uniform, {{{"min", Role::free}, {"max", Role::same}}}, false},
    {"normal", DrawKind::normal, &shapes::normal, {{{"mean", Role::free}, {"sd", Role::same, Must::not_be_negative}}}},
    {"lognormal",
     DrawKind::lognormal,
     &shapes::lognormal,
     {{{"median", Role::free, Must::be_positive}, {"sdlog", Role::plain, Must::not_be_negative}}}},
    {"logit_normal",
     DrawKind::logit_normal,
     &shapes::logit_normal,
     {{{"median", Role::plain, Must::be_inside}, {"sd", Role::plain, Must::not_be_negative}}}},
    {"beta",
     DrawKind::beta,
     &shapes::beta,
     {{{"shape1", Role::plain, Must::be_positive}, {"shape2", Role::plain, Must::be_positive}}}},
    {"gamma",
     DrawKind::gamma,
     &shapes::gamma,
     {{{"mean", Role::free, Must::be_positive}, {"shape", Role::plain, Must::be_positive}}}},
    {"exponential", DrawKind::exponential, &shapes::exponential, {{{"mean", Role::free, Must::be_positive}}}},
    {"weibull",
     DrawKind::weibull,
     &shapes::weibull,
     {{{"shape", Role::plain, Must::be_positive}, {"scale", Role::free, Must::be_positive}}}},
    {"triangular",
     DrawKind::triangular,
     &shapes::triangular,
     {{{"min", Role::free}, {"mode", Role::same}, {"max", Role::same}}},
     false},
    {"poisson", DrawKind::poisson, &shapes::poisson, {{{"mean", Role::plain, Must::not_be_negative}}}},
    {"negative_binomial",
     DrawKind::negative_binomial,
     &shapes::negative_binomial,
     {{{"mean", Role::plain, Must::not_be_negative}, {"dispersion", Role::plain, Must::not_be_negative}}}},
};

constexpr std::array<Parameter, 3> beta_by_mean{
    {{"mean", Role::plain, Must::be_inside}, {"sd", Role::plain, Must::be_positive}}};

class ContinuousReader {
 public:
  ContinuousReader(Reading& reading, const Form& form, const Item& item, Draw& draw)
      : reading_(reading),
        form_(form),
        fields_(reading.source, item, *form.shape),
        draw_(draw),
        parameters_(form.parameters) {}

  std::optional<Type> run() {
    draw_.kind = form_.kind;
    if (!fields_.ok() || (form_.kind == DrawKind::beta && !beta_form())) return std::nullopt;
    bool complete = true;
    for (const Role role : {Role::free, Role::plain, Role::same}) complete = read(role) && complete;
    if (form_.bounds) complete = read_bounds() && complete;
    if (!complete) return std::nullopt;
    for (const auto& value : values_) draw_.values.push_back(*value);
    agreements();
    return type_;
  }

 private:
  bool beta_form() {
    const bool by_mean = fields_.has("mean") || fields_.has("sd");
    const bool by_shape = fields_.has("shape1") || fields_.has("shape2");
    draw_.beta_by_mean = by_mean;
    if (by_mean) parameters_ = beta_by_mean;
    if (by_mean != by_shape && fields_.has(parameters_[0].name) && fields_.has(parameters_[1].name)) return true;
    reading_.source.add_at_key(fields_.item(), "beta takes {mean, sd} or {shape1, shape2}");
    return false;
  }

  // Those of one role; the free one comes first and says the type of the others.
  bool read(Role role) {
    bool complete = true;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const Parameter& parameter = parameters_[i];
      if (parameter.role == Role::none) break;
      if (values_.size() <= i) values_.resize(i + 1);
      if (parameter.role != role) continue;
      const Item& item = fields_[parameter.name];
      const std::optional<Type> expected = role == Role::plain ? std::optional(Type::number()) : free_type_;
      if (role == Role::same && !free_type_) return false;
      values_[i] = reading_.expression(item, expected, drawn_at_start);
      if (!values_[i]) {
        complete = false;
        continue;
      }
      if (role == Role::free && !is_amount(item, values_[i]->type())) return false;
      limit(parameter, item, *values_[i]);
    }
    return complete;
  }

  bool is_amount(const Item& item, const Type& type) {
    if (type.kind == Type::Kind::number) {
      free_type_ = type_ = type;
      return true;
    }
    reading_.source.add(item, "expected a number or a time, found " + expression::describe(type));
    return false;
  }

  void limit(const Parameter& parameter, const Item& item, const Expression& value) {
    if (parameter.must == Must::be_positive) reading_.require(value, item, is_positive, "more than 0");
    if (parameter.must == Must::not_be_negative) reading_.require(value, item, is_not_negative, "0 or more");
    if (parameter.must == Must::be_inside) {
      reading_.require(
          value, item, [](double x) { return x > 0 && x < 1; }, "between 0 and 1");
    }
  }

  bool read_bounds() {
    draw_.min = reading_.expression(fields_["min"], type_, drawn_at_start);
    draw_.max = reading_.expression(fields_["max"], type_, drawn_at_start);
    return draw_.min.has_value() == fields_.has("min") && draw_.max.has_value() == fields_.has("max");
  }

  // What parameters must fulfil together, as far as parameters of the model alone decide them.
  void agreements() {
    std::vector<const Expression*> over;
    for (const Expression& value : draw_.values) over.push_back(&value);
    for (const auto* bound : {&draw_.min, &draw_.max}) {
      if (*bound) over.push_back(&**bound);
    }
    const Item place = fields_.has("max") ? fields_["max"] : fields_.has("min") ? fields_["min"] : fields_.item();
    const Item sd = form_.kind == DrawKind::beta && draw_.beta_by_mean ? fields_["sd"] : place;
    const Item mode = form_.kind == DrawKind::triangular ? fields_["mode"] : place;
    reading_.rule(over, [&reading = reading_, draw = draw_, type = type_, place, sd, mode](const Values& values) {
      const auto made = constants(reading, draw, values);
      if (!made) return;
      if (draw.kind == DrawKind::uniform && made->b < made->a) reading.report(place, values, "`max` is below `min`");
      if (draw.kind == DrawKind::triangular && !(made->a <= made->b && made->b <= made->c)) {
        reading.report(mode, values, "`mode` does not lie between `min` and `max`");
      }
      if (is_count(*made)) counts_hold(reading, *made, place, values);
      if (draw.beta_by_mean && !(made->a + made->b > 0)) {
        reading.report(sd, values, "no beta distribution has so large an sd (it must be below sqrt(mean (1 - mean)))");
      } else if (made->bounded()) {
        bounds_hold(reading, *made, type, place, values);
      }
    });
  }

  static bool is_count(const AttributeDraw& draw) {
    return draw.kind == DrawKind::poisson || draw.kind == DrawKind::negative_binomial;
  }

  static void counts_hold(Reading& reading, const AttributeDraw& draw, const Item& place, const Values& values) {
    if (!(draw.a >= 0 && draw.b >= 0) || distributions::countable(draw)) return;
    reading.report(place, values, "counts so large cannot be drawn",
                   draw.kind == DrawKind::poisson
                       ? "the mean is at most 1e6"
                       : "the mean is at most 1e6, the dispersion 0 or from 1e-8, mean x dispersion at most 1e7");
  }

  static void bounds_hold(Reading& reading, const AttributeDraw& draw, const Type& type, const Item& place,
                          const Values& values) {
    const auto drawable = [](double shape) { return shape >= 1e-6 && shape <= 1e9; };
    if ((draw.kind == DrawKind::beta && !drawable(draw.a)) || (draw.kind == DrawKind::gamma && !drawable(draw.b)) ||
        (draw.kind == DrawKind::beta && !drawable(draw.b)) || (is_count(draw) && !distributions::countable(draw))) {
      return;
    }
    if (draw.max < draw.min) {
      reading.report(place, values, "nothing lies between these bounds", "`max` must be above `min`");
    } else if (const double middle = distributions::drawn_at(draw, 0.5); middle != middle) {
      const std::string from = draw.min > -infinity ? "from " + shown(draw.min, type) : "";
      const std::string to = draw.max < infinity ? "up to " + shown(draw.max, type) : "on";
      reading.report(place, values, "nothing of this distribution lies " + from + (from.empty() ? "" : " ") + to);
    }
  }

  static std::optional<AttributeDraw> constants(Reading& reading, const Draw& draw, const Values& values) {
    AttributeDraw made{draw.kind};
    double* const places[] = {&made.a, &made.b, &made.c};
    for (std::size_t i = 0; i < draw.values.size(); ++i) {
      const auto value = reading.value(draw.values[i], values);
      if (!value) return std::nullopt;
      *places[i] = *value;
    }
    if (draw.beta_by_mean) {
      const auto [shape1, shape2, sum] = distributions::beta_shapes(made.a, made.b);
      made.a = shape1;
      made.b = shape2;
    }
    for (const auto& [bound, place] : {std::pair{&draw.min, &made.min}, std::pair{&draw.max, &made.max}}) {
      if (!*bound) continue;
      const auto value = reading.value(**bound, values);
      if (!value) return std::nullopt;
      *place = *value;
    }
    return made;
  }

  Reading& reading_;
  const Form& form_;
  Fields fields_;
  Draw& draw_;
  std::array<Parameter, 3> parameters_;
  std::vector<std::optional<Expression>> values_;
  std::optional<Type> free_type_;
  Type type_ = Type::number();
};

}  // namespace

std::optional<Type> read_continuous_draw(Reading& reading, std::string_view kind, const Item& item, Draw& draw) {
  const Form& form =
      *std::find_if(std::begin(forms), std::end(forms), [&](const Form& one) { return one.name == kind; });
  return ContinuousReader(reading, form, item, draw).run();
}

}  // namespace sojourn::model
