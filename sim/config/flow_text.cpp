#include "config/flow_text.hpp"

#include <string_view>

namespace sojourn::config {
namespace {

constexpr std::size_t long_line = 1000;  // [bytes], after which another begins where one may

class FlowText {
 public:
  void add(const Node& node) {
    switch (node.kind) {
      case Node::Kind::null:
        break;
      case Node::Kind::scalar:
        scalar(node);
        break;
      case Node::Kind::sequence:
      case Node::Kind::mapping:
        entries(node);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  void entries(const Node& node) {
    const bool keyed = node.kind == Node::Kind::mapping;
    text_ += keyed ? '{' : '[';
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (i > 0) separate();
      if (keyed) {
        quote(node.children[i].key);
        text_ += ": ";
      }
      if (!keyed && node.children[i].kind == Node::Kind::null) text_ += '~';
      add(node.children[i]);
    }
    text_ += keyed ? '}' : ']';
  }

  void separate() {
    text_ += ',';
    if (text_.size() - line_ > long_line) {
      text_ += '\n';
      line_ = text_.size();
    }
    text_ += ' ';
  }

  // Plain only where it cannot be taken for anything else: whether it was in quotes matters (1 and "1").
  void scalar(const Node& node) {
    constexpr std::string_view special = "{}[],:#&*!|>%@`?\"'\\\n\r\t";
    const bool plain = !node.quoted && !node.text.empty() && node.text.find_first_of(special) == std::string::npos &&
                       node.text.front() != ' ' && node.text.back() != ' ' && node.text != "-" &&
                       !node.text.starts_with("- ") && !node.text.starts_with("---");
    if (plain) {
      text_ += node.text;
    } else {
      quote(node.text);
    }
  }

  void quote(std::string_view words) {
    text_ += '"';
    for (const char c : words) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || byte == 0x7F) {
        constexpr std::string_view digits = "0123456789abcdef";
        text_ += "\\x";
        text_ += digits[byte >> 4U];
        text_ += digits[byte & 15U];
      } else {
        if (c == '"' || c == '\\') text_ += '\\';
        text_ += c;
      }
    }
    text_ += '"';
  }

  std::string text_;
  std::size_t line_ = 0;  // where it begins
};

}  // namespace

std::string flow_text(const Node& node) {
  FlowText text;
  text.add(node);
  return text.take();
}

}  // namespace sojourn::config
