#include "report/page.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/error.hpp"
#include "report/section.hpp"
#include "report/sweep.hpp"
#include "report/sweep_page.hpp"

namespace sojourn::report {

namespace {

Json strategies_json(const Result& result) {
  Json list = Json::list();
  for (const StrategyText& one : result.strategies()) {
    list.add(Json::object().set("name", Json::text(one.name)).set("label", Json::text(one.label)));
  }
  return list;
}

Json data(const Inputs& inputs) {
  const Result& result = inputs.result();
  Json made = Json::object();
  made.set("format", Json::number(1))
      .set("title", Json::text(result.model().title))
      .set("horizon", Json::number(result.model().horizon))
      .set("strategies", strategies_json(result))
      .set("reference", Json::text(result.strategies()[result.reference()].name));
  if (result.model().observed_until) made.set("observed_until", Json::number(*result.model().observed_until));
  Json sections = Json::object();
  const auto add = [&](const char* name, Json section) {
    if (!section.empty()) sections.set(name, std::move(section));
  };
#define SOJOURN_ADD_SECTION(name) add(#name, name##_section(inputs));
  SOJOURN_REPORT_SECTIONS(SOJOURN_ADD_SECTION)
#undef SOJOURN_ADD_SECTION
  return made.set("sections", std::move(sections));
}

void check_comparable(const Result& main, const Result& other, const std::string& file) {
  const std::string& reference = main.strategies()[main.reference()].name;
  const std::string& theirs = other.strategies()[other.reference()].name;
  if (reference != theirs) {
    throw InputError(file + ": its reference strategy is '" + theirs + "', not '" + reference +
                     "' (differences are to the reference)");
  }
}

}  // namespace

std::string page(std::string_view made_from, const std::string& json) {
  const std::size_t at = made_from.find(data_mark);
  if (at == std::string_view::npos) {
    throw RunError(
        "this build has no report (it was made without npm, which puts the page together); install nodejs and npm and "
        "build again");
  }
  std::string made(made_from.substr(0, at));
  made.reserve(made_from.size() + json.size() * 11 / 10);
  for (const char c : json) {
    if (c == '<') {
      made += "\\u003c";
    } else {
      made += c;
    }
  }
  return made.append(made_from.substr(at + data_mark.size()));
}

std::string html(const std::string& file, const std::vector<std::string>& others, const std::string& version) {
  if (page_template().empty()) return page("", "");
  if (store::is_collected_sweep(file)) {
    if (!others.empty()) throw InputError(file + ": it is a collected sweep, which stands alone (no --with)");
    return page(page_template(), sweep_data(Sweep(file), version).compact());
  }
  const Result main(file);
  if (main.strategies().empty()) throw InputError(file + ": it has no strategies");
  std::deque<Result> more;  // results stay where they are
  Inputs inputs{main, {}, version};
  for (const std::string& one : others) {
    check_comparable(main, more.emplace_back(one), one);
    inputs.others.emplace_back(more.back());
  }
  return page(page_template(), data(inputs).compact());
}

}  // namespace sojourn::report
