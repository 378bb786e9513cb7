// What outcomes ask of a life: where clocks begin, when something first happens, what an expression is worth at an
// instant. Each question is asked once a life, however many outcomes share the answer.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "outcomes/life.hpp"

namespace sojourn::outcomes {

inline constexpr std::int32_t no_query = -1;
inline constexpr std::int32_t from_start = -2;  // in place of an origin: times count from the patient's start

// What an expression that depends on no more than two things of few values (levels of an attribute, how often a state
// was entered, the state) was worth when these were last asked for.
struct Memo {
  static constexpr int values = 16;  // of each of the two: 0 .. 15
  std::array<double, std::size_t{values} * values> known{};
  std::bitset<std::size_t{values} * values> asked;
};

// Answers of many lives: a column a question, a place in it a life.
struct Answers {
  std::vector<std::vector<Origin>> origins;  // time `never` where there is none
  std::vector<std::vector<double>> firsts;   // [years]; `never`
  std::vector<std::vector<double>> values;   // NaN where the instant lies beyond the horizon or has no origin
  std::vector<Memo> memos;                   // by set of parameters and remembered expression

  [[nodiscard]] const Origin& origin(std::int32_t query, std::size_t life) const {
    return origins[static_cast<std::size_t>(query)][life];
  }
  // What is not asked never happens.
  [[nodiscard]] double first(std::int32_t query, std::size_t life) const {
    return query == no_query ? never : firsts[static_cast<std::size_t>(query)][life];
  }
  // What is not asked is 1.
  [[nodiscard]] double value(std::int32_t query, std::size_t life) const {
    return query == no_query ? 1 : values[static_cast<std::size_t>(query)][life];
  }
  // A condition; NaN does not hold.
  [[nodiscard]] bool holds(std::int32_t query, std::size_t life) const {
    const double one = value(query, life);
    return one < 0 || one > 0;
  }
};

// `codes` are the same expression under each set of parameter values.
class Queries {
 public:
  [[nodiscard]] std::int32_t origin(MarkId mark);
  // First time at or after the origin of what is watched for, at which the code holds.
  [[nodiscard]] std::int32_t first(std::int32_t origin, const Watch& watch, std::vector<Code> codes);
  // At `offset` years after the origin (or the start). What is 1 under all values and at all times: no_query.
  [[nodiscard]] std::int32_t value(std::int32_t origin, double offset, std::vector<Code> codes);

  // Makes room for the answers of so many lives.
  void prepare(std::size_t lives, Answers& answers) const;
  // Answers all of one life, in its place.
  void answer(std::size_t parameter_set, Life& life, std::size_t place, Answers& answers) const;

 private:
  // An expression under each set of parameters; `memo`: its first memo, or no_query.
  struct Asked {
    std::vector<Code> codes;
    std::int32_t memo = no_query;
  };
  struct First {
    std::int32_t origin;
    Watch watch;
    Asked where;
  };
  struct Value {
    std::int32_t origin;
    double offset;
    Asked what;
    std::int32_t same_at_end =
        no_query;  // the value at a later instant, which it equals unless something happens between
  };
  [[nodiscard]] Asked asked(std::vector<Code> codes);
  [[nodiscard]] static double value(const Asked& what, std::size_t parameter_set, Life& life, double time,
                                    std::vector<Memo>& memos);
  std::vector<MarkId> origins_;
  std::vector<First> firsts_;
  std::vector<Value> values_;
  std::size_t memos_ = 0;
};

}  // namespace sojourn::outcomes
