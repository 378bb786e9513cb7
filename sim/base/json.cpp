#include "base/json.hpp"

#include "base/number_text.hpp"

namespace sojourn {
namespace {

constexpr std::size_t line_length = 120;

}  // namespace

std::string json_string(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20) {
      quoted += "\\u00";
      quoted += hex[byte >> 4];
      quoted += hex[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

Json Json::text(std::string_view text) {
  return {Kind::scalar, json_string(text)};
}
Json Json::number(double value) {
  return {Kind::scalar, json_number(value)};
}
Json Json::boolean(bool value) {
  return {Kind::scalar, value ? "true" : "false"};
}
Json Json::list(std::vector<Json> entries) {
  Json made{Kind::list, "[]"};
  for (Json& one : entries) made.add(std::move(one));
  return made;
}

Json& Json::set(std::string_view key, Json value) {
  entries_.emplace_back(key, std::move(value));
  return *this;
}
Json& Json::add(Json value) {
  entries_.emplace_back("", std::move(value));
  return *this;
}

std::string Json::on_one_line() const {
  if (entries_.empty()) return text_;
  std::string made;
  for (const auto& [key, value] : entries_) {
    if (!made.empty()) made += ", ";
    if (kind_ == Kind::object) made += json_string(key) + ": ";
    made += value.on_one_line();
    if (made.size() > line_length) break;
  }
  return text_.substr(0, 1) + made + text_.substr(1);
}

std::string Json::written(std::size_t indent) const {
  std::string short_form = on_one_line();
  if (entries_.empty() || indent + short_form.size() <= line_length) return short_form;
  const std::string margin(indent + 2, ' ');
  std::string made = text_.substr(0, 1);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    made += (i == 0 ? "\n" : ",\n") + margin;
    if (kind_ == Kind::object) made += json_string(entries_[i].first) + ": ";
    made += entries_[i].second.written(indent + 2);
  }
  return made + "\n" + std::string(indent, ' ') + text_.substr(1);
}

std::string Json::compact() const {
  std::string made;
  add_compact(made);
  return made;
}

void Json::add_compact(std::string& to) const {
  to += text_.substr(0, kind_ == Kind::scalar ? text_.size() : 1);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i > 0) to += ',';
    if (kind_ == Kind::object) to += json_string(entries_[i].first) + ':';
    entries_[i].second.add_compact(to);
  }
  if (kind_ != Kind::scalar) to += text_.substr(1);
}

}  // namespace sojourn
