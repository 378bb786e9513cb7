// What was asked, the answer, and what the answer rests on.
#include <cmath>
#include <map>
#include <utility>

#include "base/words.hpp"
#include "outcomes/text.hpp"
#include "report/answer.hpp"
#include "report/section.hpp"

namespace sojourn::report {

namespace {

std::string asked(const Result& result) {
  const std::int64_t patients = result.input().patients;
  std::string text = with_commas(patients) + (patients == 1 ? " virtual patient" : " virtual patients");
  const std::size_t strategies = result.strategies().size();
  if (strategies > 1) text += ", the same under each of " + std::to_string(strategies) + " strategies";
  text += ", followed for " + outcomes::time_text(result.model().horizon) + ".";
  if (strategies > 1)
    text += " The others are compared with \u201c" + result.strategies()[result.reference()].label + "\u201d.";
  return text;
}

std::size_t targets(const Rows& rows) {
  std::size_t count = 0;
  std::string first;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (first.empty()) first = rows.text(r, "strategy");
    if (rows.text(r, "strategy") != first) continue;
    if (!std::isnan(rows.number(r, "target"))) ++count;
  }
  return count;
}

std::string on_parameters(const model::Model& model) {
  std::map<std::string, std::size_t> statuses;
  std::size_t given = 0;
  for (const model::Parameter& one : model.parameters) {
    if (!one.value.parameters_used().empty()) continue;  // follows from others
    ++given;
    ++statuses[one.status.empty() ? "without a status" : one.status];
  }
  if (given == 0) return "";
  std::string text;
  for (const auto& [status, count] : statuses)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + status;
  return "The numbers that go in: " + counted(given, "parameter", "parameters") + ", by status " + text + ".";
}

Json cautions(const Inputs& inputs) {
  const Result& result = inputs.result();
  Json list = Json::list();
  const auto say = [&list](const std::string& text) {
    if (!text.empty()) list.add(Json::text(text));
  };
  say("Intervals show Monte Carlo error: how precisely so many virtual patients give the model's own answer. They do "
      "not "
      "say how far its assumptions can be trusted.");
  if (result.model().observed_until) {
    say("Observation ends at " + outcomes::time_text(*result.model().observed_until) +
        ". What lies beyond is extrapolation, and is marked so.");
  }
  if (const std::size_t count = targets(result.outcomes()); count > 0) {
    say("The model is compared with " + std::to_string(count) + " published " + (count == 1 ? "figure" : "figures") +
        " below; agreement there does not prove what it assumes elsewhere.");
  }
  say(on_parameters(result.model()));
  return list;
}

}  // namespace

Json question_section(const Inputs& inputs) {
  Json statements = Json::list();
  for (const Statement& one : answer(inputs)) {
    statements.add(Json::object()
                       .set("outcome", Json::text(one.outcome))
                       .set("text", Json::text(one.text))
                       .set("over_fits", Json::text(one.over_fits))
                       .set("measure", Json::text(one.measure))
                       .set("time", Json::number(one.time)));
  }
  return Json::object()
      .set("description", Json::text(inputs.result().model().description))
      .set("asked", Json::text(asked(inputs.result())))
      .set("answer", std::move(statements))
      .set("cautions", cautions(inputs));
}

}  // namespace sojourn::report
