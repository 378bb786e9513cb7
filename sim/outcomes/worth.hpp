// What lives are worth between two times: each cost, and QALYs and life years in sets of states, undiscounted and
// discounted. A life is cut into pieces within which all is constant (worth_walk.hpp):
//   cost   = sum of rate (A(b) - A(a)) over pieces + sum of amount D(t) over instants
//   QALYs  = sum of (weight x multipliers - losses)(A(b) - A(a)) - sum of time lost at once D(t)
// with A and D of discount.hpp. Instants t in [from, until) count, and at the horizon those at the horizon.
// Money is rounded to 2^-12 of the currency for each cost; QALYs to the unit of time for each stay: whatever is added
// up from them adds up exactly.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "history/block.hpp"
#include "outcomes/life_table.hpp"
#include "outcomes/worth_columns.hpp"
#include "outcomes/worth_pieces.hpp"
#include "outcomes/worth_walk.hpp"

namespace sojourn::outcomes {

inline constexpr int money_bits = 12;         // money is counted in 2^-12 of the currency
inline constexpr double most_units = 0x1p43;  // of one patient: 2^40 patients' squares stay below 2^127

class Worth {
 public:
  explicit Worth(std::shared_ptr<const WorthProgram> program);

  [[nodiscard]] const WorthProgram& program() const { return walk_.program(); }
  // Puts a life into its place of the columns: at the latest when `finish` is called. Meanwhile the columns stay where
  // they are. 0 <= from <= until <= horizon [years]. RunError, which names the cost or the utility, where a value makes
  // no sense or a sum is too large.
  void value(const history::Block& block, LifePlace life, double from, double until, std::size_t place,
             WorthColumns& columns);
  void finish();

 private:
  struct Asked {
    std::int64_t patient;
    double until;
    std::size_t place;
  };
  void put_stay(const WorthPieces::Stay& stay, const Asked& asked);
  void round_costs();
  void refuse_costs(double scale) const;
  void put_costs(std::size_t life, const Asked& asked);
  [[nodiscard]] static std::string who(const Asked& asked);

  WorthWalk walk_;
  WorthPieces pieces_;
  std::vector<Asked> asked_;         // whose pieces these are
  std::vector<std::int64_t> units_;  // the pieces' sums, rounded [2^-12 currency]
  WorthColumns* columns_ = nullptr;
};

}  // namespace sojourn::outcomes
