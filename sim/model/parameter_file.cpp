#include "model/parameter_file.hpp"

#include "base/error.hpp"
#include "config/reader.hpp"
#include "model/parameter_unit.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {

namespace {

// The value itself, or the `value` of a mapping in its `unit`.
std::optional<std::string> written_value(const config::Source& source, const config::Item& item) {
  if (!item.is(config::Node::Kind::mapping)) return source.text(item);
  config::Item value, unit;
  for (const config::Item& child : source.children(item)) {
    if (child.key() == "value") value = child;
    if (child.key() == "unit") unit = child;
    if (child.key() != "uncertainty") continue;
    source.add_at_key(child, "a file of values does not say how uncertain they are",
                      "a value given here is the same in every sample", "write it in the model");
  }
  if (!value) {
    source.add(item, "`value` is missing");
    return std::nullopt;
  }
  const auto text = source.text(value), unit_text = source.text(unit);
  if (!text || !unit_text) return text;
  const auto named = parameter_unit(*unit_text), own = unit_of_number(*text);
  if (named && is_plain_number(*text)) return with_unit(*text, *named);
  if (named && own && *named == *own) return text;
  source.add(unit,
             named ? "in a file of parameters `unit` is that of a plain number"
                   : quoted(*unit_text) + " is no unit of a parameter",
             named ? "the value is " + quoted(*text) : config::alternatives(shapes::parameter_units));
  return std::nullopt;
}

}  // namespace

Overrides read_parameter_file(const std::string& path, Diagnostics& problems) {
  Overrides read;
  const DiskSources sources(path);
  std::string text;
  try {
    text = sources.read_model();
  } catch (const InputError& error) {
    problems.add({{}, "", error.what(), "", ""});
    return read;
  }
  const auto document = config::read_document(sources.model_name(), text, problems, {"it begins with `parameters:`"});
  if (!document) return read;
  const config::Source source(*document, problems);
  const config::Fields fields(source, source.root(), shapes::parameter_file);
  for (const config::Item& item : source.children(fields["parameters"])) {
    if (const auto written = written_value(source, item)) read.emplace_back(item.key(), *written);
  }
  return read;
}

}  // namespace sojourn::model
