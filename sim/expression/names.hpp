// What a name in an expression stands for, and what to say when it stands for nothing or may not be used.
#pragma once

#include <string>
#include <string_view>

#include "expression/functions.hpp"
#include "expression/node.hpp"
#include "expression/problems.hpp"

namespace sojourn::expression {

class Names {
 public:
  Names(const Scope& scope, const Allowed& allowed, Problems& problems)
      : scope_(scope), allowed_(allowed), problems_(problems) {}

  // A bare name: true, false, now, a parameter, an attribute, or one of `levels` (if given, these come first).
  // Nothing if it is reported as a problem.
  [[nodiscard]] NodePointer value(std::string_view name, std::size_t offset, const Levels& levels) const;
  // The levels of a category parameter or attribute of this name; nothing otherwise. Reports nothing.
  [[nodiscard]] Levels levels_of(std::string_view name) const;
  // FUNCTION(name)
  [[nodiscard]] NodePointer history(const HistoryFunction& function, std::size_t function_offset, std::string_view name,
                                    std::size_t offset) const;
  // Reports that no function has this name.
  void unknown_function(std::string_view name, std::size_t offset) const;

 private:
  [[nodiscard]] bool is_allowed(const HistoryFunction& function, std::size_t offset) const;
  [[nodiscard]] NodePointer bare_state(std::string_view name, std::size_t offset) const;
  [[nodiscard]] NodePointer in_states(std::string_view name, std::size_t offset) const;
  [[nodiscard]] bool misplaced(std::string_view name, std::size_t offset) const;
  void unknown_value(std::string_view name, std::size_t offset, const Levels& levels) const;
  void unknown_mark(const HistoryFunction& function, std::string_view name, std::size_t offset) const;

  const Scope& scope_;
  const Allowed& allowed_;
  Problems& problems_;
};

}  // namespace sojourn::expression
