// The cohort's rows: which columns of a CSV file become attributes, and how a patient gets a row.
#include "base/similar.hpp"
#include "model/csv.hpp"
#include "model/reading.hpp"
#include "model/rows_file.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using Kind = RowColumn::Kind;

constexpr const char* forms = "number, boolean, a unit of time, or {levels: [...]}";

class CohortRowsReader {
 public:
  CohortRowsReader(Reading& reading, const Item& rows)
      : reading_(reading), fields_(reading.source, rows, shapes::cohort_rows) {}

  void run() {
    const config::Source& source = reading_.source;
    const std::size_t before = source.problems().size();
    reading_.names.draws("the draw of rows", "rows", source.at_key(fields_.item()), fields_.item().path,
                         source.problems());
    for (const Item& item : source.children(fields_["columns"])) column(item);
    if (fields_["columns"] && fields_["columns"].node->children.empty()) {
      source.add(fields_["columns"], "no columns are named", "",
                 "write e.g. {age: years, sex: {levels: [female, male]}}");
    }
    const bool in_order = pick();
    if (const auto weight = source.text(fields_["weight"])) {
      RowColumn made{Kind::weight, *weight, *weight, {}, {}, {}, fields_["weight"]};
      columns_.push_back(std::move(made));
    }
    const auto written = source.text(fields_["file"]);
    const auto path = written ? std::optional(reading_.path_of(fields_["file"], *written)) : std::nullopt;
    if (!path || source.problems().size() > before) return;
    const auto text = file_content(reading_, fields_["file"], *path);
    if (!text) return;
    auto table = read_rows_file(reading_, reading_.files.display_name(*path), *text, columns_);
    if (!table) return;
    table->file = *path;
    table->in_order = in_order;
    reading_.model.rows = CohortRows{std::make_shared<const distributions::RowTable>(std::move(*table)),
                                     source.text(fields_["weight"]).value_or("")};
  }

 private:
  bool pick() {
    const auto text = reading_.source.text(fields_["pick"]);
    if (!text || *text == "resample") return false;
    const std::vector<std::string> known(std::begin(shapes::row_picks), std::end(shapes::row_picks));
    if (*text != "in_order") {
      reading_.source.add(fields_["pick"], quoted(*text) + " does not say how a patient gets a row",
                          config::alternatives(shapes::row_picks), did_you_mean(*text, known));
    } else if (fields_.has("weight")) {
      reading_.source.add_at_key(fields_["weight"], "weights without resampling", "the rows are taken in order",
                                 "remove `weight`, or write `pick: resample`");
    }
    return true;
  }

  void column(const Item& item) {
    const std::size_t troubles = reading_.troubles();
    if (declare_attribute(reading_, item)) read_column(item);
    if (reading_.troubles() > troubles) reading_.unclear.insert(item.key());
  }

  void read_column(const Item& item) {
    Attribute made;
    made.name = item.key();
    made.at = reading_.source.at_key(item);
    made.from_rows = true;
    RowColumn target;
    target.name = target.header = item.key();
    target.place = item;
    if (item.is(config::Node::Kind::mapping)) {
      mapping(item, made, target);
    } else if (!item.is(config::Node::Kind::scalar)) {
      reading_.source.add_at_key(item, config::describe(*item.node) + " does not say what is in the column", forms,
                                 item.is(config::Node::Kind::sequence) ? "write {levels: [...]}" : "");
    } else if (!simple(item.node->text, target)) {
      reading_.source.add(item, quoted(item.node->text) + " does not say what is in the column", forms,
                          suggestion(item.node->text));
    }
    made.type = type_of(made, target);
    columns_.push_back(std::move(target));
    add_attribute(reading_, std::move(made));
  }

  static std::string suggestion(const std::string& word) {
    static const std::vector<std::string> known(std::begin(shapes::column_words), std::end(shapes::column_words));
    return did_you_mean(word, known);
  }

  static bool simple(const std::string& word, RowColumn& target) {
    if (const auto unit = time_unit(word)) {
      target.kind = Kind::time;
      target.unit = *unit;
      return true;
    }
    target.kind = word == "boolean" ? Kind::boolean : Kind::number;
    return word == "boolean" || word == "number";
  }

  void mapping(const Item& item, Attribute& made, RowColumn& target) {
    const Fields fields(reading_.source, item, shapes::row_column);
    made.description = reading_.source.text(fields["description"]).value_or("");
    target.header = reading_.source.text(fields["column"]).value_or(target.header);
    const int said = fields.has("type") + fields.has("unit") + fields.has("levels");
    if (said != 1) {
      reading_.source.add_at_key(item, said == 0 ? "what is in the column is missing" : "more than one kind of column",
                                 "one of `type`, `unit` and `levels`",
                                 said == 0 ? "write e.g. {type: number}" : "remove the others");
    }
    if (fields["levels"]) {
      levels(fields["levels"], made, target);
      return;
    }
    const auto type = reading_.source.text(fields["type"]);
    const auto unit = reading_.source.text(fields["unit"]);
    if (type && *type != "number" && *type != "boolean") {
      reading_.source.add(fields["type"], "there is no type " + quoted(*type) + " of columns",
                          config::alternatives(shapes::column_types),
                          time_unit(*type) ? "write `unit: " + *type + "`" : suggestion(*type));
    } else if (unit && !time_unit(*unit)) {
      reading_.source.add(fields["unit"], quoted(*unit) + " is no unit of time", "days, weeks, months or years",
                          "of a number without a time write `type: number`");
    } else if (type || unit) {
      (void)simple(unit ? *unit : *type, target);
    }
  }

  void levels(const Item& item, Attribute& made, RowColumn& target) {
    const auto type = read_levels(reading_, item, made);
    if (!type) return;
    made.type = *type;
    target.kind = type->levels ? Kind::category : Kind::level_number;
    if (type->levels) target.levels = *type->levels;
    target.number_levels = made.number_levels;
  }

  static Type type_of(const Attribute& made, const RowColumn& column) {
    if (column.kind == Kind::time) return Type::number(1);
    if (column.kind == Kind::boolean) return Type::boolean();
    return column.kind == Kind::category ? made.type : Type::number();
  }

  Reading& reading_;
  Fields fields_;
  std::vector<RowColumn> columns_;
};

}  // namespace

void read_cohort_rows(Reading& reading, const Item& rows) {
  CohortRowsReader(reading, rows).run();
}

}  // namespace sojourn::model
