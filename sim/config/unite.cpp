#include "config/unite.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_map>

#include "config/reader.hpp"

namespace sojourn::config {
namespace {

enum class Way : std::uint8_t { once, by_name, in_turn, by_key };

Way way_of(const Key* key) {
  if (key == nullptr) return Way::once;
  switch (key->kind) {
    case Kind::named_mappings:
    case Kind::named_values:
    case Kind::named:
      return Way::by_name;
    case Kind::mappings:
    case Kind::list:
    case Kind::values:
      return Way::in_turn;
    case Kind::mapping:
      return key->shape != nullptr ? Way::by_key : Way::once;
    default:
      return Way::once;
  }
}

void belong_to(Node& node, std::uint16_t file) {
  node.file = file;
  for (Node& child : node.children) belong_to(child, file);
}

class Uniting {
 public:
  Uniting(const Document& main, Diagnostics& problems) : main_(main), problems_(problems) {}

  // The children of one mapping after the other.
  void add(Node& target, Node&& more, const std::string& path, const Shape* shape) {
    auto& places = places_[path];
    for (Node& child : more.children) {
      const std::string own_path = path.empty() ? child.key : path + "." + child.key;
      const auto [place, fresh] = places.try_emplace(child.key, target.children.size());
      if (fresh) {
        const Key* key = find(shape, child.key);
        start(child, own_path, key);
        target.children.push_back(std::move(child));
        continue;
      }
      Node& there = target.children[place->second];
      if (there.file == child.file) continue;  // reported with the file's own tree
      join(there, std::move(child), own_path, find(shape, child.key));
    }
  }

 private:
  static const Key* find(const Shape* shape, std::string_view name) {
    if (shape == nullptr) return nullptr;
    for (const Key& key : shape->keys) {
      if (key.name == name) return &key;
    }
    return nullptr;
  }

  // The names of the first of several, for those that follow.
  void start(const Node& node, const std::string& path, const Key* key) {
    const Way way = way_of(key);
    if (node.kind != Node::Kind::mapping || (way != Way::by_name && way != Way::by_key)) return;
    auto& places = places_[path];
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Node& child = node.children[i];
      places.try_emplace(child.key, i);
      if (way == Way::by_key) start(child, path + "." + child.key, find(key->shape, child.key));
    }
  }

  void join(Node& there, Node&& more, const std::string& path, const Key* key) {
    const Way way = way_of(key);
    if (more.kind == Node::Kind::null) {
      problems_.add({main_.at_key(more), path, "this key has no value", "", "remove the line"});
    } else if (way == Way::once) {
      const Location at = main_.at_key(more);
      problems_.add({at, path, "this key is there twice", "first in " + line_of(main_.at_key(there), at), ""});
    } else if (more.kind != (way == Way::in_turn ? Node::Kind::sequence : Node::Kind::mapping)) {
      const std::string wanted = way == Way::in_turn ? "a list" : "a mapping";
      problems_.add({main_.at(more), path, "expected " + wanted + ", found " + describe(more), "", ""});
    } else if (there.kind != more.kind) {
      return;  // what is wrong there is found when it is read
    } else if (way == Way::in_turn) {
      std::move(more.children.begin(), more.children.end(), std::back_inserter(there.children));
    } else {
      add(there, std::move(more), path, way == Way::by_key ? key->shape : nullptr);
    }
  }

  const Document& main_;
  Diagnostics& problems_;
  std::unordered_map<std::string, std::unordered_map<std::string, std::size_t>> places_;  // by path: key to position
};

}  // namespace

void unite(Document& main, std::vector<Document> files, const Shape& shape, std::span<const std::string_view> own,
           Diagnostics& problems) {
  const std::size_t before = main.included.size();
  std::move(files.begin(), files.end(), std::back_inserter(main.included));
  std::vector<Node> roots;
  for (std::size_t i = before; i < main.included.size(); ++i) {
    Node root = std::move(main.included[i].root);
    main.included[i].root = Node();
    belong_to(root, static_cast<std::uint16_t>(i + 1));
    std::erase_if(root.children,
                  [&](const Node& one) { return std::find(own.begin(), own.end(), one.key) != own.end(); });
    roots.push_back(std::move(root));
  }
  Node whole = main.root;
  whole.children.clear();
  Uniting uniting(main, problems);
  for (Node& root : roots) uniting.add(whole, std::move(root), "", &shape);
  uniting.add(whole, std::move(main.root), "", &shape);
  main.root = std::move(whole);
}

}  // namespace sojourn::config
