#include "config/tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string_view>
#include <unordered_map>

#include "base/utf8.hpp"
#include "config/text_check.hpp"
#include "config/yaml_refusals.hpp"

namespace sojourn::config {
namespace {

// Ends the parse from inside the handler; the problem is already noted.
struct Stop {};

class Builder : public YAML::EventHandler {
 public:
  Builder(Document& document, Diagnostics& problems, const FileRole& role)
      : document_(document), problems_(problems), values_(role.values != nullptr ? *role.values : own_values_) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    const std::string_view rest = text_at(mark);
    if (rest.starts_with("---")) {
      stop(mark, "a second document", "a model is one YAML document", "remove the line ---");
    }
    const std::string_view before = std::string_view(document_.text).substr(0, offset_of(mark));
    if (before.substr(0, before.find_last_not_of(" \r\n") + 1).ends_with("\n...")) {
      stop(mark, "text after the end of the document", "the line `...` ends it", "remove that line");
    }
    stop(mark, "text after the end of the document", "", "check the brackets and the indentation before it");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_decoration(mark, "", anchor);
    if (awaits_key()) stop(mark, "a key is missing before ':'", "", "a key is a word of at most 1024 characters");
    add(mark, Node::Kind::null);
  }
  void OnAnchor(const YAML::Mark&, const std::string& name) override { anchors_.push_back(name); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const bool endless =
        std::any_of(open_.begin(), open_.end(), [anchor](const Open& one) { return one.anchor == anchor; });
    note(mark, "an alias, " + quoted("*" + anchor_name(anchor)),
         endless ? "it stands in what it repeats, and a model does not use YAML anchors and aliases"
                 : "a model does not use YAML anchors and aliases",
         "write the value out, or use a parameter");
    if (awaits_key()) {
      set_key(mark, "*");
    } else {
      add(mark, Node::Kind::null);
    }
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_decoration(mark, tag, anchor);
    refuse_controls(mark, value);
    last_scalar_ = mark;
    if (awaits_key()) return set_key(mark, value);
    Node& node = add(mark, Node::Kind::scalar);
    node.quoted = tag == "!";
    node.text = value;
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::sequence);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::mapping);
  }
  void OnMapEnd() override { open_.pop_back(); }

  // yaml-cpp takes a quote that is never closed to end with the file.
  void check_last_quote() {
    if (last_scalar_.is_null()) return;
    const std::string_view text = text_at(last_scalar_);
    if (text.empty() || (text[0] != '"' && text[0] != '\'')) return;
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[0] == '"' && text[i] == '\\') {
        ++i;
      } else if (text[i] == text[0]) {
        if (text[0] == '"' || i + 1 == text.size() || text[i + 1] != '\'') return;
        ++i;
      }
    }
    stop(last_scalar_, "this quote is not closed", "", "");
  }

 private:
  struct Open {
    Node* node;
    bool has_key = false;
    std::string key;
    int line = 0, column = 0;
    YAML::anchor_t anchor = 0;
  };

  // yaml-cpp counts them from 1.
  std::string anchor_name(YAML::anchor_t anchor) const {
    return anchor >= 1 && anchor <= anchors_.size() ? anchors_[anchor - 1] : "";
  }

  std::size_t offset_of(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    if (line >= document_.line_starts.size()) return document_.text.size();
    return std::min(document_.text.size(), document_.line_starts[line] + static_cast<std::size_t>(mark.column));
  }
  std::string_view text_at(const YAML::Mark& mark) const {
    return std::string_view(document_.text).substr(offset_of(mark));
  }

  void note(const YAML::Mark& mark, std::string problem, std::string why, std::string hint) {
    Node place;
    place.line = mark.line + 1;
    place.column = mark.column + 1;
    problems_.add({document_.at(place), "", std::move(problem), std::move(why), std::move(hint)});
  }
  [[noreturn]] void stop(const YAML::Mark& mark, std::string problem, std::string why, std::string hint) {
    note(mark, std::move(problem), std::move(why), std::move(hint));
    throw Stop{};
  }

  void refuse_decoration(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const std::string_view source = text_at(mark);
    if (anchor != 0) {
      note(mark, "an anchor, " + quoted("&" + anchor_name(anchor)), "a model does not use YAML anchors and aliases",
           "remove it");
    } else if ((!tag.empty() && tag != "?" && tag != "!") || source.starts_with('!')) {
      note(mark, "a tag", "a model does not use YAML tags", "remove the !tag");
    }
  }

  // Titles and labels go to terminals and reports as they are.
  void refuse_controls(const YAML::Mark& mark, const std::string& value) {
    for (std::size_t i = 0; i < value.size();) {
      const std::size_t length = std::max<std::size_t>(utf8_length(value, i), 1);
      const std::string_view character = std::string_view(value).substr(i, length);
      const bool broken = utf8_length(value, i) == 0;
      if (broken || (is_control(code_point(character)) && value[i] != '\n' && value[i] != '\t')) {
        return note(mark, "the control character " + quoted(character), "texts are shown as they are", "remove it");
      }
      i += length;
    }
  }

  bool awaits_key() const {
    return !open_.empty() && open_.back().node->kind == Node::Kind::mapping && !open_.back().has_key;
  }

  void set_key(const YAML::Mark& mark, const std::string& key) {
    if (key == "<<") {
      note(mark, "a merge key", "a model does not use YAML merge keys", "write the entries out");
    }
    Open& open = open_.back();
    open.has_key = true;
    open.key = key;
    open.line = mark.line + 1;
    open.column = mark.column + 1;
  }

  Node& add(const YAML::Mark& mark, Node::Kind kind) {
    if (++values_ > node_limit) {
      stop(mark, "more than " + std::to_string(node_limit) + " values",
           own_values_ > 0 ? "the limit of one file" : "the limit of a model and what it includes, together", "");
    }
    Node* node = &document_.root;
    if (!open_.empty()) {
      Open& open = open_.back();
      node = &open.node->children.emplace_back();
      node->key_line = open.line;
      node->key_column = open.column;
      if (open.has_key) node->key = std::move(open.key);
      open.has_key = false;
    }
    node->kind = kind;
    node->line = kind == Node::Kind::null && node->key_line > 0 ? node->key_line : mark.line + 1;
    node->column = kind == Node::Kind::null && node->key_line > 0 ? node->key_column : mark.column + 1;
    return *node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_decoration(mark, tag, anchor);
    if (awaits_key())
      stop(mark, "a key must be one word", "here it is a list or a mapping", "are braces or quotes missing?");
    if (open_.size() >= depth_limit) stop(mark, "more than 100 levels of nesting", "the limit of one file", "");
    Node& node = add(mark, kind);
    open_.push_back({&node, false, "", 0, 0, anchor});
  }

  Document& document_;
  Diagnostics& problems_;
  std::size_t own_values_ = 0;
  std::size_t& values_;
  std::vector<Open> open_;
  std::vector<std::string> anchors_;
  int documents_ = 0;
  YAML::Mark last_scalar_ = YAML::Mark::null_mark();
};

void report_duplicates(const Document& document, const Node& node, const std::string& path, Diagnostics& problems) {
  const bool keyed = node.kind == Node::Kind::mapping;
  const auto path_of = [&](const Node& child) {
    return keyed ? path_to(path, child) : path_to(path, static_cast<std::size_t>(&child - node.children.data()));
  };
  std::unordered_map<std::string_view, const Node*> seen;
  for (const auto& child : node.children) {
    if (problems.size() > 1000) return;
    if (keyed) {
      const auto [first, fresh] = seen.try_emplace(child.key, &child);
      if (!fresh) {
        const std::string line = std::to_string(first->second->key_line);
        problems.add({document.at_key(child), path_of(child), "this key is there twice", "first in line " + line, ""});
      }
    }
    if (!child.children.empty()) report_duplicates(document, child, path_of(child), problems);
  }
}

bool parse(Document& document, Diagnostics& problems, const FileRole& role) {
  if (has_directive(document, problems)) return false;
  Builder builder(document, problems, role);
  const std::size_t before = problems.size();
  try {
    std::istringstream stream(document.text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || document.root.kind == Node::Kind::null) {
      if (problems.size() == before) {
        problems.add(
            {{document.file, 0, 0}, "", "the file holds nothing", emptiness(document), std::string(role.beginning)});
      }
      return false;
    }
    builder.check_last_quote();
    // A second call tells what follows; it is never asked again, because on some texts it would go on for ever.
    (void)parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    explain(error.msg, error.mark.line, error.mark.column, document, problems);
  } catch (const Stop&) {
    return false;  // reported where it was thrown
  }
  return problems.size() == before;
}

constexpr std::size_t longest_key = 100, longest_path = 400;  // [bytes]

std::string cut(std::string path) {
  if (path.size() <= longest_path) return path;
  std::size_t begin = path.size() - longest_path;
  while ((static_cast<unsigned char>(path[begin]) & 0xC0U) == 0x80U) ++begin;  // not inside a character
  return "..." + path.substr(begin);
}

}  // namespace

std::string path_to(const std::string& path, const Node& child) {
  std::size_t length = std::min(child.key.size(), longest_key);
  if (length < child.key.size()) {
    while ((static_cast<unsigned char>(child.key[length]) & 0xC0U) == 0x80U) --length;
  }
  const std::string key = child.key.substr(0, length) + (length < child.key.size() ? "..." : "");
  return path.empty() ? key : cut(path + "." + key);
}

std::string path_to(const std::string& path, std::size_t index) {
  return cut(path + "[" + std::to_string(index) + "]");
}

Location Document::place(int line, int column) const {
  Location location{file, line, column};
  if (line < 1 || static_cast<std::size_t>(line) > line_starts.size()) return location;
  const std::size_t start = line_starts[static_cast<std::size_t>(line) - 1];
  const std::size_t end = std::min(text.size(), start + static_cast<std::size_t>(std::max(column - 1, 0)));
  for (std::size_t i = start; i < end; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) --location.column;
  }
  return location;
}

const Document& Document::owner(const Node& node) const {
  return node.file == 0 || node.file > included.size() ? *this : included[node.file - 1U];
}

Location Document::at(const Node& node) const {
  return owner(node).place(node.line, node.column);
}

Location Document::at_key(const Node& node) const {
  return node.key_line > 0 ? owner(node).place(node.key_line, node.key_column) : at(node);
}

Location Document::at_offset(const Node& node, std::size_t offset) const {
  return owner(node).within(node, offset);
}

Location Document::within(const Node& node, std::size_t offset) const {
  if (node.line < 1 || static_cast<std::size_t>(node.line) > line_starts.size()) return place(node.line, node.column);
  const std::size_t begin =
      line_starts[static_cast<std::size_t>(node.line) - 1] + static_cast<std::size_t>(node.column) - 1;
  if (begin >= text.size()) return place(node.line, node.column);
  const int quote = text[begin] == '"' || text[begin] == '\'' ? 1 : 0;
  const auto skip = static_cast<std::size_t>(quote);
  if (text.compare(begin + skip, node.text.size(), node.text) != 0) return place(node.line, node.column);
  return place(node.line, node.column + quote + static_cast<int>(offset));
}

std::optional<Document> read_document(std::string file, std::string text, Diagnostics& problems, const FileRole& role) {
  if (!check_text(file, text, true, problems)) return std::nullopt;
  Document document;
  document.file = std::move(file);
  document.text = std::move(text);
  if (document.text.starts_with("\xEF\xBB\xBF")) document.text.erase(0, 3);  // a byte order mark
  document.line_starts = find_lines(document.text);
  if (!parse(document, problems, role)) return std::nullopt;
  report_duplicates(document, document.root, "", problems);
  return document;
}

}  // namespace sojourn::config
