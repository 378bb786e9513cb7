#include "model/include.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_map>

#include "base/error.hpp"
#include "config/reader.hpp"
#include "config/text_check.hpp"
#include "config/unite.hpp"
#include "model/limits.hpp"
#include "model/shapes.hpp"

namespace sojourn::model {
namespace {

using config::Document;
using config::Item;
using config::Node;
using config::Source;

constexpr std::size_t deepest = 10;
constexpr std::size_t most_files = 1000;
constexpr std::array<std::string_view, 2> of_each_file{"sojourn", "include"};
constexpr std::string_view fragment = "an included file holds sections of a model, e.g. `parameters:`";

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

class Includer {
 public:
  Includer(const Sources& sources, Model& model, Diagnostics& problems, std::size_t& values)
      : sources_(sources),
        model_(model),
        problems_(problems),
        before_(problems.size()),
        bytes_(model.text.size()),
        values_(values) {}

  bool run(Document& main) {
    if (!holdings_.add(Source(main, problems_))) return false;
    chain_.push_back(std::filesystem::path(sources_.model_name()).filename().string());
    follow(main);
    if (problems_.size() > before_ || full_) return false;
    if (!found_.empty()) config::unite(main, std::move(found_), shapes::model, of_each_file, problems_);
    std::erase_if(main.root.children, [](const Node& one) { return one.key == "include"; });
    return true;
  }

 private:
  void follow(const Document& document) {
    const Source source(document, problems_);
    for (const Item& item : source.children(source.root())) {
      if (item.key() != "include") continue;
      if (!item.is(Node::Kind::scalar) && !item.is(Node::Kind::sequence)) {
        source.add(item, "expected a file or a list of files, found " + config::describe(*item.node));
      }
      for (const Item& one : source.one_or_more(item)) {
        if (full_) return;
        if (const auto name = source.text(one)) include(source, one, *name);
      }
    }
  }

  void include(const Source& source, const Item& item, const std::string& name) {
    const std::string path = path_beside(source.document().folder, name);
    if (const auto again = std::find(chain_.begin(), chain_.end(), path); again != chain_.end()) {
      std::string circle;
      for (auto one = again; one != chain_.end(); ++one) circle += *one + " includes ";
      return source.add(item, "files include each other in a circle", circle + path);
    }
    const Location here = source.at(item);
    const auto [first, fresh] = places_.try_emplace(path, here);
    if (!fresh) return source.add(item, "the file is included twice", "first in " + line_of(first->second, here));
    if (chain_.size() > deepest) return source.add(item, "files are included more than 10 deep", "the limit");
    if (places_.size() > most_files) return source.add(item, "more than 1000 included files", "the limit");
    auto document = read(source, item, path);
    if (!document) return;
    chain_.push_back(path);
    follow(*document);
    chain_.pop_back();
    found_.push_back(std::move(*document));
  }

  std::optional<Document> read(const Source& source, const Item& item, const std::string& path) {
    std::string text;
    try {
      text = sources_.read(path);
    } catch (const InputError& error) {
      source.add(item, error.what());
      return std::nullopt;
    }
    bytes_ += text.size();
    if (bytes_ > config::file_limit) {
      source.add(item, "the model and what it includes are larger than 16 MB together", "the limit");
      return std::nullopt;
    }
    model_.files.push_back({path, text});
    auto document =
        config::read_document(sources_.display_name(path), std::move(text), problems_, {fragment, &values_});
    full_ = values_ > config::node_limit;
    if (!document) return std::nullopt;
    document->folder = folder_of(path);
    const Source part(*document, problems_);
    if (!is_fragment(part)) return std::nullopt;
    full_ = !holdings_.add(part);
    return full_ ? std::nullopt : std::move(document);
  }

  static bool is_fragment(const Source& source) {
    const Item root = source.root();
    if (!root.is(Node::Kind::mapping)) {
      source.add(root, "an included file is a mapping, found " + config::describe(*root.node), "",
                 "it holds sections of a model, e.g. `parameters:`");
      return false;
    }
    for (const Item& one : source.children(root)) {
      const auto version = one.key() == "sojourn" ? source.whole_number(one, 0, 1000000) : std::optional(1L);
      if (!version) return false;
      if (*version == 1) continue;
      source.add(one, "version " + std::to_string(*version) + " of the language is not known",
                 "this program reads version 1");
      return false;
    }
    return true;
  }

  const Sources& sources_;
  Model& model_;
  Diagnostics& problems_;
  std::size_t before_, bytes_;
  std::size_t& values_;
  Holdings holdings_;
  bool full_ = false;               // more than a model may hold: what else there is, nobody needs to know
  std::vector<std::string> chain_;  // from the main file to the one being read
  std::unordered_map<std::string, Location> places_;  // where each file is included
  std::vector<Document> found_;
};

}  // namespace

bool include_files(Document& document, const Sources& sources, Model& model, Diagnostics& problems,
                   std::size_t& values) {
  const auto& sections = document.root.children;
  const auto is_include = [](const Node& one) { return one.key == "include"; };
  if (std::none_of(sections.begin(), sections.end(), is_include)) return Holdings().add(Source(document, problems));
  return Includer(sources, model, problems, values).run(document);
}

std::string path_beside(const std::string& folder, const std::string& name) {
  const std::filesystem::path path(name);
  const bool leaves = path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end();
  if (leaves || name.empty()) return name;  // refused where it is read
  return folder.empty() && !name.starts_with("./") ? name
                                                   : (std::filesystem::path(folder) / path).lexically_normal().string();
}

}  // namespace sojourn::model
