#include "model/parameter_file.hpp"

#include "base/error.hpp"
#include "config/reader.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {

namespace {

// The value itself, or the `value` of a mapping.
config::Item value_of(const config::Source& source, const config::Item& item) {
  if (!item.is(config::Node::Kind::mapping)) return item;
  const auto children = source.children(item);
  for (const config::Item& child : children) {
    if (child.key() == "uncertainty") {
      source.add_at_key(child, "a file of values does not say how uncertain they are",
                        "a value given here is the same in every sample", "write it in the model");
    }
  }
  for (const config::Item& child : children) {
    if (child.key() == "value") return child;
  }
  source.add(item, "`value` is missing");
  return {};
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
  const auto document = config::read_document(sources.model_name(), text, problems);
  if (!document) return read;
  const config::Source source(*document, problems);
  const config::Fields fields(source, source.root(), shapes::parameter_file);
  for (const config::Item& item : source.children(fields["parameters"])) {
    const config::Item value = value_of(source, item);
    if (!value) continue;
    if (const auto written = source.text(value)) read.emplace_back(item.key(), *written);
  }
  return read;
}

}  // namespace sojourn::model
