#include "export/moves.hpp"

namespace sojourn::exports {

void find_stays(const history::PatientHistory& life, std::vector<Stay>& stays, std::vector<std::int64_t>* passed) {
  stays.clear();
  const std::size_t rows = life.state.size();
  bool open = false;  // the latest of `stays` waits for the state it led to
  for (std::size_t i = 0; i < rows; ++i) {
    const auto state = static_cast<std::size_t>(life.state[i]);
    if (life.start[i] >= life.stop[i] && i + 1 < rows) {
      if (passed != nullptr) ++(*passed)[state];
      continue;
    }
    if (open && stays.back().state != state) stays.back().to = static_cast<std::int32_t>(state);
    open = life.start[i] < life.stop[i];
    if (open) stays.push_back({state, life.start[i], life.stop[i], -1, life.cause[i]});
  }
}

}  // namespace sojourn::exports
