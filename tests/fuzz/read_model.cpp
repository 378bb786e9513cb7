#include "model/load.hpp"
#include "model/words.hpp"
#include "promise.hpp"
#include "targets.hpp"

namespace sojourn::fuzz {
namespace {

const char* const life_table = "age,sex,rate\n0,female,0.01\n0,male,0.02\n1,female,0.02\n1,male,0.03\n";
const char* const curve = "time,survival\n1,0.9\n2,0.8\n3,0.5\n";

bool load(const model::Sources& sources, std::string& said) {
  Diagnostics problems;
  const auto model = model::load(sources, {}, problems);
  said = problems.text();
  promise(model.has_value() == problems.ok(), "a model or problems", said);
  promise(model.has_value() == said.empty(), "problems say something", said);
  if (!model) return false;
  for (const std::string& remark : model::remarks(*model)) promise(!remark.empty(), "remarks say something");
  promise(!model::in_words(*model).empty(), "a model can be told in words");
  return true;
}

}  // namespace

void read_model(std::string_view bytes) {
  std::string said;
  load(model::MemorySources("m.yaml", std::string(bytes), {{"life.csv", life_table}, {"curve.csv", curve}}), said);
  promise_printable(said);
}

void read_table(std::string_view bytes) {
  static const std::string models[] = {
      "sojourn: 1\ntitle: t\nhorizon: 5 years\ncohort: {attributes: {age: {value: 3 years}, sex: {categorical: "
      "{female: "
      "1, male: 1}}}}\nstates: {a: {initial: true}, b: {absorbing: true}}\ntransitions:\n  - {from: a, to: b, clock: "
      "age, "
      "time: {life_table: {file: t.csv, by: sex, beyond: hold}}}\n",
      "sojourn: 1\ntitle: t\nhorizon: 5 years\nstates: {a: {initial: true}, b: {absorbing: true}}\ntransitions:\n  - "
      "{from: a, to: b, time: {tabulated: {file: t.csv, unit: months, interpolate: hazard, beyond: hold_hazard}}}\n"};
  for (const std::string& text : models) {
    std::string said;
    load(model::MemorySources("m.yaml", text, {{"t.csv", std::string(bytes)}}), said);
    promise_printable(said);
  }
}

}  // namespace sojourn::fuzz
