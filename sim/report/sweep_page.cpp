#include "report/sweep_page.hpp"

#include <algorithm>
#include <utility>

#include "report/packed.hpp"

namespace sojourn::report {

namespace {

template <class Range, class Make>
Json list_of(const Range& range, Make make) {
  Json list = Json::list();
  for (const auto& one : range) list.add(make(one));
  return list;
}

Json whole(std::size_t number) {
  return Json::number(static_cast<double>(number));
}

Json axis_json(const SweepAxis& axis) {
  Json values = axis.is_number ? list_of(axis.numbers, [](double one) { return Json::number(one); })
                               : list_of(axis.texts, [](const std::string& one) { return Json::text(one); });
  Json made = Json::object()
                  .set("name", Json::text(axis.name))
                  .set("label", Json::text(axis.label))
                  .set("target", Json::text(axis.target))
                  .set("what", Json::text(axis.what))
                  .set("unit", Json::text(axis.unit))
                  .set("number", Json::boolean(axis.is_number))
                  .set("values", std::move(values))
                  .set("places", list_of(axis.places, whole));
  if (axis.own) made.set("own", whole(*axis.own));
  return made;
}

Json quantity_json(const SweepQuantity& one) {
  return Json::object()
      .set("name", Json::text(one.name))
      .set("outcome", Json::text(one.outcome))
      .set("label", Json::text(one.label))
      .set("kind", Json::text(one.kind))
      .set("measure", Json::text(one.measure))
      .set("unit", Json::text(one.unit))
      .set("group", Json::text(one.group))
      .set("level", Json::text(one.level))
      .set("time", Json::number(one.time))
      .set("estimate", Json::text(packed(one.estimate)))
      .set("se", Json::text(packed(one.se)))
      .set("difference", Json::text(packed(one.difference)))
      .set("difference_se", Json::text(packed(one.difference_se)))
      .set("lower", Json::text(packed(one.lower)))
      .set("upper", Json::text(packed(one.upper)));
}

Json scenarios_json(const Sweep& sweep) {
  Json ids = Json::list(), patients = Json::list(), status = Json::list(), messages = Json::list();
  Json targets = Json::list();
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    ids.add(Json::text(sweep.scenarios().text(i, "id")));
    patients.add(Json::number(sweep.scenarios().number(i, "patients")));
    status.add(Json::text(sweep.scenarios().text(i, "status")));
    messages.add(Json::text(sweep.scenarios().text(i, "message")));
    if (!sweep.input().targets.empty()) targets.add(Json::text(sweep.scenarios().text(i, "targets")));
  }
  return Json::object()
      .set("id", std::move(ids))
      .set("patients", std::move(patients))
      .set("status", std::move(status))
      .set("message", std::move(messages))
      .set("targets", std::move(targets));
}

// Of each scenario how it ended, and which strategies are not told from the best; and on what, as the table says.
Json resolution_json(const Sweep& sweep) {
  Json status = Json::list(), best = Json::list(), not_told = Json::list();
  const Rows& rows = *sweep.resolution();
  for (std::size_t i = 0; i < std::min(sweep.size(), rows.size()); ++i) {
    status.add(Json::text(rows.text(i, "status")));
    best.add(Json::text(rows.text(i, "best")));
    not_told.add(Json::text(rows.text(i, "not_told")));
  }
  return Json::object()
      .set("what", Json::text(rows.table().description))
      .set("status", std::move(status))
      .set("best", std::move(best))
      .set("not_told", std::move(not_told));
}

Json origin_json(const Sweep& sweep, const std::string& version) {
  const store::SweepInput& input = sweep.input();
  return Json::object()
      .set("file", Json::text(sweep.file_name()))
      .set("sweep_name", Json::text(input.sweep_name))
      .set("sweep_text", Json::text(input.sweep_text))
      .set("model_name", Json::text(input.model_name))
      .set("model_text", Json::text(input.model_text))
      .set("files", list_of(input.files, [](const model::EmbeddedFile& one) { return Json::text(one.path); }))
      .set("seed", Json::number(static_cast<double>(input.seed)))
      .set("common_random_numbers", Json::boolean(input.common_random_numbers))
      .set("digest", Json::text(input.digest))
      .set("version", Json::text(version));
}

}  // namespace

Json sweep_data(const Sweep& sweep, const std::string& version) {
  const store::SweepInput& input = sweep.input();
  Json made = Json::object()
                  .set("complete", Json::boolean(input.complete))
                  .set("all_scenarios", whole(sweep.scenarios().size()))
                  .set("targets", Json::text(input.targets))
                  .set("axes", list_of(sweep.axes(), axis_json))
                  .set("scenarios", scenarios_json(sweep))
                  .set("pairs", list_of(sweep.pairs(),
                                        [](const auto& one) {
                                          return Json::list({whole(one.first), whole(one.second)});
                                        }))
                  .set("quantities", list_of(sweep.quantities(), quantity_json))
                  .set("left_out", list_of(sweep.left_out(), [](const std::string& one) { return Json::text(one); }))
                  .set("origin", origin_json(sweep, version));
  if (sweep.resolution()) made.set("resolution", resolution_json(sweep));
  Json strategies = list_of(sweep.strategies(), [](const auto& one) {
    return Json::object().set("name", Json::text(one.first)).set("label", Json::text(one.second));
  });
  return Json::object()
      .set("format", Json::number(1))
      .set("page", Json::text("sweep"))
      .set("title", Json::text(input.title.empty() ? input.sweep_name : input.title))
      .set("strategies", std::move(strategies))
      .set("sections", Json::object().set("sweep", std::move(made)));
}

}  // namespace sojourn::report
