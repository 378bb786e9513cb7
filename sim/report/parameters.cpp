// Every parameter with its value, source and status, and what the strategies change.
#include <cmath>
#include <utility>

#include "base/diagnostics.hpp"
#include "model/phrases.hpp"
#include "report/section.hpp"

namespace sojourn::report {

namespace {

// Under which strategies the value is another than the model's: [{"strategy", "value"}].
Json changes_json(const Result& result, std::size_t parameter, const std::vector<double>& base) {
  Json list = Json::list();
  for (const StrategyText& simulated : result.strategies()) {
    for (const model::Strategy& strategy : result.model().strategies) {
      if (strategy.name != simulated.name) continue;
      Diagnostics none;  // the model has been run
      const double value = model::parameter_values(result.model(), &strategy, none)[parameter];
      if (value == base[parameter] || std::isnan(value)) continue;
      const auto& type = result.model().parameters[parameter].value.type();
      list.add(Json::object()
                   .set("strategy", Json::text(simulated.name))
                   .set("value", Json::text(model::value_words(value, type))));
    }
  }
  return list;
}

}  // namespace

Json parameters_section(const Inputs& inputs) {
  const Result& result = inputs.result();
  if (result.model().parameters.empty()) return Json::object();
  Diagnostics none;
  const std::vector<double> base = model::parameter_values(result.model(), nullptr, none);
  Json list = Json::list();
  for (std::size_t p = 0; p < base.size(); ++p) {
    const model::Parameter& one = result.model().parameters[p];
    const auto words = [&](const std::optional<double>& value) {
      return Json::text(value ? model::value_words(*value, one.value.type()) : "");
    };
    list.add(Json::object()
                 .set("name", Json::text(one.name))
                 .set("value", words(base[p]))
                 .set("low", words(one.low))
                 .set("high", words(one.high))
                 .set("status", Json::text(one.status))
                 .set("source", Json::text(one.source))
                 .set("description", Json::text(one.description))
                 .set("derived", Json::boolean(!one.value.parameters_used().empty()))
                 .set("changes", changes_json(result, p, base)));
  }
  return Json::object().set("list", std::move(list));
}

}  // namespace sojourn::report
