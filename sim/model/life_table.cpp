// `life_table`: its file, by whose levels it is read, and what holds where it ends.
#include "base/similar.hpp"
#include "model/calendar.hpp"
#include "model/life_table_file.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

// The levels by which a table may be read; nothing after a report.
std::optional<std::vector<std::string>> levels_of(Reading& reading, const Item& item, const Attribute& attribute) {
  if (attribute.type.levels) return *attribute.type.levels;
  if (attribute.type.kind == Type::Kind::boolean) return std::vector<std::string>{"false", "true"};
  reading.source.add(item, "the attribute " + quoted(attribute.name) + " has no levels",
                     "a table is read by a category or a boolean");
  return std::nullopt;
}

// Which of two words stands there: true for the second; nothing after a report or where there is no item.
std::optional<bool> second(Reading& reading, const Item& item, std::span<const std::string_view, 2> words,
                           const std::string& what) {
  const auto text = reading.source.text(item);
  if (!text) return std::nullopt;
  if (*text == words[0] || *text == words[1]) return *text == words[1];
  reading.source.add(item, quoted(*text) + " does not say what holds " + what, "", config::alternatives(words));
  return std::nullopt;
}

// A table by calendar year says what holds in other years; others have none.
bool check_other_years(Reading& reading, const Fields& fields, const Distribution& made) {
  const Item& item = fields["other_years"];
  if (!made.has_years()) {
    if (item) {
      reading.source.add_at_key(item, "`other_years` does not belong here", "the file has no column `year`", "");
    }
    return !item;
  }
  if (!fields.has("other_years")) {
    reading.source.add_at_key(fields.item(), "a table by calendar year needs `other_years`",
                              "what holds before its first year and after its last?",
                              "write hold (their rates go on) or error");
    return false;
  }
  return check_calendar_year(reading, fields["file"], "a life table by calendar year");
}

}  // namespace

bool read_life_table(Reading& reading, const Item& item, Distribution& made) {
  const Fields fields(reading.source, item, shapes::life_table);
  if (!fields.ok()) return false;
  const auto path = reading.source.text(fields["file"]);
  const auto die = second(reading, fields["beyond"], shapes::table_tails, "past the last age");
  const Item& others = fields["other_years"];
  const auto refused = others ? second(reading, others, shapes::other_years, "in other years") : std::optional(false);
  std::vector<std::string> levels;
  std::string by;
  if (fields.has("by")) {
    const auto found = reading.attribute(fields["by"]);
    if (!found) return false;
    const Attribute& attribute = reading.model.attributes[found->index()];
    const auto known = levels_of(reading, fields["by"], attribute);
    if (!known) return false;
    made.by = *found;
    by = attribute.name;
    levels = *known;
  }
  if (!path || !die || !refused) return false;
  auto tables = read_life_table_file(reading, fields["file"], reading.path_of(fields["file"], *path), levels, by, *die);
  if (!tables) return false;
  made.tables = std::move(*tables);
  made.other_years_refused = *refused;
  return check_other_years(reading, fields, made);
}

}  // namespace sojourn::model
