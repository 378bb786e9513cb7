#include "model/analysis_file.hpp"

#include <algorithm>
#include <array>

#include "base/similar.hpp"
#include "config/reader.hpp"
#include "config/unite.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

constexpr std::array<std::string_view, 1> of_each_file{"sojourn"};

bool may_be_replaced(std::string_view key) {
  return std::find(std::begin(shapes::analysis_sections), std::end(shapes::analysis_sections), key) !=
         std::end(shapes::analysis_sections);
}

bool is_analysis(const config::Source& source) {
  const std::size_t before = source.problems().size();
  const config::Item root = source.root();
  if (!root.is(config::Node::Kind::mapping)) {
    source.add(root, "a file of outcomes is a mapping, found " + config::describe(*root.node), "",
               "it holds the section `outcomes:`");
    return false;
  }
  const std::vector<std::string> known(std::begin(shapes::analysis_sections), std::end(shapes::analysis_sections));
  for (const config::Item& one : source.children(root)) {
    if (one.key() == "sojourn") {
      (void)source.whole_number(one, 1, 1);
    } else if (!may_be_replaced(one.key())) {
      source.add_at_key(one, "`" + one.key() + "` cannot be changed for lives already lived",
                        "here may stand " + config::alternatives(shapes::analysis_sections),
                        did_you_mean(one.key(), known));
    }
  }
  return source.problems().size() == before;
}

}  // namespace

bool replace_analysis(config::Document& document, const AnalysisFile& file, Diagnostics& problems) {
  auto analysis = config::read_document(file.name, file.text, problems, {"it holds the section `outcomes:`"});
  if (!analysis || !is_analysis(config::Source(*analysis, problems))) return false;
  for (const config::Node& section : analysis->root.children) {
    if (section.key == "sojourn") continue;
    std::erase_if(document.root.children, [&](const config::Node& one) { return one.key == section.key; });
  }
  // trials are about outcomes and go with them
  const auto is = [](std::string_view key) { return [key](const config::Node& one) { return one.key == key; }; };
  const auto& sections = analysis->root.children;
  if (std::any_of(sections.begin(), sections.end(), is("outcomes")))
    std::erase_if(document.root.children, is("trials"));
  std::vector<config::Document> files;
  files.push_back(std::move(*analysis));
  config::unite(document, std::move(files), shapes::model, of_each_file, problems);
  return true;
}

}  // namespace sojourn::model
