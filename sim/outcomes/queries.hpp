// What outcomes ask of lives: where clocks begin, when something first happens, what an expression is worth at an
// instant. Each question is asked once, however many outcomes share the answer, and answered for all lives of a block
// by passing over columns (life_table.hpp); what columns do not tell is looked up in the life itself.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "outcomes/life.hpp"
#include "outcomes/life_table.hpp"
#include "outcomes/stay_times.hpp"
#include "outcomes/worth_columns.hpp"

namespace sojourn::outcomes {

inline constexpr std::int32_t no_query = -1;
inline constexpr std::int32_t from_start = -2;  // in place of an origin: times count from the patient's start

// What an expression that depends on no more than two things of few values (levels of an attribute, how often a state
// was entered, the state) is worth; NaN where it was not asked yet.
struct Memo {
  static constexpr std::uint32_t values = 16;  // of each of the two: 0 .. 15
  Memo() { known.fill(std::numeric_limits<double>::quiet_NaN()); }
  std::array<double, std::size_t{values} * values> known;
};

// Times in some states: the question, and the states' columns of its answer.
struct TimesIn {
  std::size_t question = 0;
  std::vector<std::uint32_t> columns;
};

// Answers of many lives: a column a question, a place in it a life.
struct Answers {
  std::vector<std::vector<double>> origins;          // [years]; `never` where there is none
  std::vector<std::vector<std::uint32_t>> later;     // of each of `origins`: the lives that have it after the start
  std::vector<std::vector<double>> firsts;           // [years]; `never`
  std::vector<std::vector<std::uint32_t>> happened;  // of each of `firsts`: the lives in which it happens, rising
  std::vector<std::vector<double>> values;           // NaN where the instant lies beyond the horizon or has no origin
  std::vector<StayTimes> stay_times;                 // by question
  std::vector<Memo> memos;                           // by remembered expression and set of parameters
  std::vector<WorthColumns> worth;                   // by window of the plan

  // Room to work in.
  std::vector<double> times, held;
  std::vector<std::uint32_t> keys;

  [[nodiscard]] double origin(std::int32_t query, std::size_t life) const {
    return origins[static_cast<std::size_t>(query)][life];
  }
  // What is not asked never happens.
  [[nodiscard]] double first(std::int32_t query, std::size_t life) const {
    return query == no_query ? never : firsts[static_cast<std::size_t>(query)][life];
  }
  // By life; null: not asked.
  [[nodiscard]] const double* first_times(std::int32_t query) const {
    return query == no_query ? nullptr : firsts[static_cast<std::size_t>(query)].data();
  }
  // What is not asked is 1.
  [[nodiscard]] double value(std::int32_t query, std::size_t life) const {
    return query == no_query ? 1 : values[static_cast<std::size_t>(query)][life];
  }
};

// The lives that are asked.
struct Lives {
  explicit Lives(Life unopened) : life(std::move(unopened)) {}
  [[nodiscard]] std::size_t count() const { return places.size(); }
  Life& open(std::size_t one) {
    life.open(*block, places[one].strategy, places[one].patient);
    return life;
  }

  // Her stays in states: rows first .. end - 1 of these columns.
  struct Stays {
    const history::Sojourns* rows;
    std::size_t first, end;
  };
  [[nodiscard]] Stays stays(std::size_t one) const {
    const history::Trajectories& all = block->strategies[places[one].strategy];
    const std::size_t patient = places[one].patient;
    return {&all.sojourns, patient == 0 ? 0 : all.sojourn_end[patient - 1], all.sojourn_end[patient]};
  }

  const history::Block* block = nullptr;
  std::vector<LifePlace> places;
  std::vector<std::uint32_t> parameter_set;  // by life
  LifeTable table;
  Life life;  // one at a time
};

// `codes` are the same expression under each set of parameter values.
class Queries {
 public:
  explicit Queries(const model::Model& model) : columns_(model), states_(model.states.size()) {}

  [[nodiscard]] std::int32_t origin(MarkId mark);
  // First time at or after the origin of what is watched for, at which the code holds.
  [[nodiscard]] std::int32_t first(std::int32_t origin, const Watch& watch, std::vector<Code> codes);
  // At `offset` years after the origin (or the start). What is 1 under all values and at all times: no_query.
  [[nodiscard]] std::int32_t value(std::int32_t origin, double offset, std::vector<Code> codes);

  // From the origin until `until` after it, or to the horizon, in states; `scale`: units a year.
  [[nodiscard]] TimesIn times_in(std::int32_t origin, std::optional<double> until, double scale, const Watch& watch);

  [[nodiscard]] MarkId mark(std::int32_t origin) const { return origins_[static_cast<std::size_t>(origin)].mark; }
  [[nodiscard]] const LifeTableColumns& columns() const { return columns_; }
  // The lives' table is filled.
  void answer(Lives& lives, Answers& answers) const;

 private:
  // How an expression is found to be worth something.
  enum class Way : std::uint8_t { constant, attribute, remembered, one_by_one };
  struct Looked {  // an attribute or a mark, and its column
    std::int32_t id;
    std::uint32_t column;
  };
  // An expression under each set of parameters.
  struct Asked {
    std::vector<Code> codes;
    Way way = Way::one_by_one;
    std::vector<Looked> attributes, marks;  // that a remembered one depends on, or the attribute that it is
    bool state = false;
    std::size_t memo = 0;  // of the first set
  };
  struct OriginQuery {
    MarkId mark;
    std::vector<std::uint32_t> columns;
  };
  struct First {
    std::int32_t origin;
    Watch watch;
    std::vector<std::uint32_t> columns;
    Asked where;
  };
  struct Value {
    std::int32_t origin;
    double offset;
    Asked what;
  };
  // Of some lives, or of all: who[i], or i.
  struct Instants {
    const std::uint32_t* who;
    const double* times;
    std::size_t count;
  };

  [[nodiscard]] Asked asked(std::vector<Code> codes);
  void answer_first(const First& query, Lives& lives, Answers& answers, std::vector<double>& first,
                    std::vector<std::uint32_t>& happened) const;
  void keep_where_holds(const First& query, Lives& lives, Answers& answers, std::vector<double>& first,
                        std::vector<std::uint32_t>& happened) const;
  void answer_value(const Value& query, Lives& lives, Answers& answers, std::vector<double>& value) const;
  static void evaluate(const Asked& asked, Lives& lives, const Instants& instants, Answers& answers, double* values);
  static void recall(const Asked& asked, Lives& lives, const Instants& instants, Answers& answers, double* values);

  LifeTableColumns columns_;
  std::vector<OriginQuery> origins_;
  std::vector<First> firsts_;
  std::vector<Value> values_;
  std::vector<StayTimesQuery> stay_times_;
  std::size_t states_ = 0;
  std::size_t memos_ = 0;
};

}  // namespace sojourn::outcomes
